// What recorders see of a mapping.

#pragma once

#include <lua.h>
#include <stddef.h>

/// Writes the mapping at `table` as a JSON object, which is always well-formed and at most `capacity` bytes long. Returns its length; 0 where
/// nothing fits.
size_t hl_record_mapping(lua_State *L, int table, char *bytes, size_t capacity);
