// The globals that a script sees, put together by hand: what is in no list here does not exist for a script.

#include "functions.h"
#include "patterns/patterns.h"
#include "sandbox.h"
#include "vm/vm.h"

static const char *const base_names[] = {"assert", "error", "getmetatable", "ipairs", "rawequal", "rawget", "rawlen", "select", "tonumber", "type", NULL};
static const char *const math_names[] = {
    "abs",  "acos", "asin", "atan",       "ceil", "cos",        "deg",  "exp", "floor", "fmod", "huge", "log",  "max",
    "maxinteger",   "min",  "mininteger", "modf", "pi",         "rad",  "sin", "sqrt",  "tan",  "tointeger",    "type", "ult", NULL,
};
static const char *const utf8_names[] = {"char", "charpattern", "codepoint", "codes", "len", "offset", NULL};
static const char *const string_names[] = {"byte", "char", "format", "len", "lower", "reverse", "sub", "upper", NULL};

/// Copies the named entries of the table on top to the table at `target`, and pops it.
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

/// Pushes Lua's base library, opened into a table that no script ever reaches.
static void push_base_library(lua_State *L)
{
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    push_library(L, luaopen_base);
}

/// Freezes the library on top and makes it a field of the table below.
static void add_library(lua_State *L, const char *name)
{
    hl_freeze(L, HL_VIEW_LIBRARY, name);
    lua_setfield(L, -2, name);
}

/// String methods come from our own table; the metatable keeps the arithmetic that Lua's library defines.
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

void hl_push_globals(lua_State *L)
{
    lua_newtable(L);
    int globals = lua_gettop(L);
    push_base_library(L);
    copy_named(L, base_names, globals);
    hl_charge_functions(L, (const char *const[]){"tonumber", NULL});
    hl_add_base_functions(L);
    add_string_library(L);
    lua_newtable(L);
    hl_add_table_functions(L);
    add_library(L, "table");
    lua_newtable(L);
    push_library(L, luaopen_math);
    copy_named(L, math_names, lua_gettop(L) - 1);
    hl_add_random_functions(L);
    add_library(L, "math");
    lua_newtable(L);
    push_library(L, luaopen_utf8);
    copy_named(L, utf8_names, lua_gettop(L) - 1);
    hl_charge_functions(L, (const char *const[]){"codepoint", "len", "offset", NULL});
    add_library(L, "utf8");
}
