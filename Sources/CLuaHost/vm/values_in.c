// From the encoding to Lua values.

#include <string.h>

#include "vm.h"

static const uint8_t *take(lua_State *L, hl_cursor *reader, size_t count)
{
    if ((size_t)(reader->end - reader->next) < count) hl_raise(L, HL_MISUSE, "an encoded value is cut short");
    const uint8_t *bytes = reader->next;
    reader->next += count;
    return bytes;
}

static uint64_t take_number(lua_State *L, hl_cursor *reader, size_t count)
{
    const uint8_t *bytes = take(L, reader, count);
    uint64_t number = 0;
    for (size_t i = 0; i < count; i++) number |= (uint64_t)bytes[i] << (8 * i);
    return number;
}

uint32_t hl_read_count(lua_State *L, hl_cursor *reader)
{
    return (uint32_t)take_number(L, reader, 4);
}

static void push_string(lua_State *L, hl_cursor *reader)
{
    uint32_t length = hl_read_count(L, reader);
    lua_pushlstring(L, (const char *)take(L, reader, length), length);
}

/// The capacity for `count` elements, bounded by the bytes that are left: a count cannot exaggerate.
static int capacity(const hl_cursor *reader, uint32_t count)
{
    size_t left = (size_t)(reader->end - reader->next);
    return (int)(count < left ? count : left);
}

static void push_list(lua_State *L, hl_cursor *reader, int depth)
{
    uint32_t count = hl_read_count(L, reader);
    lua_createtable(L, capacity(reader, count), 0);
    for (uint32_t i = 1; i <= count; i++) {
        hl_push_encoded(L, reader, depth + 1);
        lua_rawseti(L, -2, i);
    }
    hl_freeze(L, HL_VIEW_LIST, "the list");
}

static void push_table(lua_State *L, hl_cursor *reader, int depth)
{
    uint32_t count = hl_read_count(L, reader);
    lua_createtable(L, 0, capacity(reader, count));
    for (uint32_t i = 0; i < count; i++) {
        push_string(L, reader);
        hl_push_encoded(L, reader, depth + 1);
        lua_rawset(L, -3);
    }
}

static void push_record(lua_State *L, hl_cursor *reader, int depth)
{
    push_string(L, reader);
    const char *label = lua_tostring(L, -1);
    uint32_t count = hl_read_count(L, reader);
    lua_createtable(L, 0, capacity(reader, count));
    lua_createtable(L, capacity(reader, count), 0);
    for (uint32_t i = 1; i <= count; i++) {
        push_string(L, reader);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, i);
        hl_push_encoded(L, reader, depth + 1);
        lua_rawset(L, -4);
    }
    hl_freeze(L, HL_VIEW_RECORD, label);
    lua_remove(L, -2);
}

void hl_push_encoded(lua_State *L, hl_cursor *reader, int depth)
{
    if (depth > HL_MAX_DEPTH) hl_raise(L, HL_MISUSE, "an encoded value is nested too deep");
    luaL_checkstack(L, 12, NULL);
    switch (*take(L, reader, 1)) {
    case HL_TAG_NIL: lua_pushnil(L); return;
    case HL_TAG_FALSE: lua_pushboolean(L, 0); return;
    case HL_TAG_TRUE: lua_pushboolean(L, 1); return;
    case HL_TAG_INTEGER: lua_pushinteger(L, (lua_Integer)take_number(L, reader, 8)); return;
    case HL_TAG_NUMBER: {
        uint64_t bits = take_number(L, reader, 8);
        double number;
        memcpy(&number, &bits, sizeof number);
        lua_pushnumber(L, number);
        return;
    }
    case HL_TAG_STRING: push_string(L, reader); return;
    case HL_TAG_LIST: push_list(L, reader, depth); return;
    case HL_TAG_TABLE: push_table(L, reader, depth); return;
    case HL_TAG_RECORD: push_record(L, reader, depth); return;
    case HL_TAG_NULL: lua_pushlightuserdata(L, hl_null()); return;
    case HL_TAG_CONTEXT: hl_push_kept(L, HL_KEPT_CONTEXT); return;
    default: hl_raise(L, HL_MISUSE, "an encoded value has an unknown tag");
    }
}
