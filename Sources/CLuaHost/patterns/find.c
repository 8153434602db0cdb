// `string.find`, `match` and `gmatch` on our own matcher.

#define _GNU_SOURCE  // memmem
#include <string.h>

#include "pattern.h"
#include "patterns.h"
#include "vm/vm.h"

/// The offset, from 0, at which a search begins; beyond the subject for none.
static size_t start_offset(lua_State *L, int index, size_t length)
{
    lua_Integer position = luaL_optinteger(L, index, 1);
    if (position > 0) return (size_t)position - 1;
    if (position == 0 || position < -(lua_Integer)length) return 0;
    return (size_t)((lua_Integer)length + position);
}

static bool has_specials(const char *pattern, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (pattern[i] != 0 && strchr("^$*+?.([%-", pattern[i]) != NULL) return true;
    }
    return false;
}

/// Looks for the text itself, in linear time.
static int find_plain(lua_State *L, const char *text, size_t length, size_t from, const char *wanted, size_t wanted_length)
{
    hl_charge(L, 1 + (length - from) / 16);
    const char *found = wanted_length == 0 ? text + from : memmem(text + from, length - from, wanted, wanted_length);
    if (found == NULL) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, found - text + 1);
    lua_pushinteger(L, found - text + (lua_Integer)wanted_length);
    return 2;
}

static int find_or_match(lua_State *L, bool is_find)
{
    size_t length, pattern_length;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *pattern = luaL_checklstring(L, 2, &pattern_length);
    size_t from = start_offset(L, 3, length);
    if (from > length) {
        lua_pushnil(L);
        return 1;
    }
    if (is_find && (lua_toboolean(L, 4) || !has_specials(pattern, pattern_length))) {
        return find_plain(L, text, length, from, pattern, pattern_length);
    }
    hl_matcher matcher;
    hl_matcher_begin(&matcher, L, hl_push_pattern(L, 2, true), 1);
    const uint8_t *start;
    const uint8_t *end = hl_search(&matcher, matcher.subject + from, &start);
    hl_matcher_charge(&matcher);
    if (end == NULL) {
        lua_pushnil(L);
        return 1;
    }
    if (!is_find) return hl_push_captures(&matcher, start, end);
    lua_pushinteger(L, start - matcher.subject + 1);
    lua_pushinteger(L, end - matcher.subject);
    return hl_push_captures(&matcher, NULL, NULL) + 2;
}

static int find(lua_State *L)
{
    return find_or_match(L, true);
}

static int match(lua_State *L)
{
    return find_or_match(L, false);
}

/// Offsets from 0; `last` is where the match before ended, -1 before the first.
typedef struct {
    size_t next;
    ptrdiff_t last;
} progress;

/// The iterator of gmatch. Upvalues: subject, pattern, progress.
static int next_match(lua_State *L)
{
    progress *progress = lua_touserdata(L, lua_upvalueindex(3));
    hl_matcher m;
    lua_settop(L, 0);
    lua_pushvalue(L, lua_upvalueindex(1));
    hl_matcher_begin(&m, L, lua_touserdata(L, lua_upvalueindex(2)), 1);
    const uint8_t *from = m.subject + progress->next;
    while (from <= m.end) {
        const uint8_t *start;
        const uint8_t *end = hl_search(&m, from, &start);
        if (end == NULL) break;
        if (end - m.subject != progress->last) {
            progress->next = (size_t)(end - m.subject);
            progress->last = end - m.subject;
            hl_matcher_charge(&m);
            return hl_push_captures(&m, start, end);
        }
        from = start + 1;
    }
    hl_matcher_charge(&m);
    progress->next = (size_t)(m.end - m.subject) + 1;
    return 0;
}

static int gmatch(lua_State *L)
{
    size_t length;
    luaL_checklstring(L, 1, &length);
    luaL_checkstring(L, 2);
    size_t from = start_offset(L, 3, length);
    lua_pushvalue(L, 1);
    hl_push_pattern(L, 2, false);
    progress *progress = lua_newuserdatauv(L, sizeof *progress, 0);
    progress->next = from > length ? length + 1 : from;
    progress->last = -1;
    lua_pushcclosure(L, next_match, 3);
    return 1;
}

void hl_add_pattern_functions(lua_State *L)
{
    static const luaL_Reg functions[] = {{"find", find}, {"match", match}, {"gmatch", gmatch}, {"gsub", hl_gsub}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
