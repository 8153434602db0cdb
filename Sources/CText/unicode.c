#include "unicode.h"

#include <string.h>

#include "utf8.h"

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

size_t hl_write_lower(uint32_t code, char *out)
{
    // The one letter with a longer small form wherever it is (Unicode, SpecialCasing.txt); an i alone would be another name.
    if (code == 0x130) return memcpy(out, "i\xCC\x87", 3), 3;
    return hl_utf8_write(hl_lower_code(code), out);
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

bool hl_is_invisible(uint32_t code)
{
    return code >= 0x80 && contains(hl_invisible_ranges, hl_invisible_count, code);
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

void hl_trim(const char **text, size_t *length)
{
    const char *start = *text, *end = start + *length;
    uint32_t code;
    while (start < end) {
        size_t size = hl_utf8_read(start, &code);
        if (!hl_is_space(code)) break;
        start += size;
    }
    while (end > start) {
        size_t last = hl_utf8_before(start, (size_t)(end - start));
        hl_utf8_read(start + last, &code);
        if (!hl_is_space(code)) break;
        end = start + last;
    }
    *text = start;
    *length = (size_t)(end - start);
}
