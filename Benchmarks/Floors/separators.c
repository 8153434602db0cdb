#include "separators.h"

#include <stdbool.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

static size_t find_one_by_one(const uint8_t *bytes, size_t start, size_t length, uint32_t *positions, size_t count)
{
    for (size_t i = start; i < length; i++) {
        if (bytes[i] == ',' || bytes[i] == '\n' || bytes[i] == '"') positions[count++] = (uint32_t)i;
    }
    return count;
}

static inline size_t note(uint64_t marks, size_t start, uint32_t *positions, size_t count)
{
    while (marks != 0) {
        positions[count++] = (uint32_t)(start + (size_t)__builtin_ctzll(marks));
        marks &= marks - 1;
    }
    return count;
}

#if defined(__x86_64__)

__attribute__((target("avx512f,avx512bw"))) static size_t find_avx512(const uint8_t *bytes, size_t length, uint32_t *positions)
{
    const __m512i comma = _mm512_set1_epi8(','), line = _mm512_set1_epi8('\n'), quote = _mm512_set1_epi8('"');
    size_t count = 0, i = 0;
    for (; i + 64 <= length; i += 64) {
        __m512i block = _mm512_loadu_si512(bytes + i);
        count = note(
            _mm512_cmpeq_epi8_mask(block, comma) | _mm512_cmpeq_epi8_mask(block, line) | _mm512_cmpeq_epi8_mask(block, quote), i,
            positions, count);
    }
    return find_one_by_one(bytes, i, length, positions, count);
}

__attribute__((target("avx2"))) static uint32_t marks_avx2(const uint8_t *bytes)
{
    __m256i block = _mm256_loadu_si256((const __m256i *)bytes);
    __m256i found = _mm256_or_si256(
        _mm256_cmpeq_epi8(block, _mm256_set1_epi8(',')),
        _mm256_or_si256(_mm256_cmpeq_epi8(block, _mm256_set1_epi8('\n')), _mm256_cmpeq_epi8(block, _mm256_set1_epi8('"'))));
    return (uint32_t)_mm256_movemask_epi8(found);
}

__attribute__((target("avx2"))) static size_t find_avx2(const uint8_t *bytes, size_t length, uint32_t *positions)
{
    size_t count = 0, i = 0;
    for (; i + 64 <= length; i += 64) {
        count = note(marks_avx2(bytes + i) | (uint64_t)marks_avx2(bytes + i + 32) << 32, i, positions, count);
    }
    return find_one_by_one(bytes, i, length, positions, count);
}

static bool has_avx512(void) { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"); }

const char *separators_way(void)
{
    return has_avx512() ? "AVX-512" : __builtin_cpu_supports("avx2") ? "AVX2" : "one by one";
}

size_t separators_find(const uint8_t *bytes, size_t length, uint32_t *positions)
{
    if (has_avx512()) return find_avx512(bytes, length, positions);
    if (__builtin_cpu_supports("avx2")) return find_avx2(bytes, length, positions);
    return find_one_by_one(bytes, 0, length, positions, 0);
}

#elif defined(__aarch64__)

const char *separators_way(void) { return "NEON"; }

size_t separators_find(const uint8_t *bytes, size_t length, uint32_t *positions)
{
    size_t count = 0, i = 0;
    for (; i + 16 <= length; i += 16) {
        uint8x16_t block = vld1q_u8(bytes + i);
        uint8x16_t found = vorrq_u8(
            vceqq_u8(block, vdupq_n_u8(',')), vorrq_u8(vceqq_u8(block, vdupq_n_u8('\n')), vceqq_u8(block, vdupq_n_u8('"'))));
        // Four bits for each byte.
        uint64_t marks = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(found), 4)), 0);
        for (marks &= 0x1111111111111111; marks != 0; marks &= marks - 1) {
            positions[count++] = (uint32_t)(i + (size_t)__builtin_ctzll(marks) / 4);
        }
    }
    return find_one_by_one(bytes, i, length, positions, count);
}

#else

const char *separators_way(void) { return "one by one"; }

size_t separators_find(const uint8_t *bytes, size_t length, uint32_t *positions)
{
    return find_one_by_one(bytes, 0, length, positions, 0);
}

#endif
