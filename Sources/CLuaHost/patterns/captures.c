#include <lauxlib.h>

#include "pattern.h"

void hl_push_capture(hl_matcher *m, int number, const uint8_t *start, const uint8_t *end)
{
    if (number >= m->level) {
        if (number != 0) luaL_error(m->L, "invalid capture index %%%d", number + 1);
        lua_pushlstring(m->L, (const char *)start, (size_t)(end - start));
        return;
    }
    const hl_capture *capture = &m->captures[number];
    if (capture->length == HL_CAPTURE_OPEN) luaL_error(m->L, "unfinished capture");
    if (capture->length == HL_CAPTURE_POSITION) lua_pushinteger(m->L, capture->start - m->subject + 1);
    else lua_pushlstring(m->L, (const char *)capture->start, (size_t)capture->length);
}

int hl_push_captures(hl_matcher *m, const uint8_t *start, const uint8_t *end)
{
    int count = m->level == 0 && start != NULL ? 1 : m->level;
    luaL_checkstack(m->L, count, "too many captures");
    for (int i = 0; i < count; i++) hl_push_capture(m, i, start, end);
    return count;
}
