// The cells of a lookup, and its rows by their keys.

#include "lookup.h"

#include <string.h>

/// Longer texts are no addresses, in bytes.
enum { MAX_KEY = 2048 };

hl_cell hl_lookup_cell(const hl_lookup_file *lookup, uint32_t row, uint32_t column)
{
    hl_row_reader reader = {lookup->text + lookup->starts[row], lookup->text + lookup->length, false, NULL};
    for (uint32_t i = 0; i < column; i++) hl_read_cell(&reader);
    hl_cell cell = hl_read_cell(&reader);
    hl_trim(&cell.start, &cell.length);
    return cell;
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

static uint64_t hash_of(const hl_cell *key)
{
    uint64_t hash = hash_start;
    size_t position = 0;
    char byte;
    while (next_byte(key, &position, &byte)) hash = hashed(hash, byte);
    return spread(hash);
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

/// What is compared of the address in `room` from `start`: the whole, or its domain.
static hl_cell compared(hl_lookup_room *room, size_t start)
{
    const hl_address *address = &room->address;
    const char *domain = address->bytes + address->domain;
    size_t before = address->domain - start, length = address->length - address->domain;
    if (!hl_has_spellings(domain, length)) return (hl_cell){.start = address->bytes + start, .length = before + length};
    memcpy(room->letters, address->bytes + start, before);
    return (hl_cell){.start = room->letters, .length = before + hl_write_in_letters(domain, length, room->letters + before)};
}

bool hl_lookup_key(const hl_lookup_file *lookup, uint32_t row, hl_lookup_room *room, hl_cell *key)
{
    *key = hl_lookup_cell(lookup, row, lookup->key_column);
    if (lookup->options.keys == HL_KEYS_AS_WRITTEN) return key->length > 0;
    char value[MAX_KEY];
    if (key->length > MAX_KEY) return false;
    size_t length = hl_cell_value(key, value);
    bool found = lookup->options.keys == HL_KEYS_EMAIL ? hl_read_address(value, length, &room->address) == HL_ADDRESS_FOUND
                                                       : hl_read_domain(value, length, &room->address);
    if (found) *key = compared(room, 0);
    return found;
}

/// The slot that holds the row with a key, or that waits for it.
static uint32_t *slot_of(const hl_lookup_file *lookup, const hl_cell *key)
{
    for (uint64_t slot = hash_of(key);; slot++) {
        uint32_t *entry = &lookup->slots[slot & lookup->mask];
        if (*entry == 0) return entry;
        hl_lookup_room room;
        hl_cell other;
        if (hl_lookup_key(lookup, *entry - 1, &room, &other) && have_equal_values(&other, key)) return entry;
    }
}

hl_key_fate hl_lookup_enter(hl_lookup_file *lookup, uint32_t row)
{
    hl_lookup_room room;
    hl_cell key;
    if (!hl_lookup_key(lookup, row, &room, &key)) return HL_KEY_BAD;
    uint32_t *entry = slot_of(lookup, &key);
    if (*entry != 0) return HL_KEY_REPEATED;
    *entry = row + 1;
    return HL_KEY_ENTERED;
}

/// The row of a domain, or of the nearest one above it.
static uint32_t find_domain(const hl_lookup_file *lookup, hl_cell domain)
{
    for (;;) {
        uint32_t row = *slot_of(lookup, &domain);
        if (row != 0 || !lookup->options.subdomains) return row;
        const char *dot = memchr(domain.start, '.', domain.length);
        if (dot == NULL) return 0;
        domain.length -= (size_t)(dot + 1 - domain.start);
        domain.start = dot + 1;
    }
}

uint32_t hl_lookup_find(const hl_lookup_file *lookup, const char *key, size_t length)
{
    hl_lookup_room room;
    hl_cell wanted;
    switch (lookup->options.keys) {
    case HL_KEYS_EMAIL:
        if (hl_read_address(key, length, &room.address) != HL_ADDRESS_FOUND) return 0;
        wanted = compared(&room, 0);
        return *slot_of(lookup, &wanted);
    case HL_KEYS_DOMAIN:
        if (hl_read_address(key, length, &room.address) != HL_ADDRESS_FOUND && !hl_read_domain(key, length, &room.address)) return 0;
        return find_domain(lookup, compared(&room, room.address.domain));
    case HL_KEYS_AS_WRITTEN: break;
    }
    // The file is UTF-8, so no row has such a key.
    if (!hl_is_utf8(key, length)) return 0;
    hl_trim(&key, &length);
    return *slot_of(lookup, &(hl_cell){.start = key, .length = length});
}

uint32_t hl_lookup_table_size(uint32_t rows)
{
    uint32_t size = 16;
    while (size < rows * 2) size *= 2;
    return size;
}
