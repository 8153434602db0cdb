// `hookline.email`: what an address is, by the same rules as the host has (HooklineCore's EmailAddress; a test holds them together).

#include <string.h>

#include "library.h"
#include "unicode.h"

enum { ADDRESS_LIMIT = 254, LOCAL_LIMIT = 64, LABEL_LIMIT = 63, READ_LIMIT = 2 * ADDRESS_LIMIT };

typedef struct {
    /// Lowercasing may make a character longer: U+0130 becomes two.
    char bytes[3 * READ_LIMIT + 8];
    size_t length;
} address;

static void lowercase(address *address, const unsigned char *next, const unsigned char *end)
{
    while (next < end) {
        int32_t character = hl_next_character(&next);
        if (character == 0x130) {
            memcpy(address->bytes + address->length, "i\xCC\x87", 3);
            address->length += 3;
            continue;
        }
        address->length += hl_put_character(hl_lower_character(character), address->bytes + address->length);
    }
}

static bool is_domain(const char *domain, size_t length)
{
    int labels = 1;
    size_t label_length = 0;
    char previous = '.';
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)domain[i];
        if (byte == '.') {
            if (label_length == 0 || previous == '-') return false;
            labels++;
            label_length = 0;
        } else {
            bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80;
            if (!is_plain && !(byte == '-' && label_length > 0)) return false;
            if (++label_length > LABEL_LIMIT) return false;
        }
        previous = (char)byte;
    }
    return labels >= 2 && label_length > 0 && previous != '-';
}

/// Where the @ stands in a well-formed address; 0 when it is none.
static size_t place_of_at(const address *address)
{
    if (address->length > ADDRESS_LIMIT) return 0;
    size_t at = 0;
    for (size_t i = 0; i < address->length; i++) {
        if (address->bytes[i] == '@') at = i;
    }
    if (at == 0 || at > LOCAL_LIMIT) return 0;
    for (size_t i = 0; i < at; i++) {
        unsigned char byte = (unsigned char)address->bytes[i];
        if (byte <= 0x20 || byte == 0x7F || byte == '@' || byte == ',' || byte == '"') return 0;
    }
    return is_domain(address->bytes + at + 1, address->length - at - 1) ? at : 0;
}

/// Takes white space off both ends; characters beyond ASCII count only where there are any.
static void trim(const unsigned char **start, const unsigned char **end)
{
    const unsigned char *next = *start;
    while (next < *end && hl_is_space_character(hl_next_character(&next))) *start = next;
    const unsigned char *last = *start;
    for (next = *start; next < *end;) {
        if (!hl_is_space_character(hl_next_character(&next))) last = next;
    }
    *end = last;
}

/// Reads the argument; returns where its @ stands, 0 for what is no address.
static size_t read_address(lua_State *L, address *address)
{
    address->length = 0;
    if (lua_isnoneornil(L, 1)) return 0;
    luaL_argexpected(L, lua_type(L, 1) == LUA_TSTRING, 1, "string");
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    hl_charge(L, 1 + length / 16);
    if (!hl_is_utf8(text, length)) return 0;
    const unsigned char *start = (const unsigned char *)text, *end = start + length;
    trim(&start, &end);
    if (end - start > READ_LIMIT) return 0;
    lowercase(address, start, end);
    return place_of_at(address);
}

int hl_email_normalise(lua_State *L)
{
    address address;
    if (read_address(L, &address) == 0) lua_pushnil(L);
    else lua_pushlstring(L, address.bytes, address.length);
    return 1;
}

int hl_email_domain(lua_State *L)
{
    address address;
    size_t at = read_address(L, &address);
    if (at == 0) lua_pushnil(L);
    else lua_pushlstring(L, address.bytes + at + 1, address.length - at - 1);
    return 1;
}

int hl_email_is_valid(lua_State *L)
{
    address address;
    lua_pushboolean(L, read_address(L, &address) != 0);
    return 1;
}
