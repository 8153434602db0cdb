// The functions that stand in for Lua's own. Each hl_add_… adds to the table on top of the stack.

#pragma once

#include <lua.h>

void hl_add_base_functions(lua_State *L);
void hl_add_string_functions(lua_State *L);
void hl_add_table_functions(lua_State *L);
void hl_add_random_functions(lua_State *L);
/// Charges the named entries of the table on top for the length of their first argument.
void hl_charge_functions(lua_State *L, const char *const *names);

/// `require "lib.names"`.
int hl_require(lua_State *L);
