// A lookup: a CSV file of the package with its index by one column.

#pragma once

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/text.h"

/// How keys are spelled when they are compared.
typedef enum {
    /// As they are written, apart from white space around them.
    HL_KEYS_AS_WRITTEN,
    /// As `hookline.email.normalise` spells addresses, with their domains in letters.
    HL_KEYS_EMAIL,
    /// As `hookline.email.domain` spells domains; an address has the key of its domain.
    HL_KEYS_DOMAIN,
} hl_lookup_keys;

/// What a script asks of a lookup.
typedef struct {
    hl_lookup_keys keys;
    /// Whether a domain that has no row has that of the nearest domain above it.
    bool subdomains;
    /// Whether a row whose key is no address or domain is an error.
    bool bad_key_fails;
    /// Whether some texts of cells mean nil.
    bool has_null_values;
} hl_lookup_options;

/// Reads the table of options at `index`, or nil; raises an error that lists what is allowed.
hl_lookup_options hl_read_lookup_options(lua_State *L, int index);
/// Pushes the texts that mean nil as the keys of a table, and all of them as one text; nil and an empty text when there are none.
void hl_push_null_values(lua_State *L, int index);

/// A file with its index by one column; the arrays follow it in the same userdata.
typedef struct {
    const char *text;
    size_t length;
    uint32_t row_count;
    uint32_t column_count;
    uint32_t key_column;
    uint32_t mask;
    hl_lookup_options options;
    /// Where each row begins; then, by the hash of the key, row numbers from 1.
    uint32_t *starts;
    uint32_t *slots;
} hl_lookup_file;

/// A row as a script holds it; its lookup is its user value.
typedef struct {
    uint32_t row;
} hl_lookup_row;

/// The user values of a lookup: the names of the columns, the number of each by its name, and the texts that mean nil.
enum { HL_LOOKUP_NAMES = 1, HL_LOOKUP_NUMBERS = 2, HL_LOOKUP_NULLS = 3 };

/// Where a key is spelled.
typedef struct {
    /// As `hookline.email.normalise` spells it, or a domain as it is written, in small letters.
    hl_address address;
    /// With the domain in letters; only if it may have another spelling.
    char letters[HL_LETTERS_LIMIT];
} hl_lookup_room;

/// A cell without the white space around it; row and column count from 0.
hl_cell hl_lookup_cell(const hl_lookup_file *lookup, uint32_t row, uint32_t column);

/// The size of the hash table for this many rows.
uint32_t hl_lookup_table_size(uint32_t rows);
/// Reads a row's key as it is compared, into `room` if it is not a piece of the text. Returns false when there is none.
bool hl_lookup_key(const hl_lookup_file *lookup, uint32_t row, hl_lookup_room *room, hl_cell *key);

typedef enum { HL_KEY_ENTERED, HL_KEY_REPEATED, HL_KEY_BAD } hl_key_fate;

/// Enters a row under its key, unless it has none or an earlier row has the same.
hl_key_fate hl_lookup_enter(hl_lookup_file *lookup, uint32_t row);
/// The row that a key leads to, from 1; 0 for none.
uint32_t hl_lookup_find(const hl_lookup_file *lookup, const char *key, size_t length);
