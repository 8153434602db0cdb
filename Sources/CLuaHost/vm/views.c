// A view is an empty table whose metatable leads to the values, so that reading never leaves the virtual machine.

#include <string.h>

#include "CLuaSlot.h"
#include "vm.h"

/// `__index` of a record's values: reached only for a key that has no value there. Upvalues: label, names, values whose reading is noted.
static int missing(lua_State *L)
{
    if (lua_istable(L, lua_upvalueindex(3))) {
        lua_pushvalue(L, 2);
        lua_rawget(L, lua_upvalueindex(3));
        if (!lua_isnil(L, -1)) {
            hl_vm_of(L)->relied_on |= strcmp(lua_tostring(L, 2), "today") == 0 ? HL_RELIES_ON_DAY : HL_RELIES_ON_MOMENT;
            return 1;
        }
        lua_pop(L, 1);
    }
    const char *label = lua_tostring(L, lua_upvalueindex(1));
    int names = lua_istable(L, lua_upvalueindex(2)) ? lua_upvalueindex(2) : 0;
    if (names != 0) {
        lua_Unsigned count = lua_rawlen(L, names);
        for (lua_Unsigned i = 1; i <= count; i++) {
            lua_rawgeti(L, names, (lua_Integer)i);
            if (lua_rawequal(L, -1, 2)) return 0;  // A known field that is nil.
            lua_pop(L, 1);
        }
    }
    hl_unknown_key(L, 2, label, names, names == 0 ? 1 : 0);
    return 0;
}

/// `__newindex` of a view. Upvalue: the label.
static int refuse_change(lua_State *L)
{
    return luaL_error(L, "%s is read-only", lua_tostring(L, lua_upvalueindex(1)));
}

/// The iterator of a record, in the order of its names. Upvalues: names, values, position.
static int next_field(lua_State *L)
{
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        lua_rawgeti(L, lua_upvalueindex(1), ++position);
        if (lua_isnil(L, -1)) return 1;
        lua_pushvalue(L, -1);
        // Not raw: the reading of some fields is noted.
        lua_gettable(L, lua_upvalueindex(2));
        if (!lua_isnil(L, -1)) break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

/// `__pairs` of a record. Upvalues: names, values.
static int record_pairs(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_field, 3);
    return 1;
}

/// The iterator of a list's `pairs`. Upvalue: values.
static int next_element(lua_State *L)
{
    lua_Integer position = (lua_Integer)((lua_Unsigned)luaL_optinteger(L, 2, 0) + 1);
    lua_pushinteger(L, position);
    lua_rawgeti(L, lua_upvalueindex(1), position);
    return lua_isnil(L, -1) ? 1 : 2;
}

/// `__pairs` of a list. Upvalue: values.
static int list_pairs(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushcclosure(L, next_element, 1);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/// `__len` of a list. Upvalue: values.
static int list_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, lua_upvalueindex(1)));
    return 1;
}

static void set_closure(lua_State *L, const char *field, lua_CFunction function, int upvalue)
{
    lua_pushvalue(L, upvalue);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, field);
}

static void make_strict(lua_State *L, int values, int names, const char *label)
{
    lua_createtable(L, 0, 1);
    lua_pushfstring(L, "%s has no %s", label, names == 0 ? "function" : "field");
    if (names == 0) lua_pushboolean(L, 0);
    else lua_pushvalue(L, names);
    lua_pushnil(L);
    lua_pushcclosure(L, missing, 3);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, values);
}

void hl_note_reading(lua_State *L)
{
    static const char *const names[] = {"now", "today", "run"};
    luaL_checkstack(L, 8, NULL);
    int view = lua_gettop(L);
    if (lua_getmetatable(L, view)) {
        lua_getfield(L, -1, "__index");
        int values = lua_gettop(L);
        if (lua_istable(L, values) && lua_getmetatable(L, values)) {
            lua_getfield(L, -1, "__index");
            lua_newtable(L);
            for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
                lua_pushstring(L, names[i]);
                lua_pushvalue(L, -1);
                lua_rawget(L, values);
                lua_rawset(L, -3);
                lua_pushstring(L, names[i]);
                lua_pushnil(L);
                lua_rawset(L, values);
            }
            lua_setupvalue(L, -2, 3);
        }
    }
    lua_settop(L, view);
}

void hl_freeze(lua_State *L, int kind, const char *label)
{
    luaL_checkstack(L, 10, NULL);
    int names = kind == HL_VIEW_RECORD ? lua_gettop(L) : 0;
    int values = lua_gettop(L) - (names != 0);
    if (kind != HL_VIEW_LIST) make_strict(L, values, names, label);
    lua_newtable(L);
    lua_createtable(L, 0, 6);
    lua_pushvalue(L, values);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, label);
    lua_pushcclosure(L, refuse_change, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushstring(L, kind == HL_VIEW_LIST ? "list" : label);
    lua_setfield(L, -2, "__name");
    if (kind == HL_VIEW_LIST) {
        set_closure(L, "__pairs", list_pairs, values);
        set_closure(L, "__len", list_length, values);
    } else if (kind == HL_VIEW_RECORD) {
        lua_pushvalue(L, names);
        lua_pushvalue(L, values);
        lua_pushcclosure(L, record_pairs, 2);
        lua_setfield(L, -2, "__pairs");
    }
    lua_setmetatable(L, -2);
    lua_replace(L, values);
    lua_settop(L, values);
}

void hl_check_changeable(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TTABLE);
    if (!lua_getmetatable(L, index)) return;
    // A view's `__newindex` is a C function, which no script can write.
    lua_pushliteral(L, "__newindex");
    lua_rawget(L, -2);
    if (lua_iscfunction(L, -1)) luaL_argerror(L, index, "the table is read-only");
    lua_pop(L, 2);
}

void hl_unwrap_list(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TTABLE);
    if (!lua_getmetatable(L, index)) return;
    lua_pushliteral(L, "__len");
    lua_rawget(L, -2);
    if (lua_tocfunction(L, -1) == list_length && lua_getupvalue(L, -1, 1) != NULL) {
        lua_replace(L, index);
        lua_pop(L, 2);
    } else {
        lua_pop(L, 2);
    }
}
