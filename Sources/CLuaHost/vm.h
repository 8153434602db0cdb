// What the C files share about a virtual machine. Nothing here is seen outside CLuaHost.

#pragma once

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "include/CLuaHost.h"
#include "messages.h"

enum {
    HL_ERROR_BYTES = 2048,
    HL_FILE_BYTES = 64,
    HL_NAME_BYTES = 64,
    HL_MAX_STEPS = 128,
    HL_MAX_REASONS = 4000,
    HL_REASON_BYTES = 200,
    HL_LOG_LINE_BYTES = 500,
    HL_MAX_DEPTH = 64,
    HL_MAX_LABELS = 10000,
    HL_LABEL_BYTES = 100,
};

/// Where and why a call failed. The pointers belong to the machine and last until its next call.
typedef struct {
    int32_t status;
    /// From 1; 0 when no line is known.
    int32_t line;
    /// The row of the batch, and the step of that row; -1 outside a batch.
    int64_t row;
    int32_t step;
    const char *file;
    const char *message;
    size_t message_length;
} hl_error;

typedef struct {
    char *module;
    char *chunk;
    char *text;
    size_t length;
    /// With notes_coverage: a bit for each line that ran, and for each at which a function that ran begins.
    uint8_t *lines_run;
    uint8_t *functions_run;
} hl_source;

typedef struct {
    char *text;
    size_t length;
    uint32_t level;
    int64_t row_number;
} hl_text;

/// A column of the batch that is running; `valid` is NULL while the batch does not hold it.
typedef struct {
    const uint8_t *valid;
    const uint8_t *bytes;
    const uint32_t *offsets;
    const int64_t *integers;
    const double *numbers;
    uint32_t type;
} hl_column;

/// The column of a field's name, by the name's object: short strings are one object each, and those of fields live as long as the fields.
typedef struct {
    const void *name;
    uint32_t column;
} hl_known_field;

enum { HL_KNOWN_FIELDS = 64 };

/// One function that every row passes through, and the row for which it has been dearest so far.
typedef struct {
    uint32_t kind;
    int32_t function;
    uint64_t instructions;
    uint64_t pattern_steps;
    int64_t row_number;
    /// Where it came to its end for the current row, if somebody wants to know: a source's number, and a line; 0 while it has not.
    uint32_t end_source;
    int32_t end_line;
} hl_step;

struct hl_vm {
    lua_State *lua;
    hl_arena *arena;
    hl_limits limits;

    // Limits of the call that is running. Once `doomed` holds a status, nothing but the unwinding of that call happens.
    int32_t doomed;
    int64_t instructions_left;
    int64_t armed;
    int64_t pattern_steps_left;
    int64_t stride;
    uint64_t processor_deadline;
    uint64_t work_since_look;
    uint64_t last_reading;
    bool in_call;

    // The failure that is on its way to the caller.
    int32_t pending_status;
    int32_t place_line;
    char place_file[HL_FILE_BYTES];
    char message[HL_ERROR_BYTES + 1];

    // Modules and scripts.
    hl_source *sources;
    uint32_t source_count;
    bool globals_sealed;
    // Lookups: texts in memory that belongs to the caller.
    const uint8_t *lookup_base;
    uint64_t lookup_bytes;
    /// Counts protected calls: a module that began to run in an earlier one has failed there.
    int64_t protected_calls;
    hl_source *lookups;
    uint32_t lookup_count;

    uint32_t cached_patterns;
    /// For tests: after how many steps a search begins to remember failures; 0 for the usual measure.
    uint32_t memo_after_steps;

    // The batch that is running.
    hl_slot *slot;
    hl_column *columns;
    hl_known_field known_fields[HL_KNOWN_FIELDS];
    uint32_t row;
    uint64_t epoch;
    bool has_overlay;
    uint32_t field_count;
    uint32_t output_count;
    /// The output that takes the whole mapping; -1 when none does.
    int32_t mapping_output;
    /// The output that takes where each step of a row came to its end; -1 when none does.
    int32_t place_output;
    /// Where the last function returned from: a source's number, and a line; 0 for nowhere.
    uint32_t return_source;
    int32_t return_line;
    /// The number of the row that is running, -1 outside a batch.
    int64_t row_number;
    hl_step steps[HL_MAX_STEPS];
    uint32_t step_count;
    /// Puts a column that the batch does not hold into it; NULL where every batch holds all.
    void (*fetch)(hl_vm *vm, uint32_t column);

    hl_text reasons[HL_MAX_REASONS + 2];
    uint32_t reason_count;
    uint32_t reasons_told;
    hl_text *labels;
    uint32_t label_count;
    uint32_t labels_told;
    hl_text *log;
    uint32_t log_count;
    uint32_t log_total;
    uint64_t log_dropped;

    // Where `math.random` stands; seeded on first use after hl_random_reseed.
    uint64_t random_state[4];
    uint64_t random_stream;
    bool random_ready;
};

/// Values that the machine keeps, in the array part of the registry's slot of this host.
enum {
    HL_KEPT_CONTEXT = 1,
    HL_KEPT_USER_METATABLE,
    HL_KEPT_FIELD_INDEXES,
    HL_KEPT_FIELD_NAMES,
    HL_KEPT_OVERLAY,
    HL_KEPT_OUTPUT_NAMES,
    HL_KEPT_REASONS,
    HL_KEPT_LABELS,
    HL_KEPT_FUNCTIONS,
    HL_KEPT_SCRIPTS,
    HL_KEPT_LOOKUPS,
    HL_KEPT_MODULES,
    HL_KEPT_GLOBALS,
    HL_KEPT_MESSAGE_KEY,
    HL_KEPT_ARRAY_METATABLE,
    HL_KEPT_PATTERNS,
    HL_KEPT_LOOKUP_METATABLE,
    HL_KEPT_ROW_METATABLE,
};

/// The machine of a state.
static inline hl_vm *hl_vm_of(lua_State *L)
{
    return *(hl_vm **)lua_getextraspace(L);
}

/// The light userdata that scripts know as `hookline.null`.
void *hl_null(void);
static inline bool hl_is_null(lua_State *L, int index)
{
    return lua_islightuserdata(L, index) && lua_touserdata(L, index) == hl_null();
}

#include "functions.h"
