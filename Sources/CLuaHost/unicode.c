#include "unicode.h"

int32_t hl_next_character(const unsigned char **next)
{
    const unsigned char *text = *next;
    if (text[0] < 0x80) {
        *next += 1;
        return text[0];
    }
    if (text[0] < 0xE0) {
        *next += 2;
        return (text[0] & 0x1F) << 6 | (text[1] & 0x3F);
    }
    if (text[0] < 0xF0) {
        *next += 3;
        return (text[0] & 0x0F) << 12 | (text[1] & 0x3F) << 6 | (text[2] & 0x3F);
    }
    *next += 4;
    return (text[0] & 0x07) << 18 | (text[1] & 0x3F) << 12 | (text[2] & 0x3F) << 6 | (text[3] & 0x3F);
}

size_t hl_put_character(int32_t character, char out[4])
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (char)(0xC0 | character >> 6);
        out[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (char)(0xE0 | character >> 12);
        out[1] = (char)(0x80 | (character >> 6 & 0x3F));
        out[2] = (char)(0x80 | (character & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | character >> 18);
    out[1] = (char)(0x80 | (character >> 12 & 0x3F));
    out[2] = (char)(0x80 | (character >> 6 & 0x3F));
    out[3] = (char)(0x80 | (character & 0x3F));
    return 4;
}

/// What a character becomes by a sorted list of ranges.
static int32_t changed(int32_t character, const hl_case_range *ranges, int count)
{
    int low = 0, high = count - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        const hl_case_range *range = &ranges[middle];
        if (character < range->first) high = middle - 1;
        else if (character > range->last) low = middle + 1;
        else return (character - range->first) % range->step == 0 ? character + range->delta : character;
    }
    return character;
}

int32_t hl_upper_character(int32_t character)
{
    if (character < 0x80) return character >= 'a' && character <= 'z' ? character - 32 : character;
    return changed(character, hl_upper_ranges, hl_upper_ranges_count);
}

int32_t hl_lower_character(int32_t character)
{
    if (character < 0x80) return character >= 'A' && character <= 'Z' ? character + 32 : character;
    return changed(character, hl_lower_ranges, hl_lower_ranges_count);
}

const char *hl_plain_letters(int32_t character)
{
    int low = 0, high = hl_slug_letter_count - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        int32_t known = hl_slug_letters[middle].character;
        if (character == known) return hl_slug_letters[middle].plain;
        if (character < known) high = middle - 1;
        else low = middle + 1;
    }
    return NULL;
}

int hl_is_space_character(int32_t character)
{
    if (character <= 0x20) return character == 0x20 || (character >= 9 && character <= 13);
    return character == 0x85 || character == 0xA0 || character == 0x1680 || (character >= 0x2000 && character <= 0x200A) ||
           character == 0x2028 || character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000;
}
