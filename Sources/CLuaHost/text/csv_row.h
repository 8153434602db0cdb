// Rows of a CSV text (RFC 4180), cell by cell, without copying.

#pragma once

#include <stdbool.h>
#include <stddef.h>

/// A cell as it appears in the text, without its quotes; doubled quotes inside it stay doubled.
typedef struct {
    const char *start;
    size_t length;
    bool has_quotes;
} hl_cell;

/// The position in a row.
typedef struct {
    const char *next;
    const char *end;
    /// Whether the last cell read was the last one in its row.
    bool is_row_done;
    /// What is wrong with the text; NULL for nothing.
    const char *problem;
} hl_row_reader;

/// Reads a cell; afterwards `is_row_done` says whether the row is complete.
hl_cell hl_read_cell(hl_row_reader *reader);
/// Writes a cell's value into `out`, which has room for `length` bytes. Returns its length.
size_t hl_cell_value(const hl_cell *cell, char *out);
