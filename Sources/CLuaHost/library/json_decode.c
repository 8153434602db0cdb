// JSON text (RFC 8259) to Lua values: integers stay integers, null is `hookline.null`, lists stay lists.

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "items.h"
#include "library.h"
#include "text/text.h"
#include "vm/vm.h"

typedef struct {
    lua_State *L;
    const char *next;
    const char *end;
    /// The start of a text that the script itself wrote; NULL for a field, whose content no message reveals.
    const char *start;
} scanner;

static _Noreturn void fail(scanner *s)
{
    if (s->start == NULL) luaL_error(s->L, "the field does not hold valid JSON");
    luaL_error(s->L, "the text is not valid JSON: see byte %d", (int)(s->next - s->start) + 1);
    abort();
}

static void skip_space(scanner *s)
{
    while (s->next < s->end && (*s->next == ' ' || *s->next == '\t' || *s->next == '\n' || *s->next == '\r')) s->next++;
}

static bool accept(scanner *s, char wanted)
{
    skip_space(s);
    if (s->next >= s->end || *s->next != wanted) return false;
    s->next++;
    return true;
}

static void expect_word(scanner *s, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(s->end - s->next) < length || memcmp(s->next, word, length) != 0) fail(s);
    s->next += length;
}

static unsigned hexadecimal(scanner *s)
{
    unsigned code = 0;
    if (s->end - s->next < 4) fail(s);
    for (int i = 0; i < 4; i++) {
        char c = *s->next++;
        char lower = (char)(c | 32);
        unsigned digit = 16;
        if (c >= '0' && c <= '9') digit = (unsigned)(c - '0');
        else if (lower >= 'a' && lower <= 'f') digit = (unsigned)(lower - 'a' + 10);
        if (digit > 15) fail(s);
        code = code * 16 + digit;
    }
    return code;
}

static void add_code_point(luaL_Buffer *buffer, unsigned code)
{
    if (code < 0x80) {
        luaL_addchar(buffer, (char)code);
        return;
    }
    if (code < 0x800) {
        luaL_addchar(buffer, (char)(0xC0 | (code >> 6)));
    } else {
        if (code < 0x10000) {
            luaL_addchar(buffer, (char)(0xE0 | (code >> 12)));
        } else {
            luaL_addchar(buffer, (char)(0xF0 | (code >> 18)));
            luaL_addchar(buffer, (char)(0x80 | ((code >> 12) & 0x3F)));
        }
        luaL_addchar(buffer, (char)(0x80 | ((code >> 6) & 0x3F)));
    }
    luaL_addchar(buffer, (char)(0x80 | (code & 0x3F)));
}

static void scan_escape(scanner *s, luaL_Buffer *buffer)
{
    static const char marks[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    if (s->next >= s->end) fail(s);
    char mark = *s->next++;
    if (mark != 'u') {
        const char *known = mark == 0 ? NULL : strchr(marks, mark);
        if (known == NULL) fail(s);
        luaL_addchar(buffer, values[known - marks]);
        return;
    }
    unsigned code = hexadecimal(s);
    if (code >= 0xD800 && code < 0xDC00 && s->end - s->next >= 6 && s->next[0] == '\\' && s->next[1] == 'u') {
        s->next += 2;
        unsigned low = hexadecimal(s);
        if (low < 0xDC00 || low > 0xDFFF) fail(s);
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code >= 0xD800 && code <= 0xDFFF) fail(s);
    add_code_point(buffer, code);
}

static void scan_string(scanner *s)
{
    luaL_Buffer buffer;
    luaL_buffinit(s->L, &buffer);
    for (;;) {
        const char *start = s->next;
        while (s->next < s->end && *s->next != '"' && *s->next != '\\' && (unsigned char)*s->next >= 0x20) s->next++;
        luaL_addlstring(&buffer, start, (size_t)(s->next - start));
        if (s->next >= s->end || (unsigned char)*s->next < 0x20) fail(s);
        if (*s->next++ == '"') break;
        scan_escape(s, &buffer);
    }
    luaL_pushresult(&buffer);
}

static bool scan_digits(scanner *s)
{
    const char *start = s->next;
    while (s->next < s->end && *s->next >= '0' && *s->next <= '9') s->next++;
    return s->next > start;
}

/// Skips a number by the grammar of RFC 8259 §6, which is narrower than Lua's.
static void skip_number(scanner *s)
{
    if (*s->next == '-') s->next++;
    bool is_zero = s->next < s->end && *s->next == '0';
    if (is_zero) s->next++;
    else if (!scan_digits(s)) fail(s);
    if (s->next < s->end && *s->next == '.') {
        s->next++;
        if (!scan_digits(s)) fail(s);
    }
    if (s->next < s->end && (*s->next == 'e' || *s->next == 'E')) {
        s->next++;
        if (s->next < s->end && (*s->next == '+' || *s->next == '-')) s->next++;
        if (!scan_digits(s)) fail(s);
    }
}

static void scan_number(scanner *s)
{
    char digits[64];
    const char *start = s->next;
    skip_number(s);
    size_t length = (size_t)(s->next - start);
    if (length >= sizeof digits) fail(s);
    memcpy(digits, start, length);
    digits[length] = 0;
    // A number that is not a 64-bit integer becomes a float; one that no float can hold is refused.
    if (lua_stringtonumber(s->L, digits) != length + 1 || !isfinite(lua_tonumber(s->L, -1))) fail(s);
}

static void scan_value(scanner *s, int depth);

static void scan_list(scanner *s, int depth)
{
    lua_newtable(s->L);
    hl_push_kept(s->L, HL_KEPT_ARRAY_METATABLE);
    lua_setmetatable(s->L, -2);
    if (accept(s, ']')) return;
    for (lua_Integer i = 1;; i++) {
        scan_value(s, depth + 1);
        lua_rawseti(s->L, -2, i);
        if (accept(s, ']')) return;
        if (!accept(s, ',')) fail(s);
    }
}

static void scan_object(scanner *s, int depth)
{
    lua_newtable(s->L);
    if (accept(s, '}')) return;
    for (;;) {
        if (!accept(s, '"')) fail(s);
        scan_string(s);
        if (!accept(s, ':')) fail(s);
        scan_value(s, depth + 1);
        lua_rawset(s->L, -3);
        if (accept(s, '}')) return;
        if (!accept(s, ',')) fail(s);
    }
}

static void scan_value(scanner *s, int depth)
{
    if (depth > HL_MAX_DEPTH) luaL_error(s->L, "the JSON is nested deeper than %d levels", HL_MAX_DEPTH);
    luaL_checkstack(s->L, 8, NULL);
    skip_space(s);
    if (s->next >= s->end) fail(s);
    switch (*s->next) {
    case '{': s->next++; scan_object(s, depth); return;
    case '[': s->next++; scan_list(s, depth); return;
    case '"': s->next++; scan_string(s); return;
    case 't': expect_word(s, "true"); lua_pushboolean(s->L, 1); return;
    case 'f': expect_word(s, "false"); lua_pushboolean(s->L, 0); return;
    case 'n': expect_word(s, "null"); lua_pushlightuserdata(s->L, hl_null()); return;
    default: scan_number(s);
    }
}

static void scan_all(scanner *s)
{
    hl_charge(s->L, (uint64_t)(s->end - s->next) / 8);
    scan_value(s, 0);
    skip_space(s);
    if (s->next != s->end) fail(s);
}

void hl_push_json(lua_State *L, const char *text, size_t length)
{
    scanner s = {L, text, text + length, NULL};
    scan_all(&s);
}

int hl_json_decode(lua_State *L)
{
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    if (!hl_is_utf8(text, length)) luaL_argerror(L, 1, "the text is not UTF-8");
    scanner s = {L, text, text + length, text};
    scan_all(&s);
    return 1;
}
