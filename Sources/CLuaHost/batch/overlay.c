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

/// Copies all fields of a table.
static void lay_over(lua_State *L, int table, int overlay)
{
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, overlay);
    }
}

/// Empties the table on top. Returns false when it has so many fields that it takes less time to make a new one.
static bool empty(lua_State *L)
{
    int table = lua_gettop(L), count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        if (++count > HL_EMPTIED_FIELDS) {
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

static void push_new_overlay(lua_State *L, const hl_pipeline *pipeline)
{
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, pipeline->slot);
}

void hl_begin_overlay(lua_State *L)
{
    hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    bool is_table = lua_rawgetp(L, LUA_REGISTRYINDEX, pipeline->slot) == LUA_TTABLE;
    pipeline->overlay_before = is_table && pipeline->overlay_of == pipeline->slot ? pipeline->overlay_count : 0;
    if (pipeline->overlay_before == 0 && !(is_table && empty(L))) {
        lua_pop(L, 1);
        push_new_overlay(L, pipeline);
    }
    pipeline->overlay_count = 0;
    pipeline->overlay_has_others = false;
    // Until the overlay is complete, nobody knows its fields.
    pipeline->overlay_of = NULL;
}

void hl_put_overlay(lua_State *L, int overlay)
{
    hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    const void *name = lua_topointer(L, -2);
    uint32_t count = pipeline->overlay_count++;
    if (count >= pipeline->overlay_before || pipeline->overlay_fields[count] != name) pipeline->overlay_has_others = true;
    if (count < HL_EMPTIED_FIELDS) pipeline->overlay_fields[count] = name;
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, overlay);
}

void hl_end_overlay(lua_State *L, int table)
{
    hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    bool is_same = !pipeline->overlay_has_others && pipeline->overlay_count == pipeline->overlay_before;
    if (pipeline->overlay_before > 0 && !is_same) {
        // It may have fields of the row before.
        if (!empty(L)) {
            lua_pop(L, 1);
            push_new_overlay(L, pipeline);
        }
        lay_over(L, table, lua_gettop(L));
    }
    if (pipeline->overlay_count <= HL_EMPTIED_FIELDS) pipeline->overlay_of = pipeline->slot;
    hl_keep(L, HL_KEPT_OVERLAY);
    pipeline->has_overlay = true;
    pipeline->slot->has_overlay = 1;
}

void hl_lay_over(lua_State *L, int table)
{
    hl_vm_of(L)->pipeline->overlay_of = NULL;
    hl_push_kept(L, HL_KEPT_OVERLAY);
    lay_over(L, table, lua_gettop(L));
    lua_pop(L, 1);
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
