// The globals that a script sees, put together by hand: what stands in no list here does not exist for a script.

#include <string.h>

#include "vm.h"

static const char *const base_names[] = {"assert", "error",  "getmetatable", "ipairs", "next",     "pairs", "rawequal",
                                         "rawget", "rawlen", "select",       "tonumber", "type",  NULL};
static const char *const math_names[] = {
    "abs",  "acos", "asin", "atan",       "ceil", "cos",        "deg",  "exp", "floor", "fmod", "huge", "log",  "max",
    "maxinteger",   "min",  "mininteger", "modf", "pi",         "rad",  "sin", "sqrt",  "tan",  "tointeger",    "type", "ult", NULL,
};
static const char *const utf8_names[] = {"char", "charpattern", "codepoint", "codes", "len", "offset", NULL};
static const char *const string_names[] = {"byte", "char", "format", "len", "lower", "reverse", "sub", "upper", NULL};

/// Copies the named entries of the table on top into the table at `target`, and pops it.
static void copy_named(lua_State *L, const char *const *names, int target)
{
    for (; *names != NULL; names++) {
        lua_getfield(L, -1, *names);
        lua_setfield(L, target, *names);
    }
    lua_pop(L, 1);
}

static void push_library(lua_State *L, lua_CFunction open)
{
    lua_pushcfunction(L, open);
    lua_call(L, 0, 1);
}

/// Pushes Lua's base library; it is opened into a table of its own, which no script ever reaches.
static void push_base_library(lua_State *L)
{
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    push_library(L, luaopen_base);
}

/// Freezes the library on top and makes it a field of the table below it.
static void add_library(lua_State *L, const char *name)
{
    hl_freeze(L, HL_FROZEN_LIBRARY, name);
    lua_setfield(L, -2, name);
}

/// Methods of strings come from our own table; the metatable keeps the arithmetic that Lua's library defines.
static void add_string_library(lua_State *L)
{
    lua_newtable(L);
    int library = lua_gettop(L);
    push_library(L, luaopen_string);
    copy_named(L, string_names, library);
    hl_add_string_functions(L);
    hl_add_pattern_functions(L);
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushvalue(L, library);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
    add_library(L, "string");
}

/// `__newindex` of the globals. Upvalue: their values.
static int assign_global(lua_State *L)
{
    if (hl_vm_of(L)->globals_sealed) {
        if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "globals are read-only after load");
        return luaL_error(L, "assigns the global '%s': globals are read-only after load; write 'local %s'", lua_tostring(L, 2),
                          lua_tostring(L, 2));
    }
    lua_rawset(L, lua_upvalueindex(1));
    return 0;
}

/// What to say about names that Lua has and scripts do not; NULL for any other name.
static const char *advice(const char *name)
{
    static const char *const known[][2] = {
        {"os", "use ctx.now and ctx.today for the time, hookline.date for dates"},
        {"io", "a script reads and writes no files; hookline.lookup reads the package's tables"},
        {"load", "code stands in files of the package, which require loads"},
        {"dofile", "code stands in files of the package, which require loads"},
        {"loadstring", "code stands in files of the package, which require loads"},
        {"coroutine", "a hook is called once a user, and returns"},
        {"debug", "an error tells file and line by itself"},
        {"package", "require finds files of the package"},
        {"collectgarbage", "a machine has its memory for itself"},
        {"rawset", "assign the field"},
        {"_G", "use a local table"},
        {"user", "it is the first parameter of map, filter and breakdown"},
        {"ctx", "it is the last parameter of every hook"},
        {"params", "it is ctx.params"},
        {"null", "it is hookline.null; Lua's own nothing is nil"},
        {"log", "it is hookline.log"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i][0]) == 0) return known[i][1];
    }
    return NULL;
}

/// `__index` of the values of the globals.
static int missing_global(lua_State *L)
{
    const char *said = lua_type(L, 2) == LUA_TSTRING ? advice(lua_tostring(L, 2)) : NULL;
    if (said != NULL) return luaL_error(L, "there is no global '%s': %s", lua_tostring(L, 2), said);
    hl_unknown_key(L, 2, "there is no global", 0, 1);
    return 0;
}

/// Replaces the table of globals on top by the one that scripts see: writing goes through `assign_global`.
static void guard_globals(lua_State *L)
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
}

static void start_kept_values(lua_State *L)
{
    lua_pushliteral(L, "message");
    hl_keep(L, HL_KEPT_MESSAGE_KEY);
    lua_pushnil(L);
    hl_keep(L, HL_KEPT_CONTEXT);
    for (int slot = HL_KEPT_FIELD_INDEXES; slot <= HL_KEPT_MODULES; slot++) {
        lua_newtable(L);
        hl_keep(L, slot);
    }
    lua_newtable(L);
    hl_keep(L, HL_KEPT_PATTERNS);
    lua_createtable(L, 0, 2);
    lua_pushliteral(L, "array");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    hl_keep(L, HL_KEPT_ARRAY_METATABLE);
    hl_make_user_metatable(L);
    hl_make_lookup_metatables(L);
}

void hl_build_sandbox(lua_State *L)
{
    start_kept_values(L);
    lua_newtable(L);
    int globals = lua_gettop(L);
    push_base_library(L);
    copy_named(L, base_names, globals);
    hl_bill_functions(L, (const char *const[]){"tonumber", NULL});
    hl_add_base_functions(L);
    add_string_library(L);
    lua_newtable(L);
    hl_add_table_functions(L);
    add_library(L, "table");
    lua_newtable(L);
    push_library(L, luaopen_math);
    copy_named(L, math_names, lua_gettop(L) - 1);
    hl_add_random(L);
    add_library(L, "math");
    lua_newtable(L);
    push_library(L, luaopen_utf8);
    copy_named(L, utf8_names, lua_gettop(L) - 1);
    hl_bill_functions(L, (const char *const[]){"codepoint", "len", "offset", NULL});
    add_library(L, "utf8");
    hl_push_hookline(L);
    lua_setfield(L, globals, "hookline");
    guard_globals(L);
    // Every chunk that is loaded takes these as its _ENV.
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    hl_keep(L, HL_KEPT_GLOBALS);
}
