// The machine itself: what the drawers share about it. What only one higher drawer knows about is behind a pointer.

#pragma once

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdbool.h>
#include <stdint.h>

#include "CLuaMachine.h"
#include "arena.h"
#include "errors.h"
#include "log.h"
#include "random.h"
#include "sources.h"

/// How deeply values may be nested, in the encoding of values and in JSON.
enum { HL_MAX_DEPTH = 64 };

struct hl_vm {
    lua_State *lua;
    hl_arena *arena;
    hl_limits limits;

    // Limits of the running call. Once `doomed` holds a status, the call only unwinds.
    int32_t doomed;
    int64_t instructions_left;
    int64_t armed;
    int64_t pattern_steps_left;
    int64_t stride;
    uint64_t processor_deadline;
    uint64_t work_since_look;
    uint64_t last_reading;
    bool in_call;
    /// Called when a function returns; NULL when nobody wants to know.
    void (*on_return)(lua_State *L, lua_Debug *activation);

    // The failure on its way to the caller.
    int32_t pending_status;
    int32_t error_line;
    char error_file[HL_FILE_BYTES];
    char message[HL_ERROR_BYTES + 1];
    /// Counts protected calls: a module that began to run in an earlier one failed there.
    int64_t protected_calls;

    /// The package's modules.
    hl_sources sources;
    bool globals_sealed;
    /// The package's lookups: texts in memory that belongs to the caller.
    hl_sources lookups;
    const uint8_t *lookup_base;
    uint64_t lookup_bytes;

    uint32_t cached_patterns;
    /// For tests: after how many steps a search begins to remember failures; 0 for the default.
    uint32_t memo_after_steps;

    hl_log log;
    hl_random random;
    /// Flags HL_RELIES_ON_…: what the running row relied on, and what everything before the first row did.
    uint8_t relied_on;
    uint8_t start_relied_on;
    /// Belongs to the drawer for batches.
    struct hl_pipeline *pipeline;
};

/// The machine of a state.
static inline hl_vm *hl_vm_of(lua_State *L)
{
    return *(hl_vm **)lua_getextraspace(L);
}

/// Makes a machine whose state is still empty; NULL when there is not enough memory.
hl_vm *hl_vm_open(const hl_limits *limits);
/// Frees the machine with all its memory, apart from what higher drawers allocated; runs no Lua code.
void hl_vm_close(hl_vm *vm);

/// The light userdata that scripts know as `hookline.null`.
void *hl_null(void);
static inline bool hl_is_null(lua_State *L, int index)
{
    return lua_islightuserdata(L, index) && lua_touserdata(L, index) == hl_null();
}
