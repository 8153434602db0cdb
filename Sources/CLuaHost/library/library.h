// The drawer for the `hookline` library: one table of entries, which fills the global `hookline`, the reference page and the types for
// editors.

#pragma once

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

#include "CLuaMachine.h"

/// Adds `hookline` and `print` to the table of globals on top.
void hl_add_hookline(lua_State *L);

/// Pushes the value of a JSON text that a field holds.
void hl_push_json(lua_State *L, const char *text, size_t length);
/// Writes a finite number as JSON that a reader takes for a decimal; 32 bytes are enough.
void hl_number_text(double number, char *text, size_t capacity);

/// Makes a file in the memory of lookups known to `hookline.lookup`. Returns HL_OK, HL_MISUSE or HL_MEMORY.
int32_t hl_add_lookup(hl_vm *vm, const char *name, uint64_t start, uint64_t length);
void hl_free_lookups(hl_vm *vm);
