#include "vm.h"

// The registry's first integers belong to Lua itself (LUA_RIDX_LAST).
static lua_Integer index_of(int slot)
{
    return LUA_RIDX_LAST + slot;
}

void hl_start_kept(lua_State *L)
{
    for (int slot = HL_KEPT_CONTEXT; slot < HL_KEPT_END; slot++) {
        lua_newtable(L);
        hl_keep(L, slot);
    }
    lua_pushnil(L);
    hl_keep(L, HL_KEPT_CONTEXT);
    // Kept, so that the error handler allocates nothing.
    lua_pushliteral(L, "message");
    hl_keep(L, HL_KEPT_MESSAGE_KEY);
}

void hl_keep(lua_State *L, int slot)
{
    lua_rawseti(L, LUA_REGISTRYINDEX, index_of(slot));
}

void hl_push_kept(lua_State *L, int slot)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, index_of(slot));
}
