// `hookline.json.encode`: one line, keys in order, so that equal values give equal texts.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "items.h"
#include "library.h"
#include "sandbox/sandbox.h"
#include "text/text.h"
#include "vm/vm.h"

/// A text that grows in a userdata at a fixed index of the stack. A luaL_Buffer would have to be on top whenever it grows, and the walk
/// keeps its values there.
typedef struct {
    lua_State *L;
    int index;
    char *bytes;
    size_t length;
    size_t capacity;
} builder;

static void encode(lua_State *L, int index, builder *out, int depth);

static void add(builder *out, const char *text, size_t length)
{
    if (length > out->capacity - out->length) {
        size_t capacity = (out->length + length) * 2 + 256;
        char *grown = lua_newuserdatauv(out->L, capacity, 0);
        memcpy(grown, out->bytes, out->length);
        lua_replace(out->L, out->index);
        out->bytes = grown;
        out->capacity = capacity;
    }
    memcpy(out->bytes + out->length, text, length);
    out->length += length;
}

static void add_text(builder *out, const char *text)
{
    add(out, text, strlen(text));
}

static void add_character(builder *out, char character)
{
    add(out, &character, 1);
}

static void add_escaped(builder *out, unsigned char byte)
{
    static const char marks[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
    const char *known = strchr(marks, byte);
    char text[8];
    if (byte != 0 && known != NULL) snprintf(text, sizeof text, "\\%c", names[known - marks]);
    else snprintf(text, sizeof text, "\\u%04x", byte);
    add_text(out, text);
}

static void encode_string(lua_State *L, int index, builder *out)
{
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    hl_charge(L, 1 + length / 8);
    if (!hl_is_utf8(text, length)) luaL_error(L, "json.encode: a string is not UTF-8");
    add_character(out, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20 || byte == '"' || byte == '\\') add_escaped(out, byte);
        else add_character(out, (char)byte);
    }
    add_character(out, '"');
}

void hl_number_text(double number, char *text, size_t capacity)
{
    // The fewest digits that give the number back.
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, capacity, "%.*g", digits, number);
        if (strtod(text, NULL) == number) break;
    }
    if (strpbrk(text, ".e") == NULL) strcat(text, ".0");
}

static void encode_number(lua_State *L, int index, builder *out)
{
    char text[40];
    if (lua_isinteger(L, index)) {
        snprintf(text, sizeof text, "%lld", (long long)lua_tointeger(L, index));
        add_text(out, text);
        return;
    }
    double number = lua_tonumber(L, index);
    if (!isfinite(number)) luaL_error(L, "json.encode: JSON cannot represent %s", isnan(number) ? "nan" : "infinity");
    hl_number_text(number, text, sizeof text);
    add_text(out, text);
}

/// Encodes the table of values on top as a list of `count` elements.
static void encode_list(lua_State *L, lua_Integer count, builder *out, int depth)
{
    int values = lua_gettop(L);
    add_character(out, '[');
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1) add_character(out, ',');
        if (lua_rawgeti(L, values, i) == LUA_TNIL) luaL_error(L, "json.encode: a list has a hole at %d; use hookline.null", (int)i);
        encode(L, lua_gettop(L), out, depth + 1);
        lua_pop(L, 1);
    }
    add_character(out, ']');
}

/// Encodes the keys and values on top as an object.
static void encode_object(lua_State *L, builder *out, int depth)
{
    int keys = lua_gettop(L) - 1, values = lua_gettop(L);
    lua_pushcfunction(L, hl_table_sort);
    lua_pushvalue(L, keys);
    lua_call(L, 1, 0);
    lua_Integer count = (lua_Integer)lua_rawlen(L, keys);
    add_character(out, '{');
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1) add_character(out, ',');
        lua_rawgeti(L, keys, i);
        encode_string(L, lua_gettop(L), out);
        add_character(out, ':');
        lua_rawget(L, values);
        encode(L, lua_gettop(L), out, depth + 1);
        lua_pop(L, 1);
    }
    add_character(out, '}');
}

/// Whether the keys in the list at `keys` are all of that type.
static bool are_all(lua_State *L, int keys, int type)
{
    lua_Integer count = (lua_Integer)lua_rawlen(L, keys);
    for (lua_Integer i = 1; i <= count; i++) {
        bool is_other = lua_rawgeti(L, keys, i) != type || (type == LUA_TNUMBER && !lua_isinteger(L, -1));
        lua_pop(L, 1);
        if (is_other) return false;
    }
    return true;
}

static void encode_table(lua_State *L, int index, builder *out, int depth)
{
    bool is_list = hl_is_marked_array(L, index);
    hl_collect_pairs(L, index);
    int keys = lua_gettop(L) - 1;
    lua_Integer count = (lua_Integer)lua_rawlen(L, keys);
    bool is_object = !is_list && are_all(L, keys, LUA_TSTRING);
    if (is_object) {
        encode_object(L, out, depth);
    } else {
        if (!are_all(L, keys, LUA_TNUMBER)) {
            luaL_error(L, "json.encode: a table mixes kinds of keys; an object has strings only, a list 1 to n");
        }
        encode_list(L, count, out, depth);
    }
    lua_settop(L, keys - 1);
}

static void encode(lua_State *L, int index, builder *out, int depth)
{
    if (depth > HL_MAX_DEPTH) luaL_error(L, "json.encode: nested deeper than %d levels: does a table contain itself?", HL_MAX_DEPTH);
    luaL_checkstack(L, 20, NULL);
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN: add_text(out, lua_toboolean(L, index) ? "true" : "false"); return;
    case LUA_TNUMBER: encode_number(L, index, out); return;
    case LUA_TSTRING: encode_string(L, index, out); return;
    case LUA_TTABLE: encode_table(L, index, out, depth); return;
    case LUA_TNIL: add_text(out, "null"); return;
    default:
        if (hl_is_null(L, index)) add_text(out, "null");
        else if (lua_isuserdata(L, index) && luaL_getmetafield(L, index, "__pairs") != LUA_TNIL) {
            lua_pop(L, 1);
            encode_table(L, index, out, depth);
        } else {
            luaL_error(L, "json.encode: JSON cannot represent a %s", luaL_typename(L, index));
        }
    }
}

int hl_json_encode(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    lua_pushnil(L);
    char start[64];
    builder out = {.L = L, .index = lua_gettop(L), .bytes = start, .capacity = sizeof start};
    encode(L, 1, &out, 0);
    lua_pushlstring(L, out.bytes, out.length);
    return 1;
}
