// String functions that differ from Lua's own: bounded, charged for, and without addresses.

#include <string.h>

#include "functions.h"
#include "sandbox.h"
#include "vm/vm.h"

enum { MAX_BYTES_AT_ONCE = 10000 };

/// Fills `total` bytes with the text, separated by the separator.
static void fill(char *next, size_t total, const char *text, size_t length, const char *separator, size_t separator_length)
{
    const char *end = next + total;
    while (next < end) {
        memcpy(next, text, length);
        next += length;
        if (next >= end) return;
        memcpy(next, separator, separator_length);
        next += separator_length;
    }
}

/// `string.rep`. Repeating an empty string forever takes no memory, so the count itself is bounded.
static int repeat(lua_State *L)
{
    size_t length, separator_length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer count = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &separator_length);
    uint64_t unit = length + separator_length;
    if (count <= 0 || unit == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    uint64_t limit = hl_vm_of(L)->limits.memory_bytes;
    if ((uint64_t)count > limit / unit) return luaL_error(L, "the repeated string would be larger than a script's memory");
    size_t total = (size_t)(unit * (uint64_t)count - separator_length);
    // The bytes themselves are charged when they are allocated.
    hl_charge(L, unit == 1 ? 1 : (uint64_t)count / 16);
    luaL_Buffer buffer;
    char *next = luaL_buffinitsize(L, &buffer, total);
    if (unit == 1 && length == 1) memset(next, *text, total);
    else fill(next, total, text, length, separator, separator_length);
    luaL_pushresultsize(&buffer, total);
    return 1;
}

/// `string.byte` with a bound on how many values it returns. Upvalue: Lua's own.
static int byte(lua_State *L)
{
    if (!lua_isnoneornil(L, 3)) {
        size_t length;
        luaL_checklstring(L, 1, &length);
        lua_Integer first = luaL_optinteger(L, 2, 1), last = luaL_checkinteger(L, 3);
        if (first < 0) first += (lua_Integer)length + 1;
        if (last < 0) last += (lua_Integer)length + 1;
        if (first < 1) first = 1;
        if (last > (lua_Integer)length) last = (lua_Integer)length;
        if (last >= first && last - first >= MAX_BYTES_AT_ONCE) return luaL_error(L, "string.byte returns at most %d bytes at once", MAX_BYTES_AT_ONCE);
        if (last > first) hl_charge(L, (uint64_t)(last - first));
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/// Turns the argument of `%s` into its text, as our `tostring` does.
static void prepare_text(lua_State *L, int argument)
{
    if (argument > lua_gettop(L) || lua_type(L, argument) == LUA_TSTRING) return;
    hl_push_text(L, argument, NULL);
    lua_replace(L, argument);
}

/// `string.format` without `%p`. Upvalue: Lua's own.
static int format(lua_State *L)
{
    size_t length;
    const char *next = luaL_checklstring(L, 1, &length);
    const char *end = next + length;
    int argument = 1;
    hl_charge(L, 1 + length / 16);
    while (next < end) {
        if (*next++ != '%') continue;
        if (next < end && *next == '%') {
            next++;
            continue;
        }
        next += strspn(next, "-+#0 .123456789");
        argument++;
        if (next >= end) break;
        if (*next == 'p') return luaL_error(L, "string.format has no '%%p': addresses differ from run to run");
        if (*next == 's') prepare_text(L, argument);
        next++;
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/// Charges for the string argument before Lua's own function walks over it. Upvalue: that function.
static int charged(lua_State *L)
{
    if (lua_type(L, 1) == LUA_TSTRING) hl_charge(L, lua_rawlen(L, 1) / 16);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/// Replaces an entry of the table on top with `function`, whose upvalue the old entry becomes.
static void wrap(lua_State *L, const char *name, lua_CFunction function)
{
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void hl_add_string_functions(lua_State *L)
{
    lua_pushcfunction(L, repeat);
    lua_setfield(L, -2, "rep");
    wrap(L, "byte", byte);
    wrap(L, "format", format);
}

void hl_charge_functions(lua_State *L, const char *const *names)
{
    for (; *names != NULL; names++) wrap(L, *names, charged);
}
