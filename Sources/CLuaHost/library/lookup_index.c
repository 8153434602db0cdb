// The cells of a lookup, and its rows by their keys.

#include "lookup.h"

hl_cell hl_lookup_cell(const hl_lookup_file *lookup, uint32_t row, uint32_t column)
{
    hl_row_reader reader = {lookup->text + lookup->starts[row], lookup->text + lookup->length, false, NULL};
    for (uint32_t i = 0; i < column; i++) hl_read_cell(&reader);
    return hl_read_cell(&reader);
}

/// The bytes of a cell one after the other, doubled quotes as one.
static bool next_byte(const hl_cell *cell, size_t *position, char *byte)
{
    if (*position >= cell->length) return false;
    *byte = cell->start[*position];
    *position += cell->has_quotes && *byte == '"' ? 2 : 1;
    return true;
}

// FNV-1a, over the value of a cell or over a key that is asked for.
static const uint64_t hash_start = 14695981039346656037u;

static uint64_t hashed(uint64_t hash, char byte)
{
    return (hash ^ (uint8_t)byte) * 1099511628211u;
}

static uint64_t spread(uint64_t hash)
{
    return hash ^ hash >> 29;
}

static bool is_equal(const hl_cell *cell, const char *key, size_t length)
{
    size_t position = 0, count = 0;
    char byte;
    while (next_byte(cell, &position, &byte)) {
        if (count >= length || key[count++] != byte) return false;
    }
    return count == length;
}

uint32_t hl_lookup_find(const hl_lookup_file *lookup, const char *key, size_t length)
{
    uint64_t hash = hash_start;
    for (size_t i = 0; i < length; i++) hash = hashed(hash, key[i]);
    for (uint64_t slot = spread(hash);; slot++) {
        uint32_t row = lookup->slots[slot & lookup->mask];
        if (row == 0) return 0;
        hl_cell cell = hl_lookup_cell(lookup, row - 1, lookup->key_column);
        if (is_equal(&cell, key, length)) return row;
    }
}

static bool have_equal_values(const hl_cell *a, const hl_cell *b)
{
    size_t position_a = 0, position_b = 0;
    char byte_a, byte_b;
    for (;;) {
        bool has_a = next_byte(a, &position_a, &byte_a), has_b = next_byte(b, &position_b, &byte_b);
        if (!has_a || !has_b) return has_a == has_b;
        if (byte_a != byte_b) return false;
    }
}

bool hl_lookup_enter(hl_lookup_file *lookup, uint32_t row)
{
    hl_cell cell = hl_lookup_cell(lookup, row, lookup->key_column);
    uint64_t hash = hash_start;
    size_t position = 0;
    char byte;
    while (next_byte(&cell, &position, &byte)) hash = hashed(hash, byte);
    for (uint64_t slot = spread(hash);; slot++) {
        uint32_t *entry = &lookup->slots[slot & lookup->mask];
        if (*entry == 0) {
            *entry = row + 1;
            return true;
        }
        hl_cell other = hl_lookup_cell(lookup, *entry - 1, lookup->key_column);
        if (have_equal_values(&other, &cell)) return false;
    }
}

uint32_t hl_lookup_table_size(uint32_t rows)
{
    uint32_t size = 16;
    while (size < rows * 2) size *= 2;
    return size;
}
