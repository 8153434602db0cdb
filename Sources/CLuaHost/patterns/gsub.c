// `string.gsub` on our own matcher.

#include <lauxlib.h>
#include <string.h>

#include "pattern.h"

enum { SUBJECT = 1, PATTERN = 2, REPLACEMENT = 3 };

/// Adds the replacement text, with `%0` to `%9` filled in.
static void add_text(hl_matcher *m, luaL_Buffer *buffer, const uint8_t *start, const uint8_t *end)
{
    size_t length;
    const char *next = lua_tolstring(m->L, REPLACEMENT, &length);
    const char *last = next + length;
    while (next < last) {
        const char *mark = memchr(next, '%', (size_t)(last - next));
        luaL_addlstring(buffer, next, (size_t)((mark == NULL ? last : mark) - next));
        if (mark == NULL) return;
        char what = mark + 1 < last ? mark[1] : 0;
        next = mark + 2;
        if (what == '%') {
            luaL_addchar(buffer, '%');
        } else if (what == '0') {
            luaL_addlstring(buffer, (const char *)start, (size_t)(end - start));
        } else if (what >= '1' && what <= '9') {
            hl_push_capture(m, what - '1', start, end);
            luaL_tolstring(m->L, -1, NULL);
            lua_remove(m->L, -2);
            luaL_addvalue(buffer);
        } else {
            luaL_error(m->L, "invalid use of '%%' in replacement string");
        }
    }
}

/// Pushes what the replacement function or table gives for the match.
static void push_replacement(hl_matcher *m, const uint8_t *start, const uint8_t *end)
{
    if (lua_type(m->L, REPLACEMENT) == LUA_TFUNCTION) {
        lua_pushvalue(m->L, REPLACEMENT);
        int count = hl_push_captures(m, start, end);
        lua_call(m->L, count, 1);
    } else {
        hl_push_capture(m, 0, start, end);
        lua_gettable(m->L, REPLACEMENT);
    }
}

/// Adds the replacement of the match. Returns whether that is another text.
static bool add_replacement(hl_matcher *m, luaL_Buffer *buffer, const uint8_t *start, const uint8_t *end)
{
    int type = lua_type(m->L, REPLACEMENT);
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {
        add_text(m, buffer, start, end);
        return true;
    }
    push_replacement(m, start, end);
    if (!lua_toboolean(m->L, -1)) {
        lua_pop(m->L, 1);
        luaL_addlstring(buffer, (const char *)start, (size_t)(end - start));
        return false;
    }
    if (!lua_isstring(m->L, -1)) luaL_error(m->L, "invalid replacement value (a %s)", luaL_typename(m->L, -1));
    luaL_addvalue(buffer);
    return true;
}

static void check_arguments(lua_State *L)
{
    luaL_checkstring(L, SUBJECT);
    luaL_checkstring(L, PATTERN);
    int type = lua_type(L, REPLACEMENT);
    bool valid = type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE;
    luaL_argexpected(L, valid, REPLACEMENT, "string/function/table");
    // A number becomes text once, not for every match.
    if (type == LUA_TNUMBER) lua_tolstring(L, REPLACEMENT, NULL);
}

int hl_gsub(lua_State *L)
{
    check_arguments(L);
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)lua_rawlen(L, SUBJECT) + 1);
    const hl_pattern *pattern = hl_push_pattern(L, PATTERN, true);
    hl_matcher m;
    hl_matcher_begin(&m, L, pattern, SUBJECT);
    const uint8_t *next = m.subject;
    const uint8_t *last_end = NULL;
    lua_Integer count = 0;
    bool changed = false;
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    while (count < most) {
        const uint8_t *end = hl_match_at(&m, next);
        if (end != NULL && end != last_end) {
            count++;
            changed = add_replacement(&m, &buffer, next, end) || changed;
            next = last_end = end;
        } else if (next < m.end) {
            luaL_addchar(&buffer, (char)*next++);
        } else {
            break;
        }
        if (pattern->anchored) break;
    }
    hl_matcher_charge(&m);
    if (changed) {
        luaL_addlstring(&buffer, (const char *)next, (size_t)(m.end - next));
        luaL_pushresult(&buffer);
    } else {
        lua_pushvalue(L, SUBJECT);
    }
    lua_pushinteger(L, count);
    return 2;
}
