// Characters: their bytes, their case and what they are.

#include "unicode.h"

#include <stdlib.h>

static uint32_t other_case(const hl_case_range *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ranges[middle].last < code) low = middle + 1;
        else high = middle;
    }
    if (low == count || code < ranges[low].first || (code - ranges[low].first) % ranges[low].stride != 0) return code;
    return (uint32_t)((int32_t)code + ranges[low].delta);
}

static bool contains(const hl_code_range *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ranges[middle].last < code) low = middle + 1;
        else high = middle;
    }
    return low < count && code >= ranges[low].first;
}

uint32_t hl_lower_code(uint32_t code)
{
    if (code < 0x80) return code >= 'A' && code <= 'Z' ? code | 0x20 : code;
    return other_case(hl_lower_ranges, hl_lower_count, code);
}

uint32_t hl_upper_code(uint32_t code)
{
    if (code < 0x80) return code >= 'a' && code <= 'z' ? code & ~0x20u : code;
    return other_case(hl_upper_ranges, hl_upper_count, code);
}

bool hl_is_space(uint32_t code)
{
    if (code < 0x80) return code == ' ' || (code >= 9 && code <= 13);
    return contains(hl_space_ranges, hl_space_count, code);
}

bool hl_is_clinging(uint32_t code)
{
    return code >= 0x80 && contains(hl_clinging_ranges, hl_clinging_count, code);
}

bool hl_is_leading(uint32_t code)
{
    return code >= 0x80 && contains(hl_leading_ranges, hl_leading_count, code);
}

const char *hl_latin_text(uint32_t code)
{
    size_t low = 0, high = hl_latin_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (hl_latin_letters[middle].code < code) low = middle + 1;
        else high = middle;
    }
    return low < hl_latin_count && hl_latin_letters[low].code == code ? hl_latin_letters[low].text : NULL;
}

size_t hl_utf8_read(const char *text, uint32_t *code)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    uint32_t value = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) value = value << 6 | (bytes[i] & 0x3F);
    *code = value;
    return length;
}

size_t hl_utf8_write(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; code >>= 6) out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)((0xF00u >> length & 0xFF) | code);
    return length;
}

size_t hl_utf8_before(const char *text, size_t end)
{
    do end--;
    while (end > 0 && (text[end] & 0xC0) == 0x80);
    return end;
}
