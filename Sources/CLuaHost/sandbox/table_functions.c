// `table`, with raw access: a metatable cannot claim a length of 10^15, and nothing runs longer than it pays for.

#include "functions.h"
#include "sandbox.h"
#include "vm/vm.h"

enum { MAX_UNPACKED = 10000, MAX_MOVED = 1000000 };

static int insert(lua_State *L)
{
    hl_check_changeable(L, 1);
    lua_Integer end = (lua_Integer)lua_rawlen(L, 1) + 1;
    switch (lua_gettop(L)) {
    case 2:
        lua_rawseti(L, 1, end);
        return 0;
    case 3: {
        lua_Integer position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, position >= 1 && position <= end, 2, "position out of bounds");
        hl_charge(L, (uint64_t)(end - position));
        for (lua_Integer i = end; i > position; i--) {
            lua_rawgeti(L, 1, i - 1);
            lua_rawseti(L, 1, i);
        }
        lua_rawseti(L, 1, position);
        return 0;
    }
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
    }
}

static int remove_element(lua_State *L)
{
    hl_check_changeable(L, 1);
    lua_Integer size = (lua_Integer)lua_rawlen(L, 1);
    lua_Integer position = luaL_optinteger(L, 2, size);
    if (!lua_isnoneornil(L, 2)) {
        bool valid = size + 1 == position || (position >= 1 && position <= size) || (size == 0 && position == 0);
        luaL_argcheck(L, valid, 2, "position out of bounds");
    }
    lua_rawgeti(L, 1, position);
    if (position < size) hl_charge(L, (uint64_t)(size - position));
    for (; position < size; position++) {
        lua_rawgeti(L, 1, position + 1);
        lua_rawseti(L, 1, position);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, position);
    return 1;
}

/// How many integers there are from `first` to `last`, at most `limit`; charges for them.
static lua_Integer span(lua_State *L, lua_Integer first, lua_Integer last, lua_Integer limit, const char *name)
{
    if (first > last) return 0;
    uint64_t count = (uint64_t)last - (uint64_t)first + 1;
    if (count == 0 || count > (uint64_t)limit) luaL_error(L, "table.%s handles at most %d elements at once", name, (int)limit);
    hl_charge(L, count);
    return (lua_Integer)count;
}

static int move(lua_State *L)
{
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), target = luaL_checkinteger(L, 4);
    int destination = lua_isnoneornil(L, 5) ? 1 : 5;
    hl_check_changeable(L, destination);
    hl_unwrap_list(L, 1);
    lua_Integer count = span(L, first, last, MAX_MOVED, "move");
    luaL_argcheck(L, count == 0 || target <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    bool downwards = destination == 1 && target > first && target <= last;
    for (lua_Integer i = 0; i < count; i++) {
        lua_Integer step = downwards ? count - 1 - i : i;
        lua_rawgeti(L, 1, first + step);
        lua_rawseti(L, destination, target + step);
    }
    lua_pushvalue(L, destination);
    return 1;
}

static int concat(lua_State *L)
{
    hl_unwrap_list(L, 1);
    size_t separator_length;
    const char *separator = luaL_optlstring(L, 2, "", &separator_length);
    lua_Integer first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, (lua_Integer)lua_rawlen(L, 1));
    lua_Integer count = span(L, first, last, MAX_MOVED, "concat");
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = 0; i < count; i++) {
        if (i > 0) luaL_addlstring(&buffer, separator, separator_length);
        lua_rawgeti(L, 1, first + i);
        if (!lua_isstring(L, -1)) {
            return luaL_error(L, "invalid value (at index %I) in table for 'concat': a %s", (LUAI_UACINT)(first + i), luaL_typename(L, -1));
        }
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
    return 1;
}

static int unpack(lua_State *L)
{
    hl_unwrap_list(L, 1);
    lua_Integer first = luaL_optinteger(L, 2, 1), last = luaL_optinteger(L, 3, (lua_Integer)lua_rawlen(L, 1));
    lua_Integer count = span(L, first, last, MAX_UNPACKED, "unpack");
    luaL_checkstack(L, (int)count, "too many results to unpack");
    for (lua_Integer i = 0; i < count; i++) lua_rawgeti(L, 1, first + i);
    return (int)count;
}

static int pack(lua_State *L)
{
    int count = lua_gettop(L);
    hl_charge(L, (uint64_t)count);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    for (int i = count; i >= 1; i--) lua_rawseti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

void hl_add_table_functions(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"concat", concat},        {"insert", insert},      {"move", move},     {"pack", pack},
        {"remove", remove_element}, {"sort", hl_table_sort}, {"unpack", unpack}, {NULL, NULL},
    };
    luaL_setfuncs(L, functions, 0);
}
