// `hookline.sorted_pairs`, and collecting all pairs of a table, whether it is plain, a view or a user.

#include "CLuaSlot.h"
#include "items.h"
#include "sandbox/sandbox.h"
#include "vm/vm.h"

/// Adds the pair on top (key, value) to the list of keys and the table of values.
static void add_pair(lua_State *L, int keys, int values, lua_Integer number)
{
    hl_charge(L, 4);
    lua_pushvalue(L, -2);
    lua_rawseti(L, keys, number);
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, values);
}

static void collect_plain(lua_State *L, int index, int keys, int values)
{
    lua_Integer number = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) add_pair(L, keys, values, ++number);
}

/// Walks like `for … in pairs(…)`, with the three values of `__pairs` on top.
static void collect_by_iterator(lua_State *L, int keys, int values)
{
    int iterator = lua_gettop(L) - 2;
    for (lua_Integer number = 1;; number++) {
        lua_pushvalue(L, iterator);
        lua_pushvalue(L, iterator + 1);
        lua_pushvalue(L, iterator + 2);
        lua_call(L, 2, 2);
        if (lua_isnil(L, -2)) break;
        add_pair(L, keys, values, number);
        lua_pushvalue(L, -1);
        lua_replace(L, iterator + 2);
        lua_pop(L, 1);
    }
    lua_settop(L, iterator - 1);
}

void hl_collect_pairs(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    luaL_checkstack(L, 12, NULL);
    lua_newtable(L);
    lua_newtable(L);
    int keys = lua_gettop(L) - 1, values = lua_gettop(L);
    if (luaL_getmetafield(L, index, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, index);
        lua_call(L, 1, 3);
        collect_by_iterator(L, keys, values);
        return;
    }
    luaL_checktype(L, index, LUA_TTABLE);
    collect_plain(L, index, keys, values);
    lua_settop(L, values);
}

static void sort(lua_State *L, int list, int order)
{
    lua_pushcfunction(L, hl_table_sort);
    lua_pushvalue(L, list);
    if (order != 0) lua_pushvalue(L, order);
    lua_call(L, order != 0 ? 2 : 1, 0);
}

/// Pushes a list of the numbers in the list at `keys`, and one of the texts.
static void separate(lua_State *L, int keys)
{
    lua_newtable(L);
    lua_newtable(L);
    int numbers = lua_gettop(L) - 1, texts = lua_gettop(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, keys);
    for (lua_Integer i = 1, n = 0, t = 0; i <= count; i++) {
        switch (lua_rawgeti(L, keys, i)) {
        case LUA_TNUMBER: lua_rawseti(L, numbers, ++n); break;
        case LUA_TSTRING: lua_rawseti(L, texts, ++t); break;
        default: luaL_error(L, "sorted_pairs sorts numbers and strings, not a %s; pass it an order function", luaL_typename(L, -1));
        }
    }
}

/// Sorts the list at `keys`: numbers, then texts.
static void order_keys(lua_State *L, int keys)
{
    separate(L, keys);
    int numbers = lua_gettop(L) - 1, texts = lua_gettop(L);
    sort(L, numbers, 0);
    sort(L, texts, 0);
    lua_Integer first = (lua_Integer)lua_rawlen(L, numbers), count = (lua_Integer)lua_rawlen(L, texts);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, texts, i);
        lua_rawseti(L, numbers, first + i);
    }
    lua_pushvalue(L, numbers);
    lua_replace(L, keys);
    lua_settop(L, numbers - 1);
}

/// The iterator. Upvalues: keys in order, values, position.
static int next_in_order(lua_State *L)
{
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(3)) + 1;
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(3));
    if (lua_rawgeti(L, lua_upvalueindex(1), position) == LUA_TNIL) return 1;
    lua_pushvalue(L, -1);
    lua_rawget(L, lua_upvalueindex(2));
    return 2;
}

int hl_sorted_pairs(lua_State *L)
{
    lua_settop(L, 2);
    luaL_argexpected(L, lua_istable(L, 1) || lua_isuserdata(L, 1), 1, "table");
    bool has_order = !lua_isnil(L, 2);
    if (has_order) {
        luaL_checktype(L, 2, LUA_TFUNCTION);
        // Keys that it takes for equal stay in the table's own order.
        hl_vm_of(L)->relied_on |= HL_RELIES_ON_ORDER;
    }
    hl_collect_pairs(L, 1);
    if (has_order) sort(L, 3, 2);
    else order_keys(L, 3);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_in_order, 3);
    return 1;
}
