// The drawer for patterns: `string.find`, `match`, `gmatch` and `gsub` on a matcher with bounded work.

#pragma once

#include <lua.h>

/// Adds the four functions to the table on top.
void hl_add_pattern_functions(lua_State *L);
