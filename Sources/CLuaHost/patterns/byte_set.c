#include "byte_set.h"

#include <stddef.h>

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_printing(int c)
{
    return c > ' ' && c < 127;
}

/// Whether a byte is in the class of a lowercase letter, as in the C locale; -1 for a letter that names no class.
static int is_in_class(int c, int letter)
{
    switch (letter) {
    case 'a': return is_letter(c);
    case 'c': return c < 32 || c == 127;
    case 'd': return is_digit(c);
    case 'g': return is_printing(c);
    case 'l': return c >= 'a' && c <= 'z';
    case 'p': return is_printing(c) && !is_letter(c) && !is_digit(c);
    case 's': return c == ' ' || (c >= 9 && c <= 13);
    case 'u': return c >= 'A' && c <= 'Z';
    case 'w': return is_letter(c) || is_digit(c);
    case 'x': return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case 'z': return c == 0;
    default: return -1;
    }
}

void hl_set_add_byte(hl_byte_set *set, uint8_t byte)
{
    set->bits[byte >> 6] |= (uint64_t)1 << (byte & 63);
}

void hl_set_add_escaped(hl_byte_set *set, uint8_t mark)
{
    bool complement = mark >= 'A' && mark <= 'Z';
    int letter = complement ? mark + 32 : mark;
    if (is_in_class(0, letter) < 0) {
        hl_set_add_byte(set, mark);
        return;
    }
    for (int c = 0; c < 256; c++) {
        if (is_in_class(c, letter) != (int)complement) hl_set_add_byte(set, (uint8_t)c);
    }
}

const uint8_t *hl_set_end(const uint8_t *next, const uint8_t *end)
{
    next++;
    if (next < end && *next == '^') next++;
    // The first byte belongs to the set, even if it is `]`.
    do {
        if (next >= end) return NULL;
        if (*next++ == '%' && next < end) next++;
    } while (next >= end || *next != ']');
    return next;
}

void hl_set_add_range(hl_byte_set *set, const uint8_t *next, const uint8_t *close)
{
    bool complement = *++next == '^';
    if (complement) next++;
    while (next < close) {
        if (*next == '%') {
            hl_set_add_escaped(set, next[1]);
            next += 2;
        } else if (next[1] == '-' && next + 2 < close) {
            for (int c = next[0]; c <= next[2]; c++) hl_set_add_byte(set, (uint8_t)c);
            next += 3;
        } else {
            hl_set_add_byte(set, *next++);
        }
    }
    for (int i = 0; complement && i < 4; i++) set->bits[i] = ~set->bits[i];
}
