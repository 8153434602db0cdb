#include "text/text.h"
#include "vm.h"

static void consider_names(lua_State *L, int names, hl_nearest *nearest)
{
    lua_Unsigned count = lua_rawlen(L, names);
    for (lua_Unsigned i = 1; i <= count; i++) {
        hl_charge(L, 16);
        lua_rawgeti(L, names, (lua_Integer)i);
        size_t length;
        const char *name = lua_tolstring(L, -1, &length);
        hl_nearest_consider(nearest, name, length);
        lua_pop(L, 1);
    }
}

static void consider_keys(lua_State *L, int values, hl_nearest *nearest)
{
    lua_pushnil(L);
    while (lua_next(L, values)) {
        hl_charge(L, 16);
        size_t length;
        if (lua_type(L, -2) == LUA_TSTRING) {
            const char *name = lua_tolstring(L, -2, &length);
            hl_nearest_consider(nearest, name, length);
        }
        lua_pop(L, 1);
    }
}

void hl_unknown_key(lua_State *L, int key, const char *label, int names, int values)
{
    if (lua_type(L, key) != LUA_TSTRING) {
        luaL_error(L, "%s with a %s as its name", label, luaL_typename(L, key));
        return;
    }
    hl_nearest nearest;
    size_t length;
    const char *name = lua_tolstring(L, key, &length);
    hl_nearest_begin(&nearest, name, length);
    if (names != 0) consider_names(L, names, &nearest);
    if (values != 0) consider_keys(L, values, &nearest);
    char shown[HL_NAME_BYTES + 1];
    shown[hl_utf8_repair(name, length, shown, HL_NAME_BYTES)] = 0;
    if (nearest.best[0] != 0) luaL_error(L, "%s '%s'; did you mean '%s'?", label, shown, nearest.best);
    else luaL_error(L, "%s '%s'", label, shown);
}
