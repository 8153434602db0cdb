// `math.random`, seeded by the host for each row: a row meets the same numbers whatever the order, the batches or the machine.

#include "vm.h"

/// A splitmix64 step: spreads a counter over all 64 bits.
static uint64_t spread(uint64_t *counter)
{
    uint64_t z = (*counter += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint64_t rotated(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

/// A step of xoshiro256**.
static uint64_t next_number(hl_vm *vm)
{
    uint64_t *s = vm->random_state;
    if (!vm->random_ready) {
        uint64_t mixed = vm->limits.seed ^ rotated(vm->random_stream, 32);
        uint64_t counter = spread(&mixed) ^ vm->random_stream;
        for (int i = 0; i < 4; i++) s[i] = spread(&counter);
        vm->random_ready = true;
    }
    uint64_t result = rotated(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotated(s[3], 45);
    return result;
}

/// Starts the stream of numbers that belongs to a row or a call; costs nothing until a number is asked for.
void hl_random_reseed(hl_vm *vm, uint64_t stream)
{
    vm->random_stream = stream;
    vm->random_ready = false;
}

/// A number from 0 to `limit`, each as likely as the others.
static uint64_t below_or_equal(hl_vm *vm, uint64_t limit)
{
    if (limit == UINT64_MAX) return next_number(vm);
    uint64_t range = limit + 1;
    // Numbers above the last whole multiple of the range would favour the small results.
    uint64_t rejected = (UINT64_MAX - range + 1) % range;
    for (;;) {
        uint64_t number = next_number(vm);
        if (number <= UINT64_MAX - rejected) return number % range;
    }
}

static int random_number(lua_State *L)
{
    hl_vm *vm = hl_vm_of(L);
    lua_Integer low = 1, high;
    switch (lua_gettop(L)) {
    case 0:
        lua_pushnumber(L, (lua_Number)(next_number(vm) >> 11) * 0x1p-53);
        return 1;
    case 1:
        high = luaL_checkinteger(L, 1);
        if (high == 0) {
            lua_pushinteger(L, (lua_Integer)next_number(vm));
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
    lua_pushinteger(L, (lua_Integer)(below_or_equal(vm, (uint64_t)high - (uint64_t)low) + (uint64_t)low));
    return 1;
}

static int refuse_seed(lua_State *L)
{
    return luaL_error(L, "math.randomseed is not available: the run seeds math.random, so that it can be repeated");
}

/// Adds to the table on top.
void hl_add_random(lua_State *L)
{
    lua_pushcfunction(L, random_number);
    lua_setfield(L, -2, "random");
    lua_pushcfunction(L, refuse_seed);
    lua_setfield(L, -2, "randomseed");
}
