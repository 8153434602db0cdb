// Base functions that differ from Lua's own: no addresses, no finalizers, and no way to catch a limit.

#include <stdio.h>
#include <string.h>

#include "CLuaSlot.h"
#include "functions.h"
#include "sandbox.h"
#include "vm/vm.h"

/// Pushes a word for a value that has no text of its own.
static void push_kind(lua_State *L, int index)
{
    if (hl_is_null(L, index)) {
        lua_pushliteral(L, "null");
        return;
    }
    int type = luaL_getmetafield(L, index, "__name");
    if (type == LUA_TSTRING) return;
    if (type != LUA_TNIL) lua_pop(L, 1);
    lua_pushstring(L, luaL_typename(L, index));
}

const char *hl_push_text(lua_State *L, int index, size_t *length)
{
    index = lua_absindex(L, index);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "'__tostring' must return a string");
        return lua_tolstring(L, -1, length);
    }
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING: return luaL_tolstring(L, index, length);
    default:
        // Lua would write the address, which differs from run to run and reveals the memory layout.
        push_kind(L, index);
        return lua_tolstring(L, -1, length);
    }
}

static int text_of(lua_State *L)
{
    luaL_checkany(L, 1);
    hl_push_text(L, 1, NULL);
    return 1;
}

/// Raises again when the error was a limit; otherwise forgets what kind of error it was.
static void pass_on_limits(lua_State *L, int status)
{
    hl_vm *vm = hl_vm_of(L);
    // Running out of memory is a limit like the others: the machine has no room to go on.
    if (status == LUA_ERRMEM && vm->doomed == HL_OK) vm->doomed = HL_MEMORY;
    if (vm->doomed != HL_OK) lua_error(L);
    vm->pending_status = HL_RUNTIME;
}

/// What a protected call returns whose function failed: false, and the error on top of the stack; a limit is raised again.
static int failed_call(lua_State *L, int status)
{
    pass_on_limits(L, status);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

static int protected_call(lua_State *L)
{
    luaL_checkany(L, 1);
    int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    if (status != LUA_OK) return failed_call(L, status);
    luaL_checkstack(L, 1, NULL);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    return lua_gettop(L);
}

/// Calls the script's message handler, unless the error is a limit. Upvalue: the handler.
static int handle_message(lua_State *L)
{
    if (hl_vm_of(L)->doomed != HL_OK) return 1;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int protected_call_with_handler(lua_State *L)
{
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, handle_message, 1);
    lua_insert(L, 1);
    lua_remove(L, 3);  // The handler itself; the function and its arguments now follow ours.
    int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 1);
    if (status != LUA_OK) return failed_call(L, status);
    luaL_checkstack(L, 1, NULL);
    lua_pushboolean(L, 1);
    lua_replace(L, 1);
    return lua_gettop(L);
}

static void refuse_metamethod(lua_State *L, const char *name, const char *why)
{
    lua_pushstring(L, name);
    lua_rawget(L, 2);
    if (!lua_isnil(L, -1)) luaL_error(L, "a metatable with '%s' is not allowed: %s", name, why);
    lua_pop(L, 1);
}

static int set_metatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnoneornil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (lua_istable(L, 2)) {
        refuse_metamethod(L, "__gc", "finalizers run outside the limits of a call");
        refuse_metamethod(L, "__mode", "weak tables depend on when garbage is collected");
    }
    lua_setmetatable(L, 1);
    return 1;
}

/// `next`, which notes that the order of keys is looked at. An empty table has none.
static int next_pair(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (lua_next(L, 1)) {
        hl_vm_of(L)->relied_on |= HL_RELIES_ON_ORDER;
        return 2;
    }
    lua_pushnil(L);
    return 1;
}

/// `pairs`. What has an order of its own, such as a user, brings its own iterator.
static int pairs_of(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") == LUA_TNIL) {
        lua_pushcfunction(L, next_pair);
        lua_pushvalue(L, 1);
        lua_pushnil(L);
    } else {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
    }
    return 3;
}

static void add(lua_State *L, const char *name, lua_CFunction function)
{
    lua_pushcfunction(L, function);
    lua_setfield(L, -2, name);
}

void hl_add_base_functions(lua_State *L)
{
    add(L, "tostring", text_of);
    add(L, "next", next_pair);
    add(L, "pairs", pairs_of);
    add(L, "pcall", protected_call);
    add(L, "xpcall", protected_call_with_handler);
    add(L, "setmetatable", set_metatable);
    add(L, "require", hl_require);
}
