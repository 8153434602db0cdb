// `math.random` on the machine's own generator.

#include "CLuaSlot.h"
#include "functions.h"
#include "vm/vm.h"

static int random_number(lua_State *L)
{
    hl_vm *vm = hl_vm_of(L);
    lua_Integer low = 1, high;
    vm->relied_on |= HL_RELIES_ON_CHANCE;
    switch (lua_gettop(L)) {
    case 0:
        lua_pushnumber(L, (lua_Number)(hl_random_next(&vm->random, vm->limits.seed) >> 11) * 0x1p-53);
        return 1;
    case 1:
        high = luaL_checkinteger(L, 1);
        if (high == 0) {
            lua_pushinteger(L, (lua_Integer)hl_random_next(&vm->random, vm->limits.seed));
            return 1;
        }
        break;
    case 2:
        low = luaL_checkinteger(L, 1);
        high = luaL_checkinteger(L, 2);
        break;
    default: return luaL_error(L, "wrong number of arguments");
    }
    luaL_argcheck(L, low <= high, lua_gettop(L), "interval is empty");
    uint64_t offset = hl_random_up_to(&vm->random, vm->limits.seed, (uint64_t)high - (uint64_t)low);
    lua_pushinteger(L, (lua_Integer)(offset + (uint64_t)low));
    return 1;
}

static int refuse_seed(lua_State *L)
{
    return luaL_error(L, "math.randomseed is not available: the run seeds math.random so that it can be repeated");
}

void hl_add_random_functions(lua_State *L)
{
    lua_pushcfunction(L, random_number);
    lua_setfield(L, -2, "random");
    lua_pushcfunction(L, refuse_seed);
    lua_setfield(L, -2, "randomseed");
}
