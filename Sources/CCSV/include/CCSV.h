// Finds the fields of CSV records (RFC 4180), 64 bytes at a time. Knows nothing of the product, and keeps no state.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /// The most bytes that one search covers.
    HL_CSV_MOST_BYTES = 1 << 28
};

/// A field's text in the searched bytes, without the quotes around it.
typedef struct {
    uint32_t start;
    uint32_t count : 29;
    bool is_quoted : 1;
    /// Whether the text has doubled quotes.
    bool has_escapes : 1;
    /// Whether the text has bytes beyond ASCII.
    bool has_high_bytes : 1;
} hl_csv_field;

/// Where a record ends.
typedef struct {
    /// The offset behind its line end.
    uint32_t end;
    /// The lines that it has, one and those in quoted fields.
    uint32_t lines;
} hl_csv_record;

/// How to look at 64 bytes.
typedef enum {
    /// With plain C.
    HL_CSV_PLAIN,
    HL_CSV_AVX2
} hl_csv_way;

/// Whether this processor can do it.
bool hl_csv_has(hl_csv_way way);

/// The fastest way that this processor can do.
hl_csv_way hl_csv_best_way(void);

/// Finds the fields of whole records at the beginning of `bytes`.
///
/// It stops behind `most_records`, and before the first record that is not whole or that needs a closer look: one that does not have `width`
/// fields, is longer than `most_bytes`, has a NUL, a carriage return that does not end it, or a quote where none may be.
///
/// `fields` has room for `most_records` times `width` fields, and `records` for `most_records`. `delimiter` is not a quote, a line end, or
/// NUL. Returns the number of records.
size_t hl_csv_find(
    hl_csv_way way, const uint8_t *bytes, size_t length, uint8_t delimiter, size_t width, size_t most_records, size_t most_bytes,
    hl_csv_field *fields, hl_csv_record *records);

/// Whole records at the beginning of some bytes.
typedef struct {
    /// The offset behind the last one's line end; 0 if there is none.
    size_t end;
    /// How many there are, empty lines included.
    size_t records;
    /// How many lines they have.
    size_t lines;
    /// Whether they are as many as asked for, or as long.
    bool is_full;
} hl_csv_cut;

/// Finds where whole records end, without a look at their fields: behind `most_records`, behind the first that reaches `most_bytes`, or behind
/// the last one of `bytes`.
///
/// A record ends with a line feed that is not in quotes, or with any line feed if `has_quotes` is false. That is right up to the first record
/// with a quote where none may be.
hl_csv_cut hl_csv_cut_records(
    hl_csv_way way, const uint8_t *bytes, size_t length, bool has_quotes, size_t most_records, size_t most_bytes);
