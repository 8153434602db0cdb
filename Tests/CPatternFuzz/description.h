// What a mismatch is described with: the call, and what came back from it.

#pragma once

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

#include "cases.h"

/// A text that is truncated when it gets too long.
typedef struct {
    char *bytes;
    size_t capacity;
    size_t length;
} fuzz_text;

/// Writes the call as Lua code, with its seed and number.
void write_call(fuzz_text *w, const fuzz_case *call, uint64_t seed, uint64_t number);
/// Writes `count` results from the stack index `first` on, or the error that they are.
void write_results(fuzz_text *w, lua_State *L, const char *whose, int first, int count, int status);
