// Values that outlive a call: kept in the registry under small integers, which Lua looks up in an array.

#include "vm.h"

// The registry's first integers belong to Lua itself (LUA_RIDX_LAST).
static lua_Integer place_of(int slot)
{
    return LUA_RIDX_LAST + slot;
}

/// Pops a value and keeps it in a slot.
void hl_keep(lua_State *L, int slot)
{
    lua_rawseti(L, LUA_REGISTRYINDEX, place_of(slot));
}

/// Pushes the value of a slot; never allocates.
void hl_push_kept(lua_State *L, int slot)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, place_of(slot));
}
