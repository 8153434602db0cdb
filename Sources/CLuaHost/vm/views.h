// Read-only views of tables, and errors about names that nothing knows.

#pragma once

#include <lua.h>

enum { HL_VIEW_LIST, HL_VIEW_RECORD, HL_VIEW_LIBRARY };

/// Replaces the table of values on top (for records: the values, then the list of names) with a read-only view of it.
void hl_freeze(lua_State *L, int kind, const char *label);
/// Makes the record on top, which is frozen, note when a field is read that differs from run to run.
void hl_note_reading(lua_State *L);
/// Raises unless the value is a table that a library function may change.
void hl_check_changeable(lua_State *L, int index);
/// Replaces a read-only list at `index` with its values, so that library functions can read it with raw access.
void hl_unwrap_list(lua_State *L, int index);

/// Raises `<label> '<key>'` for the key at `key`, with the nearest name in the list `names` and among the keys of `values` (0: none).
void hl_unknown_key(lua_State *L, int key, const char *label, int names, int values);
