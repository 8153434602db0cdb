// What is known of characters beyond ASCII: upper and lower case, white space, and the plain letters of Latin ones.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// Characters from `first` to `last`, every `step`-th of them, and the distance to what each becomes.
typedef struct {
    int32_t first;
    int32_t last;
    int32_t delta;
    int32_t step;
} hl_case_range;

/// A Latin letter beyond ASCII, and the ASCII letters that stand for it in a slug.
typedef struct {
    uint16_t character;
    char plain[3];
} hl_slug_letter;

extern const hl_case_range hl_upper_ranges[];
extern const int hl_upper_ranges_count;
extern const hl_case_range hl_lower_ranges[];
extern const int hl_lower_ranges_count;
extern const hl_slug_letter hl_slug_letters[];
extern const int hl_slug_letter_count;

/// The character at `*next`, which must be well-formed UTF-8, and moves on.
int32_t hl_next_character(const unsigned char **next);
/// Writes a character as UTF-8; returns its length in bytes.
size_t hl_put_character(int32_t character, char out[4]);
int32_t hl_upper_character(int32_t character);
int32_t hl_lower_character(int32_t character);
/// The ASCII letters of a Latin letter; NULL for any other character.
const char *hl_plain_letters(int32_t character);
/// Whether Unicode calls it white space.
int hl_is_space_character(int32_t character);
