#include "punycode.h"

#include <string.h>

// The parameters of RFC 3492 §5.
enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, FIRST_BIAS = 72, FIRST_CODE = 0x80, LAST_CODE = 0x10FFFF };

static int64_t adapted(int64_t delta, int64_t count, int is_first)
{
    delta = is_first ? delta / DAMP : delta / 2;
    delta += delta / count;
    int64_t steps = 0;
    while (delta > (BASE - T_MIN) * T_MAX / 2) {
        delta /= BASE - T_MIN;
        steps += BASE;
    }
    return steps + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static int digit_of(char byte)
{
    if (byte >= 'a' && byte <= 'z') return byte - 'a';
    return byte >= '0' && byte <= '9' ? byte - '0' + 26 : -1;
}

/// Reads a number of variable length, and moves `next` behind it. Returns -1 for what is none, or too large for any character.
static int64_t read_number(const char **next, const char *end, int64_t bias)
{
    int64_t number = 0, weight = 1;
    for (int64_t position = BASE;; position += BASE) {
        if (*next == end) return -1;
        int digit = digit_of(*(*next)++);
        if (digit < 0) return -1;
        number += digit * weight;
        if (number > (int64_t)LAST_CODE * (HL_LABEL_LIMIT + 1)) return -1;
        int64_t threshold = position - bias < T_MIN ? T_MIN : position - bias > T_MAX ? T_MAX : position - bias;
        if (digit < threshold) return number;
        weight *= BASE - threshold;
        if (weight >= INT64_C(1) << 40) return -1;
    }
}

size_t hl_decode_punycode(const char *text, size_t length, uint32_t *codes)
{
    if (length == 0 || length > HL_LABEL_LIMIT) return 0;
    const char *next = text, *end = text + length;
    size_t count = 0;
    for (size_t i = length; i-- > 0;) {
        if (text[i] != '-') continue;
        for (; count < i; count++) codes[count] = (unsigned char)text[count];
        next = text + i + 1;
        break;
    }
    int64_t code = FIRST_CODE, index = 0, bias = FIRST_BIAS;
    while (next < end) {
        int64_t delta = read_number(&next, end, bias);
        if (delta < 0) return 0;
        int64_t places = (int64_t)count + 1;
        bias = adapted(delta, places, index == 0);
        index += delta;
        code += index / places;
        index %= places;
        if (code > LAST_CODE || (code >= 0xD800 && code <= 0xDFFF)) return 0;
        memmove(codes + index + 1, codes + index, (count - (size_t)index) * sizeof *codes);
        codes[index++] = (uint32_t)code;
        count++;
    }
    return count;
}
