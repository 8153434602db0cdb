// What the text functions know about characters; scripts/unicode/tables.swift makes the tables.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Every `stride`-th letter from `first` to `last`; their other case is `delta` away.
typedef struct {
    uint32_t first;
    uint32_t last;
    int32_t delta;
    uint32_t stride;
} hl_case_range;

typedef struct {
    uint32_t first;
    uint32_t last;
} hl_code_range;

/// A letter, and how it is written with the letters a to z.
typedef struct {
    uint32_t code;
    char text[4];
} hl_latin_letter;

extern const hl_case_range hl_lower_ranges[], hl_upper_ranges[];
extern const hl_code_range hl_space_ranges[], hl_invisible_ranges[];
extern const hl_latin_letter hl_latin_letters[];
extern const size_t hl_lower_count, hl_upper_count, hl_space_count, hl_invisible_count, hl_latin_count;

uint32_t hl_lower_code(uint32_t code);
/// Writes a character's small form in UTF-8, at most 4 bytes. Returns its length.
size_t hl_write_lower(uint32_t code, char *out);
uint32_t hl_upper_code(uint32_t code);
/// Whether the character has the property White_Space.
bool hl_is_space(uint32_t code);
/// Narrows a UTF-8 text to what is between the white space around it.
void hl_trim(const char **text, size_t *length);
/// Whether the character has the property Default_Ignorable_Code_Point: zero widths, marks of direction, soft hyphens, byte order marks.
bool hl_is_invisible(uint32_t code);
/// A Latin letter written with the letters a to z; NULL for any other character.
const char *hl_latin_text(uint32_t code);
