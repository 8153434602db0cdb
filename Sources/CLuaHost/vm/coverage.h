// Which lines and functions of a package ran: for its tests.

#pragma once

#include <lua.h>

#include "CLuaMachine.h"

/// Records the line that the running function has reached.
void hl_note_coverage(lua_State *L, lua_Debug *activation);
/// Appends the answer to HL_COVERAGE.
void hl_put_coverage(const hl_vm *vm, hl_buffer *answer);
