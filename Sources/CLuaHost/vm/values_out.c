// From Lua values to the encoding. The buffer belongs to the caller, so an error halfway loses nothing.

#include <stdlib.h>
#include <string.h>

#include "vm.h"

enum { MAX_ENCODED = 16 << 20 };

void hl_append(lua_State *L, hl_buffer *buffer, const void *bytes, size_t length)
{
    if (length > buffer->capacity - buffer->length) {
        if (length > UINT32_MAX / 2 || buffer->length + length > UINT32_MAX / 2) luaL_error(L, "the result is too large");
        size_t capacity = (buffer->length + length) * 2 + 256;
        uint8_t *grown = realloc(buffer->bytes, capacity);
        if (grown == NULL) luaL_error(L, "the host has no memory for the result");
        buffer->bytes = grown;
        buffer->capacity = capacity;
    }
    if (length > 0) memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
}

void hl_append_tag(lua_State *L, hl_buffer *buffer, uint8_t tag)
{
    if (buffer->length > MAX_ENCODED) hl_raise(L, HL_CONTRACT, "the result is larger than %d MB", MAX_ENCODED >> 20);
    hl_append(L, buffer, &tag, 1);
}

static void append_number(lua_State *L, hl_buffer *buffer, uint64_t number, int count)
{
    uint8_t bytes[8];
    for (int i = 0; i < count; i++) bytes[i] = (uint8_t)(number >> (8 * i));
    hl_append(L, buffer, bytes, (size_t)count);
}

void hl_append_count(lua_State *L, hl_buffer *buffer, uint32_t count)
{
    append_number(L, buffer, count, 4);
}

static void append_counted(lua_State *L, hl_buffer *buffer, const void *bytes, size_t length)
{
    if (length > MAX_ENCODED) hl_raise(L, HL_CONTRACT, "the result is larger than %d MB", MAX_ENCODED >> 20);
    append_number(L, buffer, length, 4);
    hl_append(L, buffer, bytes, length);
}

static void encode_number(lua_State *L, int index, hl_buffer *buffer)
{
    if (lua_isinteger(L, index)) {
        hl_append_tag(L, buffer, HL_TAG_INTEGER);
        append_number(L, buffer, (uint64_t)lua_tointeger(L, index), 8);
        return;
    }
    double number = lua_tonumber(L, index);
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    hl_append_tag(L, buffer, HL_TAG_NUMBER);
    append_number(L, buffer, bits, 8);
}

static void encode_opaque(lua_State *L, int index, hl_buffer *buffer)
{
    const char *name = luaL_typename(L, index);
    hl_append_tag(L, buffer, HL_TAG_OPAQUE);
    append_counted(L, buffer, name, strlen(name));
}

static void encode_list(lua_State *L, int index, hl_buffer *buffer, int depth)
{
    lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    hl_append_tag(L, buffer, HL_TAG_LIST);
    hl_append_count(L, buffer, (uint32_t)count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        hl_encode(L, lua_gettop(L), buffer, depth + 1);
        lua_pop(L, 1);
    }
}

static void encode_table(lua_State *L, int index, hl_buffer *buffer, int depth)
{
    hl_append_tag(L, buffer, HL_TAG_TABLE);
    size_t count_offset = buffer->length;
    hl_append_count(L, buffer, 0);
    uint32_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        // The encoding has string keys only.
        if (lua_type(L, -2) == LUA_TSTRING) {
            size_t length;
            const char *key = lua_tolstring(L, -2, &length);
            append_counted(L, buffer, key, length);
            hl_encode(L, lua_gettop(L), buffer, depth + 1);
            count++;
        }
        lua_pop(L, 1);
    }
    for (int i = 0; i < 4; i++) buffer->bytes[count_offset + (size_t)i] = (uint8_t)(count >> (8 * i));
}

bool hl_is_marked_array(lua_State *L, int index)
{
    if (!lua_getmetatable(L, index)) return false;
    hl_push_kept(L, HL_KEPT_ARRAY_METATABLE);
    bool marked = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return marked;
}

void hl_encode(lua_State *L, int index, hl_buffer *buffer, int depth)
{
    luaL_checkstack(L, 8, NULL);
    switch (lua_type(L, index)) {
    case LUA_TNIL: hl_append_tag(L, buffer, HL_TAG_NIL); return;
    case LUA_TBOOLEAN: hl_append_tag(L, buffer, lua_toboolean(L, index) ? HL_TAG_TRUE : HL_TAG_FALSE); return;
    case LUA_TNUMBER: encode_number(L, index, buffer); return;
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, index, &length);
        hl_append_tag(L, buffer, HL_TAG_STRING);
        append_counted(L, buffer, text, length);
        return;
    }
    case LUA_TTABLE:
        // A table that contains itself ends here, too.
        if (depth >= HL_MAX_DEPTH) encode_opaque(L, index, buffer);
        else if (lua_rawlen(L, index) > 0 || hl_is_marked_array(L, index)) encode_list(L, index, buffer, depth);
        else encode_table(L, index, buffer, depth);
        return;
    default:
        if (hl_is_null(L, index)) hl_append_tag(L, buffer, HL_TAG_NULL);
        else encode_opaque(L, index, buffer);
    }
}
