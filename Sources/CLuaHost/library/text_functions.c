// `hookline.text`: UTF-8, by Unicode's rules, without a locale.

#include "items.h"
#include "text/text.h"
#include "vm/vm.h"

const char *hl_check_text(lua_State *L, int argument, size_t *length)
{
    const char *text = luaL_checklstring(L, argument, length);
    hl_charge(L, 1 + *length / 16);
    if (!hl_is_utf8(text, *length)) luaL_argerror(L, argument, "the text is not UTF-8");
    return text;
}

/// Maps every character to what `write` writes for it, at most 4 bytes.
static int map_codes(lua_State *L, size_t (*write)(uint32_t, char *))
{
    size_t length;
    const char *text = hl_check_text(L, 1, &length);
    hl_charge(L, length / 8);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += hl_utf8_read(text + i, &code);
        char *out = luaL_prepbuffsize(&buffer, 4);
        luaL_addsize(&buffer, write(code, out));
    }
    luaL_pushresult(&buffer);
    return 1;
}

int hl_text_lower(lua_State *L)
{
    return map_codes(L, hl_write_lower);
}

static size_t write_upper(uint32_t code, char *out)
{
    return hl_utf8_write(hl_upper_code(code), out);
}

int hl_text_upper(lua_State *L)
{
    return map_codes(L, write_upper);
}

int hl_text_trim(lua_State *L)
{
    size_t length;
    const char *text = hl_check_text(L, 1, &length);
    hl_trim(&text, &length);
    lua_pushlstring(L, text, length);
    return 1;
}

/// Whether a character beyond ASCII separates words: white space, Latin-1 signs and general punctuation.
static bool separates(uint32_t code)
{
    return hl_is_space(code) || (code >= 0x80 && code < 0xC0) || code == 0xD7 || code == 0xF7 || (code >= 0x2010 && code < 0x2070);
}

/// What a character contributes to a slug: letters and digits, "-" for a separator, "" for what is dropped.
static const char *slug_part(uint32_t code, char *room)
{
    if (code < 0x80) {
        uint32_t lower = hl_lower_code(code);
        room[0] = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') ? (char)lower : '-';
        room[1] = 0;
        return room;
    }
    const char *latin = hl_latin_text(code);
    if (latin != NULL) return latin;
    return separates(code) ? "-" : "";
}

int hl_text_slug(lua_State *L)
{
    size_t length;
    const char *text = hl_check_text(L, 1, &length);
    hl_charge(L, length / 8);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    bool pending = false, any = false;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        char room[2];
        i += hl_utf8_read(text + i, &code);
        const char *part = slug_part(code, room);
        if (part[0] == '-') {
            pending = any;
        } else if (part[0] != 0) {
            if (pending) luaL_addchar(&buffer, '-');
            luaL_addstring(&buffer, part);
            pending = false;
            any = true;
        }
    }
    luaL_pushresult(&buffer);
    return 1;
}

int hl_text_truncate(lua_State *L)
{
    size_t length, ellipsis_length = 0;
    const char *text = hl_check_text(L, 1, &length);
    lua_Integer limit = luaL_checkinteger(L, 2);
    const char *ellipsis = lua_isnoneornil(L, 3) ? "" : hl_check_text(L, 3, &ellipsis_length);
    luaL_argcheck(L, limit >= 0, 2, "the number of bytes is negative");
    if (length <= (size_t)limit) {
        lua_pushvalue(L, 1);
        return 1;
    }
    luaL_argcheck(L, ellipsis_length <= (size_t)limit, 3, "the ellipsis alone is longer than the limit");
    size_t end = (size_t)limit - ellipsis_length;
    while (end > 0 && (text[end] & 0xC0) == 0x80) end--;
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    luaL_addlstring(&buffer, text, end);
    luaL_addlstring(&buffer, ellipsis, ellipsis_length);
    luaL_pushresult(&buffer);
    return 1;
}

int hl_text_length(lua_State *L)
{
    size_t length;
    const char *text = hl_check_text(L, 1, &length);
    lua_Integer count = 0;
    for (size_t i = 0; i < length; i++) count += (text[i] & 0xC0) != 0x80;
    lua_pushinteger(L, count);
    return 1;
}
