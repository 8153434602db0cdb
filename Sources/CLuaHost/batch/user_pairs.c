// `pairs(user)`: the fields of the model in its order, then new mapped ones by name. NULLs are left out, as nil is in a table.

#include "pipeline.h"
#include "vm/vm.h"

/// The iterator. Upvalues: user, position, name of the last new field.
static int next_field(lua_State *L)
{
    hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    hl_check_user(L, lua_upvalueindex(1));
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(2));
    lua_settop(L, 0);
    hl_push_kept(L, HL_KEPT_FIELD_NAMES);
    while (position < (lua_Integer)pipeline->field_count) {
        lua_rawgeti(L, 1, ++position);
        if (!pipeline->has_overlay || !hl_push_mapped(L, 2)) hl_push_column(L, pipeline, (uint32_t)position - 1);
        if (!lua_isnil(L, -1)) {
            lua_pushinteger(L, position);
            lua_replace(L, lua_upvalueindex(2));
            lua_pushvalue(L, 2);
            lua_insert(L, -2);
            return 2;
        }
        lua_settop(L, 1);
    }
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(2));
    lua_settop(L, 0);
    if (pipeline->has_overlay) return hl_next_new_field(L, lua_upvalueindex(3));
    lua_pushnil(L);
    return 1;
}

int hl_user_pairs(lua_State *L)
{
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushliteral(L, "");
    lua_pushcclosure(L, next_field, 3);
    return 1;
}
