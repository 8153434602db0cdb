// Finding the separators of a CSV file with the widest vectors that the processor has.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// What the vectors are called: for the report.
const char *separators_way(void);

/// Writes the position of every comma, quote, and line feed to `positions`, which has room for `length` of them. Returns how many there are.
size_t separators_find(const uint8_t *bytes, size_t length, uint32_t *positions);
