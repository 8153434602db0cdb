// `table.sort` as a merge sort: stable, the same on every machine, and independent of the clock that Lua's own consults.

#include "sandbox.h"
#include "vm/vm.h"

enum { TABLE = 1, ORDER = 2, FROM = 3, INTO = 4 };

/// Whether the value on top comes before the one below it.
static bool top_is_less(lua_State *L)
{
    hl_charge(L, 2);
    if (lua_isnil(L, ORDER)) return lua_compare(L, -1, -2, LUA_OPLT);
    lua_pushvalue(L, ORDER);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    lua_call(L, 2, 1);
    bool less = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return less;
}

/// Moves the value on top to the end of INTO.
static void move_to(lua_State *L, lua_Integer *end)
{
    lua_rawseti(L, INTO, ++*end);
}

/// Merges two adjacent runs of FROM, (start, middle] and (middle, end], into INTO.
static void merge(lua_State *L, lua_Integer start, lua_Integer middle, lua_Integer end)
{
    lua_Integer left = start + 1, right = middle + 1, written = start;
    while (left <= middle && right <= end) {
        lua_rawgeti(L, FROM, left);
        lua_rawgeti(L, FROM, right);
        // Only strictly smaller values overtake, so equal ones keep their order.
        if (top_is_less(L)) {
            move_to(L, &written);
            lua_pop(L, 1);
            right++;
        } else {
            lua_pop(L, 1);
            move_to(L, &written);
            left++;
        }
    }
    for (; left <= middle; left++) {
        lua_rawgeti(L, FROM, left);
        move_to(L, &written);
    }
    for (; right <= end; right++) {
        lua_rawgeti(L, FROM, right);
        move_to(L, &written);
    }
}

static lua_Integer smaller(lua_Integer a, lua_Integer b)
{
    return a < b ? a : b;
}

/// Copies 1…size of the table at `source` into the one at `target`.
static void copy(lua_State *L, int source, int target, lua_Integer size)
{
    for (lua_Integer i = 1; i <= size; i++) {
        lua_rawgeti(L, source, i);
        lua_rawseti(L, target, i);
    }
}

int hl_table_sort(lua_State *L)
{
    hl_check_changeable(L, TABLE);
    if (!lua_isnoneornil(L, ORDER)) luaL_checktype(L, ORDER, LUA_TFUNCTION);
    lua_settop(L, ORDER);
    lua_Unsigned length = lua_rawlen(L, TABLE);
    luaL_argcheck(L, length < 1000000, 1, "array too big");
    if (length < 2) return 0;
    lua_Integer size = (lua_Integer)length;
    hl_charge(L, length);
    // The table itself changes only at the end: an order function that raises leaves it as it was.
    lua_createtable(L, (int)size, 0);
    lua_createtable(L, (int)size, 0);
    copy(L, TABLE, FROM, size);
    for (lua_Integer width = 1; width < size; width *= 2) {
        for (lua_Integer start = 0; start < size; start += 2 * width) {
            merge(L, start, smaller(start + width, size), smaller(start + 2 * width, size));
        }
        lua_insert(L, FROM);  // The next round reads what this one merged.
    }
    copy(L, FROM, TABLE, size);
    return 0;
}
