// `hookline.email`: addresses as the engine reads them, by the same function.

#include "items.h"
#include "text/text.h"

/// Reads the first argument; nil is not an address.
static bool read_address(lua_State *L, hl_address *out)
{
    if (lua_isnoneornil(L, 1)) return false;
    size_t length;
    const char *text = hl_check_text(L, 1, &length);
    return hl_read_address(text, length, out) == HL_ADDRESS_FOUND;
}

int hl_email_normalise(lua_State *L)
{
    hl_address address;
    if (!read_address(L, &address)) lua_pushnil(L);
    else lua_pushlstring(L, address.bytes, address.length);
    return 1;
}

int hl_email_domain(lua_State *L)
{
    hl_address address;
    if (!read_address(L, &address)) return lua_pushnil(L), 1;
    const char *domain = address.bytes + address.domain;
    size_t length = address.length - address.domain;
    char letters[HL_LETTERS_LIMIT];
    if (!hl_has_spellings(domain, length)) lua_pushlstring(L, domain, length);
    else lua_pushlstring(L, letters, hl_write_in_letters(domain, length, letters));
    return 1;
}

int hl_email_is_valid(lua_State *L)
{
    hl_address address;
    lua_pushboolean(L, read_address(L, &address));
    return 1;
}
