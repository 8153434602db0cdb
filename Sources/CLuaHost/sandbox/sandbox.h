// The drawer for the sandbox: the globals of Lua's own that a script sees, and the scripts, modules and functions that run among them.

#pragma once

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

#include "CLuaMachine.h"
#include "vm/errors.h"
#include "vm/messages.h"

/// Pushes the table of a script's globals, with what Lua itself offers in it.
void hl_push_globals(lua_State *L);
/// Replaces the table of globals on top with a guarded view, and makes that the environment of every chunk.
void hl_guard_globals(lua_State *L);

/// Pushes the text of the value at `index`, never an address. Runs `__tostring`, so it may raise.
const char *hl_push_text(lua_State *L, int index, size_t *length);
/// `table.sort`: a stable sort of the table at index 1, by the function at index 2 if there is one.
int hl_table_sort(lua_State *L);

// Requests about scripts: each takes what it needs and appends its answer to the payload.
int32_t hl_load_script(hl_vm *vm, const char *module, hl_buffer *payload, hl_error *error);
int32_t hl_dump_source(hl_vm *vm, const char *module, hl_buffer *payload, hl_error *error);
int32_t hl_find_function(hl_vm *vm, int32_t script, const char *name, hl_buffer *payload, hl_error *error);
int32_t hl_set_context(hl_vm *vm, hl_cursor encoded, hl_error *error);
/// Notes what the scripts relied on before the first row.
void hl_note_start(hl_vm *vm);
/// Calls a function; `is_start` if it prepares for rows.
int32_t hl_call(hl_vm *vm, int32_t function, bool is_start, hl_cursor arguments, hl_buffer *payload, hl_error *error);
