// Which of 64 bytes are what; bit n is byte n.

#pragma once

#include <stdint.h>

#include "CCSV.h"

typedef struct {
    uint64_t delimiters;
    uint64_t quotes;
    uint64_t line_feeds;
    uint64_t carriage_returns;
    uint64_t nuls;
    /// Beyond ASCII.
    uint64_t high;
} masks;

size_t hl_csv_find_plain(
    const uint8_t *bytes, size_t length, uint8_t delimiter, size_t width, size_t most_records, size_t most_bytes, hl_csv_field *fields,
    hl_csv_record *records);
hl_csv_cut hl_csv_cut_plain(const uint8_t *bytes, size_t length, bool has_quotes, size_t most_records, size_t most_bytes);
#if defined(__x86_64__)
size_t hl_csv_find_avx2(
    const uint8_t *bytes, size_t length, uint8_t delimiter, size_t width, size_t most_records, size_t most_bytes, hl_csv_field *fields,
    hl_csv_record *records);
hl_csv_cut hl_csv_cut_avx2(const uint8_t *bytes, size_t length, bool has_quotes, size_t most_records, size_t most_bytes);
#endif
