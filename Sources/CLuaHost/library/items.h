// The entries of the library and the functions behind them.

#pragma once

#include <lua.h>
#include <stddef.h>

#include "CLuaLibrary.h"

/// An entry with its function; a value has none.
typedef struct {
    hl_library_item item;
    lua_CFunction function;
    /// For `log`.
    int level;
} hl_library_entry;

/// NULL beyond the last entry.
const hl_library_entry *hl_library_entry_at(uint32_t index);

/// The argument at `index`, which must be UTF-8 text. Charges for walking over it.
const char *hl_check_text(lua_State *L, int index, size_t *length);

int hl_text_upper(lua_State *L);
int hl_text_lower(lua_State *L);
int hl_text_trim(lua_State *L);
int hl_text_slug(lua_State *L);
int hl_text_truncate(lua_State *L);
int hl_text_length(lua_State *L);

int hl_email_normalise(lua_State *L);
int hl_email_domain(lua_State *L);
int hl_email_is_valid(lua_State *L);

int hl_date_parse(lua_State *L);
int hl_date_format(lua_State *L);
int hl_date_add(lua_State *L);
int hl_date_diff(lua_State *L);

int hl_hash_md5(lua_State *L);
int hl_hash_sha256(lua_State *L);
int hl_hash_bucket(lua_State *L);

int hl_json_decode(lua_State *L);
int hl_json_encode(lua_State *L);

int hl_sorted_pairs(lua_State *L);
/// Pushes a list of the keys of the table at `index`, which may be a view or a user, and a table of its values.
void hl_collect_pairs(lua_State *L, int index);

int hl_lookup(lua_State *L);
void hl_make_lookup_metatables(lua_State *L);

int hl_log_values(lua_State *L);
int hl_mark_as_array(lua_State *L);
void hl_make_array_metatable(lua_State *L);
