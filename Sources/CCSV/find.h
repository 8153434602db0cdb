// The search for fields, over blocks of 64 bytes that a mask of bits describes.
//
// A file that includes this defines NAME for the function, TARGET for the attribute that lets the compiler use what not every processor has,
// and `look(block, delimiter)`, which returns the masks of a block.

#include <string.h>

#include "masks.h"

/// Bit n is the parity of the bits 0 to n: whether it is behind an odd number of quotes.
TARGET static inline uint64_t behind_odd(uint64_t quotes)
{
    for (int by = 1; by < 64; by *= 2) quotes ^= quotes << by;
    return quotes;
}

/// Writes the field between two offsets. Returns false if its quotes are not where they may be.
TARGET static inline bool write_field(const uint8_t *bytes, size_t start, size_t end, size_t quotes, bool has_high, hl_csv_field *field)
{
    *field = (hl_csv_field){.start = (uint32_t)start, .count = (uint32_t)(end - start), .has_high_bytes = has_high};
    if (quotes == 0) return true;
    if (quotes < 2 || bytes[start] != '"' || bytes[end - 1] != '"') return false;
    field->start++;
    field->count -= 2;
    field->is_quoted = true;
    if (quotes == 2) return true;
    field->has_escapes = true;
    for (size_t at = start + 1; at < end - 1; at++) {
        if (bytes[at] != '"') continue;
        if (at + 1 == end - 1 || bytes[at + 1] != '"') return false;
        at++;
    }
    return true;
}

TARGET size_t NAME(
    const uint8_t *bytes, size_t length, uint8_t delimiter, size_t width, size_t most_records, size_t most_bytes, hl_csv_field *fields,
    hl_csv_record *records)
{
    if (length > HL_CSV_MOST_BYTES) length = HL_CSV_MOST_BYTES;
    size_t found = 0, in_record = 0;
    size_t record_start = 0, start = 0;
    // Of the field and record that the block before left open.
    size_t quotes = 0, lines = 1;
    bool has_high = false;
    // All ones inside quotes.
    uint64_t open = 0;
    bool follows_return = false;
    if (most_records == 0) return 0;
    for (size_t base = 0; base < length; base += 64) {
        uint8_t rest[64];
        const uint8_t *block = bytes + base;
        uint64_t usable = UINT64_MAX;
        if (length - base < 64) {
            memset(rest, 0, sizeof rest);
            memcpy(rest, block, length - base);
            block = rest;
            usable = ((uint64_t)1 << (length - base)) - 1;
        }
        const masks seen = look(block, delimiter);
        uint64_t quoted = open;
        if (seen.quotes != 0) quoted ^= behind_odd(seen.quotes);
        open = (uint64_t)((int64_t)quoted >> 63);
        // A carriage return outside quotes belongs before a line feed.
        const uint64_t returns = seen.carriage_returns & ~quoted & usable;
        const uint64_t lone = (returns & ~(seen.line_feeds >> 1) & INT64_MAX) | (follows_return && !(seen.line_feeds & 1) ? 1 : 0);
        follows_return = returns >> 63;
        const uint64_t stops = lone | (seen.nuls & usable);
        // Nothing from the first of these on.
        if (stops != 0) usable &= (stops & -stops) - 1;
        const uint64_t line_ends = seen.line_feeds & ~quoted & usable;
        uint64_t ends = line_ends | (seen.delimiters & ~quoted & usable);
        uint64_t done = 0;
        while (ends != 0) {
            const uint64_t bit = ends & -ends;
            const uint64_t field_bits = (bit - 1) & ~done;
            const size_t at = base + (size_t)__builtin_ctzll(ends);
            ends ^= bit;
            done = bit | (bit - 1);
            if (seen.quotes != 0) {
                quotes += (size_t)__builtin_popcountll(seen.quotes & field_bits);
                lines += (size_t)__builtin_popcountll(seen.line_feeds & quoted & field_bits);
            }
            has_high |= (seen.high & field_bits) != 0;
            const bool ends_record = (line_ends & bit) != 0;
            const size_t end = ends_record && at > start && bytes[at - 1] == '\r' ? at - 1 : at;
            in_record++;
            if ((in_record == width) != ends_record) return found;
            if (!write_field(bytes, start, end, quotes, has_high, fields)) return found;
            fields++;
            start = at + 1;
            quotes = 0;
            has_high = false;
            if (!ends_record) continue;
            if (start - record_start > most_bytes) return found;
            *records++ = (hl_csv_record){.end = (uint32_t)start, .lines = (uint32_t)lines};
            if (++found == most_records) return found;
            record_start = start;
            in_record = 0;
            lines = 1;
        }
        if (stops != 0) return found;
        const uint64_t field_bits = ~done;
        quotes += (size_t)__builtin_popcountll(seen.quotes & field_bits);
        lines += (size_t)__builtin_popcountll(seen.line_feeds & quoted & field_bits);
        has_high |= (seen.high & field_bits) != 0;
    }
    return found;
}
