// The loops over the users of a batch.

#pragma once

#include <lua.h>

#include "users.h"

enum { BATCH_ROWS = 1000, OUTPUT_BYTES = 1 << 20 };

// Places on the stack of a batch: its argument, the two functions, the names of the columns, and what a body needs besides.
enum { JOB = 1, MAP, FILTER, NAMES, SPARE = NAMES + CHOST_COLUMNS, USER, RESULT };

typedef struct {
    const chost_users *users;
    lua_CFunction body;
    /// A bit for each column that a user's table gets.
    uint32_t columns;
    int column_count;
    uint32_t first;
    uint32_t end;
    uint8_t *kept;
    uint8_t *output;
    size_t written;
    uint64_t result;
} chost_job;

/// Pushes a fresh table of the columns that the job declares.
void chost_push_user(lua_State *L, const chost_job *j, uint32_t row);

// Each runs under a protected call; the arguments are the places above.
int chost_empty_batch(lua_State *L);
int chost_filter_batch(lua_State *L);
int chost_map_batch(lua_State *L);
int chost_written_map_batch(lua_State *L);
int chost_map_filter_batch(lua_State *L);
/// Calls the script's own loop; the list of users lies in the registry, made once.
int chost_loop_batch(lua_State *L);
