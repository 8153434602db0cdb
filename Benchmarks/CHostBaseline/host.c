#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "batches.h"

const char *const chost_script =
    "return {\n"
    "  map = function(user)\n"
    "    return { FNAME = user.first_name, COUNTRY = user.country, LTV = user.lifetime_value }\n"
    "  end,\n"
    "  filter = function(user) return user.country == 'FR' and user.lifetime_value > 100 end,\n"
    "}\n";

static const char *const column_names[] = {"id", "email", "first_name", "country", "lifetime_value", "last_order_at"};

static void make_loop_users(lua_State *L, const chost_job *j)
{
    lua_createtable(L, BATCH_ROWS, 0);
    for (uint32_t row = 0; row < BATCH_ROWS && row < j->users->count; row++) {
        chost_push_user(L, j, row);
        lua_rawseti(L, -2, row + 1);
    }
    lua_setfield(L, LUA_REGISTRYINDEX, "users");
}

static void prepare(lua_State *L)
{
    for (int i = 0; i < CHOST_COLUMNS; i++) lua_pushstring(L, column_names[i]);
    // What a body calls besides the hooks.
    static const char extra[] =
        "local function loop(filter, users, count)\n"
        "  local kept = 0\n"
        "  for i = 1, count do if filter(users[i]) then kept = kept + 1 end end\n"
        "  return kept\n"
        "end\n"
        "return loop, function(user) return true end\n";
    if (luaL_loadbufferx(L, extra, sizeof extra - 1, "=loop", "t") != LUA_OK) lua_error(L);
    lua_call(L, 0, 2);
}

/// Argument: the job. Leaves the places of a batch on the stack, loads the script, and runs all batches.
static int run_all(lua_State *L)
{
    chost_job *j = lua_touserdata(L, JOB);
    luaL_openlibs(L);
    if (luaL_loadbufferx(L, chost_script, strlen(chost_script), "=hooks.lua", "t") != LUA_OK) lua_error(L);
    lua_call(L, 0, 1);
    lua_getfield(L, -1, "map");
    lua_getfield(L, -2, "filter");
    lua_remove(L, -3);
    prepare(L);
    if (j->body != chost_loop_batch) lua_remove(L, SPARE);
    else lua_settop(L, SPARE);
    if (j->body == chost_loop_batch) make_loop_users(L, j);
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (j->first = 0; j->first < j->users->count; j->first = j->end) {
        j->end = j->users->count - j->first < BATCH_ROWS ? j->users->count : j->first + BATCH_ROWS;
        lua_pushcfunction(L, j->body);
        for (int i = JOB; i <= SPARE; i++) lua_pushvalue(L, i);
        if (lua_pcall(L, SPARE, 0, 0) != LUA_OK) lua_error(L);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    lua_pushnumber(L, (double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec));
    return 1;
}

static void on_count(lua_State *L, lua_Debug *activation)
{
    (void)L;
    (void)activation;
}

static void choose(chost_job *j, int32_t what)
{
    uint32_t filter = 1u << CHOST_COUNTRY | 1u << CHOST_LIFETIME_VALUE;
    uint32_t map = filter | 1u << CHOST_FIRST_NAME;
    j->columns = filter;
    switch (what) {
    case CHOST_EMPTY: j->body = chost_empty_batch; break;
    case CHOST_LOOP: j->body = chost_loop_batch; break;
    case CHOST_FILTER_ALL:
        j->columns = (1u << CHOST_COLUMNS) - 1;
        j->body = chost_filter_batch;
        break;
    case CHOST_FILTER:
    case CHOST_FILTER_COUNTED: j->body = chost_filter_batch; break;
    case CHOST_MAP:
        j->body = chost_map_batch;
        j->columns = map;
        break;
    case CHOST_MAP_WRITTEN:
        j->body = chost_written_map_batch;
        j->columns = map;
        break;
    default:
        j->body = chost_map_filter_batch;
        j->columns = map;
    }
    j->column_count = __builtin_popcount(j->columns);
}

int32_t chost_run(const chost_users *users, int32_t what, chost_figure *figure)
{
    chost_job j = {.users = users, .kept = malloc(BATCH_ROWS), .output = malloc(OUTPUT_BYTES)};
    choose(&j, what);
    lua_State *L = luaL_newstate();
    int32_t status = -1;
    if (L != NULL && j.kept != NULL && j.output != NULL) {
        if (what == CHOST_FILTER_COUNTED) lua_sethook(L, on_count, LUA_MASKCOUNT, 1000);
        lua_pushcfunction(L, run_all);
        lua_pushlightuserdata(L, &j);
        if (lua_pcall(L, 1, 1, 0) == LUA_OK) {
            figure->nanoseconds_per_user = lua_tonumber(L, -1) / users->count;
            figure->result = j.result;
            status = 0;
        }
    }
    if (L != NULL) lua_close(L);
    free(j.kept);
    free(j.output);
    return status;
}
