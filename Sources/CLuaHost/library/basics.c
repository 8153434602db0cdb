// The entries of `hookline` that are about neither text nor dates nor hashes: lists and the log.

#include "items.h"
#include "sandbox/sandbox.h"
#include "vm/vm.h"

/// Logs its arguments as one line. Upvalue: the level.
int hl_log_values(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count; i++) {
        if (i > 1) luaL_addchar(&line, '\t');
        hl_push_text(L, i, NULL);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    hl_charge(L, 10 + length / 16);
    hl_log_text(hl_vm_of(L), (uint32_t)lua_tointeger(L, lua_upvalueindex(1)), text, length);
    return 0;
}

/// `hookline.array{…}`: marks a table as a list, so that it stays one when it is empty.
int hl_mark_as_array(lua_State *L)
{
    lua_settop(L, 1);
    if (lua_isnil(L, 1)) {
        lua_newtable(L);
        lua_replace(L, 1);
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    hl_push_kept(L, HL_KEPT_ARRAY_METATABLE);
    if (lua_getmetatable(L, 1)) {
        luaL_argcheck(L, lua_rawequal(L, -1, -2), 1, "the table already has a metatable");
        lua_pop(L, 1);
    }
    lua_setmetatable(L, 1);
    return 1;
}

void hl_make_array_metatable(lua_State *L)
{
    lua_createtable(L, 0, 2);
    lua_pushliteral(L, "array");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    hl_keep(L, HL_KEPT_ARRAY_METATABLE);
}
