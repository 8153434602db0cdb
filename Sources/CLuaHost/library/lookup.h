// A lookup: a CSV file of the package with its index by one column.

#pragma once

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/csv_row.h"

/// A file with its index by one column; the arrays follow it in the same userdata.
typedef struct {
    const char *text;
    size_t length;
    uint32_t row_count;
    uint32_t column_count;
    uint32_t key_column;
    uint32_t mask;
    /// Where each row begins; then, by the hash of the key, row numbers from 1.
    uint32_t *starts;
    uint32_t *slots;
} hl_lookup_file;

/// A row as a script holds it; its lookup is its user value.
typedef struct {
    uint32_t row;
} hl_lookup_row;

/// The user values of a lookup: the names of the columns, and the number of each by its name.
enum { HL_LOOKUP_NAMES = 1, HL_LOOKUP_NUMBERS = 2 };

/// A cell; row and column count from 0.
hl_cell hl_lookup_cell(const hl_lookup_file *lookup, uint32_t row, uint32_t column);

/// The size of the hash table for this many rows.
uint32_t hl_lookup_table_size(uint32_t rows);
/// Enters a row under its key. Returns false when an earlier row has the same key.
bool hl_lookup_enter(hl_lookup_file *lookup, uint32_t row);
/// The row with a key, from 1; 0 for none.
uint32_t hl_lookup_find(const hl_lookup_file *lookup, const char *key, size_t length);
