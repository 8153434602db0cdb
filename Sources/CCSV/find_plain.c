// Eight bytes at a time, as an integer.

#include "masks.h"

#include <string.h>

static const uint64_t LOW_BITS = 0x7F7F7F7F7F7F7F7F;

/// The highest bits of eight bytes, gathered; bit n is that of byte n in memory.
static inline uint64_t gathered(uint64_t high_bits)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    high_bits = __builtin_bswap64(high_bits);
#endif
    return (high_bits >> 7) * 0x0102040810204080 >> 56;
}

/// Which of eight bytes have a value.
static inline uint64_t equal(uint64_t eight, uint8_t value)
{
    const uint64_t different = eight ^ value * UINT64_C(0x0101010101010101);
    return gathered(~(((different & LOW_BITS) + LOW_BITS) | different) & ~LOW_BITS);
}

static inline masks look(const uint8_t *block, uint8_t delimiter)
{
    masks seen = {0};
    for (int at = 0; at < 64; at += 8) {
        uint64_t eight;
        memcpy(&eight, block + at, sizeof eight);
        seen.delimiters |= equal(eight, delimiter) << at;
        seen.quotes |= equal(eight, '"') << at;
        seen.line_feeds |= equal(eight, '\n') << at;
        seen.carriage_returns |= equal(eight, '\r') << at;
        seen.nuls |= equal(eight, 0) << at;
        seen.high |= gathered(eight & ~LOW_BITS) << at;
    }
    return seen;
}

#define NAME hl_csv_find_plain
#define TARGET
#include "find.h"

#define CUT hl_csv_cut_plain
#include "cut.h"
