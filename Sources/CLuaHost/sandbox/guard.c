// The guard around the globals: unknown names are errors, and so is assigning once scripts are loaded.

#include <string.h>

#include "CLuaLibrary.h"
#include "sandbox.h"
#include "vm/vm.h"

/// `__newindex` of the globals. Upvalue: their values.
static int assign_global(lua_State *L)
{
    if (hl_vm_of(L)->globals_sealed) {
        if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "globals are read-only once scripts have loaded");
        return luaL_error(L, "cannot assign the global '%s': globals are read-only once scripts have loaded; write 'local %s'", lua_tostring(L, 2),
                          lua_tostring(L, 2));
    }
    lua_rawset(L, lua_upvalueindex(1));
    return 0;
}

const char *hl_global_advice(const char *name)
{
    static const char *const known[][2] = {
        {"os", "use ctx.now and ctx.today for the time, hookline.date for dates"},
        {"io", "scripts read and write no files; hookline.lookup reads the package's tables"},
        {"load", "put code in files of the package, and require them"},
        {"loadstring", "put code in files of the package, and require them"},
        {"loadfile", "use require for a file of the package"},
        {"dofile", "use require for a file of the package"},
        {"coroutine", "a hook is called once per user, and returns"},
        {"debug", "errors name their file and line"},
        {"package", "require finds the package's files"},
        {"collectgarbage", "memory is managed for you"},
        {"rawset", "assign the field"},
        {"_G", "use a local table"},
        {"user", "it is the first parameter of map, filter and breakdown"},
        {"ctx", "it is the last parameter of every hook"},
        {"params", "use ctx.params"},
        {"null", "use hookline.null, or nil for no value"},
        {"log", "use hookline.log"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i][0]) == 0) return known[i][1];
    }
    return NULL;
}

/// `__index` of the values of the globals.
static int missing_global(lua_State *L)
{
    const char *advised = lua_type(L, 2) == LUA_TSTRING ? hl_global_advice(lua_tostring(L, 2)) : NULL;
    if (advised != NULL) return luaL_error(L, "there is no global '%s': %s", lua_tostring(L, 2), advised);
    hl_unknown_key(L, 2, "there is no global", 0, 1);
    return 0;
}

void hl_guard_globals(lua_State *L)
{
    int values = lua_gettop(L);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, missing_global);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, values);
    lua_newtable(L);
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, values);
    lua_setfield(L, -2, "__index");
    lua_pushvalue(L, values);
    lua_pushcclosure(L, assign_global, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "globals");
    lua_setfield(L, -2, "__name");
    lua_setmetatable(L, -2);
    lua_replace(L, values);
    // Every chunk that is loaded takes these as its _ENV.
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    hl_keep(L, HL_KEPT_GLOBALS);
}
