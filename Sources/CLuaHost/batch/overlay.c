// What `map` has laid over the current row.

#include "pipeline.h"
#include "vm/vm.h"

bool hl_push_mapped(lua_State *L, int key)
{
    hl_push_kept(L, HL_KEPT_OVERLAY);
    lua_pushvalue(L, key);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 2);
        return false;
    }
    if (hl_is_null(L, -1)) lua_pushnil(L);
    return true;
}

/// A table with more fields is not used again: to empty it would take longer than to make one.
enum { MAX_EMPTIED = 32 };

/// Empties the table on top. Returns false when it has too many fields.
static bool empty(lua_State *L)
{
    int table = lua_gettop(L), count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        if (++count > MAX_EMPTIED) {
            lua_settop(L, table);
            return false;
        }
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, table);
    }
    return true;
}

void hl_push_empty_overlay(lua_State *L)
{
    const hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, pipeline->slot) == LUA_TTABLE && empty(L)) return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, pipeline->slot);
}

void hl_use_overlay(lua_State *L)
{
    hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    hl_keep(L, HL_KEPT_OVERLAY);
    pipeline->has_overlay = true;
    pipeline->slot->has_overlay = 1;
}

void hl_lay_over(lua_State *L, int table)
{
    hl_push_kept(L, HL_KEPT_OVERLAY);
    int overlay = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, overlay);
    }
    lua_settop(L, overlay - 1);
}

int hl_next_new_field(lua_State *L, int last)
{
    hl_push_kept(L, HL_KEPT_OVERLAY);
    hl_push_kept(L, HL_KEPT_FIELD_INDEXES);
    int overlay = lua_gettop(L) - 1, indexes = lua_gettop(L);
    lua_pushnil(L);  // The best name so far.
    lua_pushnil(L);
    while (lua_next(L, overlay)) {
        hl_charge(L, 1);
        bool candidate = lua_compare(L, last, -2, LUA_OPLT) && !hl_is_null(L, -1);
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        candidate = lua_rawget(L, indexes) == LUA_TNIL && candidate;
        lua_pop(L, 1);
        if (candidate && (lua_isnil(L, indexes + 1) || lua_compare(L, -1, indexes + 1, LUA_OPLT))) {
            lua_pushvalue(L, -1);
            lua_replace(L, indexes + 1);
        }
    }
    lua_settop(L, indexes + 1);
    if (lua_isnil(L, -1)) return 1;
    lua_pushvalue(L, -1);
    lua_replace(L, last);
    lua_pushvalue(L, -1);
    lua_rawget(L, overlay);
    return 2;
}
