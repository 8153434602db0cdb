// A package's own modules, held in memory: what `require` finds, and nothing else.

#pragma once

#include <lua.h>

#include "vm/sources.h"

/// Pushes what the module returns; runs it the first time it is required.
void hl_push_module(lua_State *L, const char *module);
/// The module's source; raises when the package has no such module.
const hl_source *hl_check_module(lua_State *L, const char *module);
