// What the text functions know of Unicode; the tables are made by scripts/unicode/tables.swift.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Letters from `first` to `last`, every `stride`-th, whose other case is `delta` away.
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

/// A letter and the letters a to z that it is written with.
typedef struct {
    uint32_t code;
    char text[4];
} hl_latin_letter;

extern const hl_case_range hl_lower_ranges[], hl_upper_ranges[];
extern const hl_code_range hl_space_ranges[], hl_clinging_ranges[], hl_leading_ranges[];
extern const hl_latin_letter hl_latin_letters[];
extern const size_t hl_lower_count, hl_upper_count, hl_space_count, hl_clinging_count, hl_leading_count, hl_latin_count;

uint32_t hl_lower_code(uint32_t code);
uint32_t hl_upper_code(uint32_t code);
/// Whether the character has the property White_Space.
bool hl_is_space(uint32_t code);
/// Whether the character is part of the one before it, as a combining mark is.
bool hl_is_clinging(uint32_t code);
/// Whether the character after it is part of this one.
bool hl_is_leading(uint32_t code);
/// The letters a to z for a Latin letter; NULL for any other character.
const char *hl_latin_text(uint32_t code);

/// Reads the character at `text`, which must be well-formed, and returns its length in bytes.
size_t hl_utf8_read(const char *text, uint32_t *code);
/// Writes a character and returns its length in bytes, at most 4.
size_t hl_utf8_write(uint32_t code, char *out);
/// Where the character before `end` starts; the text must be well-formed and longer than zero.
size_t hl_utf8_before(const char *text, size_t end);
