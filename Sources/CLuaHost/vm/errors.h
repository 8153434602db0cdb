// The one protected call through which everything enters Lua, and what is known about a failure in it.

#pragma once

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

#include "CLuaMachine.h"

enum { HL_ERROR_BYTES = 2048, HL_FILE_BYTES = 64 };

/// Where and why a call failed. The pointers belong to the machine and stay valid until its next call.
typedef struct {
    int32_t status;
    /// From 1; 0 when no line is known.
    int32_t line;
    /// The row of the batch, and the step of that row; -1 outside a batch.
    int64_t row;
    int32_t step;
    const char *file;
    const char *message;
    size_t message_length;
} hl_error;

/// Calls `body`, the only way into Lua. It receives `argument` as a light userdata at index 1. Returns the status in `error`.
int32_t hl_protect(hl_vm *vm, lua_CFunction body, void *argument, hl_error *error);

/// Raises an error with the given status; for failures other than the script's own `error`.
_Noreturn void hl_raise(lua_State *L, int32_t status, const char *format, ...);
/// Like hl_raise, located at the definition of the Lua function at `function`.
_Noreturn void hl_raise_at(lua_State *L, int function, int32_t status, const char *format, ...);

/// Remembers the line that the innermost Lua function has reached as the location of an error.
void hl_note_error_location(lua_State *L);
/// Makes a line of a file the location of the current error.
void hl_set_error_location(hl_vm *vm, const char *file, int line);
/// Describes the failure whose value is on top of the stack, without running any script code.
void hl_fill_error(hl_vm *vm, int lua_status, hl_error *error);
