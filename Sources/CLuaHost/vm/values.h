// Lua values to and from their encoding (CLuaValues.h). All of these may raise.

#pragma once

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CLuaValues.h"
#include "messages.h"

/// Pushes the next value. Every length is checked, because the bytes may come from another process.
void hl_push_encoded(lua_State *L, hl_cursor *reader, int depth);
uint32_t hl_read_count(lua_State *L, hl_cursor *reader);

/// Appends the value at an absolute index. Raw access only: no metamethod of the script runs.
void hl_encode(lua_State *L, int index, hl_buffer *buffer, int depth);
void hl_append(lua_State *L, hl_buffer *buffer, const void *bytes, size_t length);
void hl_append_tag(lua_State *L, hl_buffer *buffer, uint8_t tag);
void hl_append_count(lua_State *L, hl_buffer *buffer, uint32_t count);

/// Whether the table at `index` is one that `hookline.array` made.
bool hl_is_marked_array(lua_State *L, int index);
