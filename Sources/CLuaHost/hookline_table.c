// The `hookline` table, and `print`, which is its `log.info`.

#include "vm.h"

void *hl_null(void)
{
    static char null;
    return &null;
}

/// Logs its arguments as one line. Upvalue: the level.
static int log_values(lua_State *L)
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
    hl_log(hl_vm_of(L), (uint32_t)lua_tointeger(L, lua_upvalueindex(1)), text, length);
    return 0;
}

/// `hookline.array{…}`: marks a table as a list, so that it stays one when it is empty.
static int mark_as_array(lua_State *L)
{
    lua_settop(L, 1);
    if (lua_isnil(L, 1)) {
        lua_newtable(L);
        lua_replace(L, 1);
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    hl_push_kept(L, HL_KEPT_ARRAY_METATABLE);
    if (lua_getmetatable(L, 1)) {
        luaL_argcheck(L, lua_rawequal(L, -1, -2), 1, "the table has a metatable of its own");
        lua_pop(L, 1);
    }
    lua_setmetatable(L, 1);
    return 1;
}

static void push_log(lua_State *L, uint32_t level)
{
    lua_pushinteger(L, level);
    lua_pushcclosure(L, log_values, 1);
}

/// Pushes the library, and adds `print` to the table of globals below it.
void hl_push_hookline(lua_State *L)
{
    push_log(L, HL_LOG_INFO);
    lua_setfield(L, -2, "print");
    lua_newtable(L);
    lua_pushlightuserdata(L, hl_null());
    lua_setfield(L, -2, "null");
    lua_pushcfunction(L, mark_as_array);
    lua_setfield(L, -2, "array");
    lua_newtable(L);
    push_log(L, HL_LOG_DEBUG);
    lua_setfield(L, -2, "debug");
    push_log(L, HL_LOG_INFO);
    lua_setfield(L, -2, "info");
    push_log(L, HL_LOG_WARN);
    lua_setfield(L, -2, "warn");
    hl_freeze(L, HL_FROZEN_LIBRARY, "hookline.log");
    lua_setfield(L, -2, "log");
    hl_freeze(L, HL_FROZEN_LIBRARY, "hookline");
}
