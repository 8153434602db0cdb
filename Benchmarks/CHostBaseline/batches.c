#include "batches.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>

void chost_push_user(lua_State *L, const chost_job *j, uint32_t row)
{
    lua_createtable(L, 0, j->column_count);
    for (uint32_t column = 0; column < CHOST_COLUMNS; column++) {
        if ((j->columns >> column & 1) == 0) continue;
        lua_pushvalue(L, NAMES + (int)column);
        if (column == CHOST_LIFETIME_VALUE) {
            lua_pushnumber(L, j->users->numbers[row]);
        } else if (column == CHOST_LAST_ORDER_AT) {
            lua_pushinteger(L, j->users->integers[row]);
        } else {
            uint32_t length;
            const char *text = chost_users_text(j->users, column, row, &length);
            lua_pushlstring(L, text, length);
        }
        lua_rawset(L, -3);
    }
}

static void take_verdict(lua_State *L, chost_job *j, uint32_t row)
{
    uint8_t verdict = (uint8_t)lua_toboolean(L, -1);
    j->kept[row - j->first] = verdict;
    j->result += verdict;
}

int chost_empty_batch(lua_State *L)
{
    chost_job *j = lua_touserdata(L, JOB);
    chost_push_user(L, j, j->first);
    for (uint32_t row = j->first; row < j->end; row++) {
        lua_pushvalue(L, SPARE);
        lua_pushvalue(L, USER);
        lua_call(L, 1, 1);
        take_verdict(L, j, row);
        lua_settop(L, USER);
    }
    return 0;
}

int chost_filter_batch(lua_State *L)
{
    chost_job *j = lua_touserdata(L, JOB);
    for (uint32_t row = j->first; row < j->end; row++) {
        lua_pushvalue(L, FILTER);
        chost_push_user(L, j, row);
        lua_call(L, 1, 1);
        take_verdict(L, j, row);
        lua_settop(L, SPARE);
    }
    return 0;
}

static void check_mapping(lua_State *L, int index)
{
    if (!lua_istable(L, index)) luaL_error(L, "map must return a table, not a %s", luaL_typename(L, index));
}

static void write_bytes(chost_job *j, const void *bytes, size_t length)
{
    if (j->written + length > OUTPUT_BYTES) return;
    memcpy(j->output + j->written, bytes, length);
    j->written += length;
}

static void write_text(lua_State *L, chost_job *j, int index)
{
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    uint32_t size = (uint32_t)length;
    write_bytes(j, &size, sizeof size);
    write_bytes(j, text, length);
}

/// Writes every field of the table on top, as name, type, length and value.
static void write_mapping(lua_State *L, chost_job *j)
{
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (lua_type(L, -2) != LUA_TSTRING) luaL_error(L, "map returned a field that has no name");
        uint8_t type = (uint8_t)lua_type(L, -1);
        write_text(L, j, -2);
        write_bytes(j, &type, 1);
        if (type == LUA_TSTRING) {
            write_text(L, j, -1);
        } else if (type == LUA_TNUMBER) {
            double number = lua_tonumber(L, -1);
            write_bytes(j, &number, sizeof number);
        } else {
            luaL_error(L, "map returned a %s", luaL_typename(L, -1));
        }
        lua_pop(L, 1);
    }
}

/// Writes the address of the table on top, if it has one. The name lies at the place of the column.
static void write_email(lua_State *L, chost_job *j)
{
    lua_pushvalue(L, NAMES + CHOST_EMAIL);
    if (lua_rawget(L, -2) == LUA_TSTRING) write_text(L, j, -1);
    lua_pop(L, 1);
}

static void map_all(lua_State *L, bool writes_all)
{
    chost_job *j = lua_touserdata(L, JOB);
    j->written = 0;
    for (uint32_t row = j->first; row < j->end; row++) {
        lua_pushvalue(L, MAP);
        chost_push_user(L, j, row);
        lua_call(L, 1, 1);
        check_mapping(L, -1);
        if (writes_all) write_mapping(L, j);
        else write_email(L, j);
        lua_settop(L, SPARE);
    }
    j->result += j->written;
}

int chost_map_batch(lua_State *L)
{
    map_all(L, false);
    return 0;
}

int chost_written_map_batch(lua_State *L)
{
    map_all(L, true);
    return 0;
}

int chost_map_filter_batch(lua_State *L)
{
    chost_job *j = lua_touserdata(L, JOB);
    j->written = 0;
    for (uint32_t row = j->first; row < j->end; row++) {
        chost_push_user(L, j, row);
        lua_pushvalue(L, MAP);
        lua_pushvalue(L, USER);
        lua_call(L, 1, 1);
        check_mapping(L, RESULT);
        write_email(L, j);
        lua_pushnil(L);
        while (lua_next(L, RESULT)) {
            lua_pushvalue(L, -2);
            lua_insert(L, -2);
            lua_rawset(L, USER);
        }
        lua_pushvalue(L, FILTER);
        lua_pushvalue(L, USER);
        lua_call(L, 1, 1);
        take_verdict(L, j, row);
        lua_settop(L, SPARE);
    }
    return 0;
}

int chost_loop_batch(lua_State *L)
{
    chost_job *j = lua_touserdata(L, JOB);
    lua_pushvalue(L, SPARE);
    lua_pushvalue(L, FILTER);
    lua_getfield(L, LUA_REGISTRYINDEX, "users");
    lua_pushinteger(L, j->end - j->first);
    lua_call(L, 3, 1);
    j->result += (uint64_t)lua_tointeger(L, -1);
    return 0;
}
