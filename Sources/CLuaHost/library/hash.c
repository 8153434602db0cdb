// `hookline.hash`.

#include "items.h"
#include "text/text.h"
#include "vm/vm.h"

static void push_hexadecimal(lua_State *L, const uint8_t *digest, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    char text[64];
    for (size_t i = 0; i < length; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    lua_pushlstring(L, text, 2 * length);
}

/// The bytes of the argument: a text, or an integer as its digits.
static const uint8_t *check_key(lua_State *L, int index, size_t *length)
{
    if (lua_type(L, index) == LUA_TNUMBER) {
        // A whole float is the same key as its integer: 42.0 and 42.
        lua_pushinteger(L, luaL_checkinteger(L, index));
        lua_replace(L, index);
    }
    const char *text = luaL_checklstring(L, index, length);
    hl_charge(L, 8 + *length / 8);
    return (const uint8_t *)text;
}

int hl_hash_md5(lua_State *L)
{
    size_t length;
    uint8_t digest[16];
    const uint8_t *bytes = check_key(L, 1, &length);
    hl_md5(bytes, length, digest);
    push_hexadecimal(L, digest, sizeof digest);
    return 1;
}

int hl_hash_sha256(lua_State *L)
{
    size_t length;
    uint8_t digest[32];
    const uint8_t *bytes = check_key(L, 1, &length);
    hl_sha256(bytes, length, digest);
    push_hexadecimal(L, digest, sizeof digest);
    return 1;
}

int hl_hash_bucket(lua_State *L)
{
    size_t length;
    uint8_t digest[32];
    lua_Integer count = luaL_checkinteger(L, 2);
    luaL_argcheck(L, count >= 1, 2, "the number of buckets must be at least 1");
    const uint8_t *bytes = check_key(L, 1, &length);
    hl_sha256(bytes, length, digest);
    uint64_t number = 0;
    for (int i = 0; i < 8; i++) number = number << 8 | digest[i];
    lua_pushinteger(L, (lua_Integer)(number % (uint64_t)count));
    return 1;
}
