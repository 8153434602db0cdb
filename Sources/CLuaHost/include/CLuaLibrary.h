// What scripts can call, for the reference page, for editors and for checks.

#pragma once

#include <stdint.h>

/// One entry of the library.
typedef struct {
    /// The name after `hookline.`.
    const char *name;
    /// In LuaLS notation, such as `text: string, bytes?: integer`; empty for a value or a function without parameters.
    const char *parameters;
    /// The type of the result, or of the value.
    const char *returns;
    const char *summary;
    /// A Lua expression that uses the entry, and one that gives the same value; NULL where there is none.
    const char *example;
    const char *result;
} hl_library_item;

uint32_t hl_library_count(void);
/// NULL beyond the last entry.
const hl_library_item *hl_library_item_at(uint32_t index);

/// What to do instead of using a global that scripts do not have; NULL where there is no advice.
const char *hl_global_advice(const char *name);
