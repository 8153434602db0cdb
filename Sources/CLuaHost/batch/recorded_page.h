// A text of limited length.

#pragma once

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/// Where a recording is written. Once it is full, nothing is added any more.
typedef struct {
    char *bytes;
    size_t length;
    size_t capacity;
    bool is_full;
} hl_page;

/// Adds a text as it is.
void hl_page_add_text(hl_page *out, const char *text);
/// Adds a JSON string; what is not UTF-8 is repaired.
void hl_page_add_string(lua_State *L, const char *text, size_t length, hl_page *out);
/// Adds a text in parentheses, for a value that JSON cannot hold.
void hl_page_add_sign(hl_page *out, const char *what);
