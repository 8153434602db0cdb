#include "masks.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi,popcnt")))

TARGET static inline uint64_t both(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

TARGET static inline masks look(const uint8_t *block, uint8_t delimiter)
{
    const __m256i low = _mm256_loadu_si256((const __m256i *)block), high = _mm256_loadu_si256((const __m256i *)(block + 32));
#define EQUAL(value) both(_mm256_cmpeq_epi8(low, _mm256_set1_epi8((char)(value))), _mm256_cmpeq_epi8(high, _mm256_set1_epi8((char)(value))))
    return (masks){
        .delimiters = EQUAL(delimiter),
        .quotes = EQUAL('"'),
        .line_feeds = EQUAL('\n'),
        .carriage_returns = EQUAL('\r'),
        .nuls = EQUAL(0),
        .high = both(low, high),
    };
#undef EQUAL
}

#define NAME hl_csv_find_avx2
#include "find.h"

#define CUT hl_csv_cut_avx2
#include "cut.h"

#endif
