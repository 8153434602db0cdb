// `hookline.text`: text as people see it, beyond ASCII.

#include <string.h>

#include "library.h"
#include "unicode.h"

static int changed(lua_State *L, int32_t (*change)(int32_t))
{
    size_t length;
    const unsigned char *next = (const unsigned char *)hl_check_text(L, 1, &length);
    const unsigned char *end = next + length;
    hl_charge(L, length / 4);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    while (next < end) {
        char character[4];
        size_t count = hl_put_character(change(hl_next_character(&next)), character);
        luaL_addlstring(&buffer, character, count);
    }
    luaL_pushresult(&buffer);
    return 1;
}

int hl_text_upper(lua_State *L)
{
    return changed(L, hl_upper_character);
}

int hl_text_lower(lua_State *L)
{
    return changed(L, hl_lower_character);
}

int hl_text_trim(lua_State *L)
{
    size_t length;
    const unsigned char *text = (const unsigned char *)hl_check_text(L, 1, &length);
    const unsigned char *end = text + length, *next = text;
    while (next < end && hl_is_space_character(hl_next_character(&next))) text = next;
    // Behind the last character that is no white space.
    const unsigned char *last = text;
    for (next = text; next < end;) {
        if (!hl_is_space_character(hl_next_character(&next))) last = next;
    }
    lua_pushlstring(L, (const char *)text, (size_t)(last - text));
    return 1;
}

/// Adds letters to a slug, with a hyphen before them if something was left out since the last ones.
static void add_to_slug(luaL_Buffer *slug, const char *letters, size_t length, bool *has_gap, bool *is_empty)
{
    if (*has_gap && !*is_empty) luaL_addchar(slug, '-');
    luaL_addlstring(slug, letters, length);
    *has_gap = false;
    *is_empty = false;
}

int hl_text_slug(lua_State *L)
{
    size_t length;
    const unsigned char *next = (const unsigned char *)hl_check_text(L, 1, &length);
    const unsigned char *end = next + length;
    hl_charge(L, length / 4);
    luaL_Buffer slug;
    luaL_buffinit(L, &slug);
    bool has_gap = false, is_empty = true;
    while (next < end) {
        int32_t character = hl_lower_character(hl_next_character(&next));
        char ascii = (char)character;
        bool is_combining = character >= 0x300 && character <= 0x36F;
        const char *plain = character >= 0x80 ? hl_plain_letters(character) : NULL;
        if (plain != NULL) add_to_slug(&slug, plain, strlen(plain), &has_gap, &is_empty);
        else if ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9')) add_to_slug(&slug, &ascii, 1, &has_gap, &is_empty);
        // An apostrophe joins, and a mark that follows its letter is no gap.
        else if (character != '\'' && character != 0x2019 && !is_combining) has_gap = true;
    }
    luaL_pushresult(&slug);
    return 1;
}

/// The length of the longest beginning of whole characters within so many bytes.
static size_t whole_characters(const char *text, size_t length, size_t limit)
{
    if (length <= limit) return length;
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80) limit--;
    return limit;
}

int hl_text_truncate(lua_State *L)
{
    size_t length, ellipsis_length = 0;
    const char *text = hl_check_text(L, 1, &length);
    lua_Integer limit = luaL_checkinteger(L, 2);
    luaL_argcheck(L, limit >= 0, 2, "the number of bytes is negative");
    const char *ellipsis = lua_isnoneornil(L, 3) ? "" : hl_check_text(L, 3, &ellipsis_length);
    if (length <= (lua_Unsigned)limit) {
        lua_pushvalue(L, 1);
        return 1;
    }
    if (ellipsis_length > (lua_Unsigned)limit) ellipsis_length = 0;
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    luaL_addlstring(&buffer, text, whole_characters(text, length, (size_t)limit - ellipsis_length));
    luaL_addlstring(&buffer, ellipsis, ellipsis_length);
    luaL_pushresult(&buffer);
    return 1;
}

int hl_text_length(lua_State *L)
{
    size_t length;
    const char *text = hl_check_text(L, 1, &length);
    lua_Integer characters = 0;
    for (size_t i = 0; i < length; i++) characters += ((unsigned char)text[i] & 0xC0) != 0x80;
    lua_pushinteger(L, characters);
    return 1;
}
