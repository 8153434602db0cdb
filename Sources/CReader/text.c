// Texts of drivers in UTF-16, and numbers.

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "CReader.h"

static void put_scalar(uint32_t scalar)
{
    char bytes[4];
    size_t count = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
    if (count == 1) {
        bytes[0] = (char)scalar;
    } else {
        for (size_t i = count - 1; i > 0; i--, scalar >>= 6) bytes[i] = (char)(0x80 | (scalar & 0x3F));
        bytes[0] = (char)((0xF0 << (4 - count)) | scalar);
    }
    hl_reader_put(bytes, count);
}

void hl_reader_put_wide(const uint16_t *text, size_t count)
{
    size_t place = hl_reader_frame_length();
    hl_reader_put_number(0);
    for (size_t i = 0; i < count; i++) {
        uint32_t scalar = text[i];
        if (scalar >= 0xD800 && scalar < 0xDC00 && i + 1 < count && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000) {
            scalar = 0x10000 + ((scalar - 0xD800) << 10) + (text[++i] - 0xDC00u);
        } else if (scalar >= 0xD800 && scalar < 0xE000) {
            scalar = 0xFFFD;
        }
        put_scalar(scalar);
    }
    hl_reader_patch_number(place, (int32_t)(hl_reader_frame_length() - place - 4));
}

/// The scalar at a place of UTF-8, and how many bytes it takes.
static uint32_t scalar_at(const unsigned char *text, size_t left, size_t *taken)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = text[0];
    size_t count = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF8 ? 4 : 0;
    *taken = 1;
    if (count == 0 || count > left) return 0xFFFD;
    if (count == 1) return first;
    uint32_t scalar = first & (0x7Fu >> count);
    for (size_t i = 1; i < count; i++) {
        if ((text[i] & 0xC0) != 0x80) return 0xFFFD;
        scalar = scalar << 6 | (text[i] & 0x3Fu);
    }
    if (scalar < least[count] || scalar > 0x10FFFF || (scalar >= 0xD800 && scalar < 0xE000)) return 0xFFFD;
    *taken = count;
    return scalar;
}

uint16_t *hl_reader_wide(const char *text, size_t count, size_t *units)
{
    uint16_t *wide = malloc((count + 1) * sizeof *wide);
    if (wide == NULL) _exit(71);
    size_t used = 0;
    for (size_t i = 0, taken; i < count; i += taken) {
        uint32_t scalar = scalar_at((const unsigned char *)text + i, count - i, &taken);
        if (scalar < 0x10000) {
            wide[used++] = (uint16_t)scalar;
        } else {
            wide[used++] = (uint16_t)(0xD800 + ((scalar - 0x10000) >> 10));
            wide[used++] = (uint16_t)(0xDC00 + ((scalar - 0x10000) & 0x3FF));
        }
    }
    wide[used] = 0;
    *units = used;
    return wide;
}

void hl_reader_put_double(double number)
{
    char text[64];
    if (number - number != 0) {
        const char *word = number != number ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        return hl_reader_put(word, number != number ? 3 : number > 0 ? 8 : 9);
    }
    int count = 0;
    for (int digits = 15; digits <= 17; digits++) {
        count = snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number) break;
    }
    hl_reader_put(text, (size_t)count);
}

void hl_reader_put_float(float number)
{
    char text[64];
    if (number - number != 0) return hl_reader_put_double(number);
    int count = 0;
    for (int digits = 6; digits <= 9; digits++) {
        count = snprintf(text, sizeof text, "%.*g", digits, (double)number);
        if (strtof(text, NULL) == number) break;
    }
    hl_reader_put(text, (size_t)count);
}
