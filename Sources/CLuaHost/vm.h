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
    HL_MAX_REASONS = 1000,
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

// kept.c
void hl_keep(lua_State *L, int slot);
void hl_push_kept(lua_State *L, int slot);

// protect.c: the only way into Lua. The body gets `argument` as a light userdata at index 1.
int32_t hl_protect(hl_vm *vm, lua_CFunction body, void *argument, hl_error *error);

// errors.c
int hl_error_handler(lua_State *L);
void hl_note_place(lua_State *L);
void hl_fill_error(hl_vm *vm, int lua_status, hl_error *error);
/// Raises an error of the given status; for failures that are not the script's own `error`.
_Noreturn void hl_raise(lua_State *L, int32_t status, const char *format, ...);
/// As hl_raise, placed at the definition of the Lua function at `function`.
_Noreturn void hl_raise_at(lua_State *L, int function, int32_t status, const char *format, ...);

// limits.c
void hl_start_limits(hl_vm *vm);
void hl_begin_work(hl_vm *vm, uint64_t processor_used);
uint64_t hl_end_work(hl_vm *vm);
void hl_begin_call(hl_vm *vm);
void hl_charge(lua_State *L, uint64_t instructions);
void hl_charge_pattern(lua_State *L, uint64_t steps);
void hl_check_clock(lua_State *L);
uint64_t hl_thread_nanoseconds(void);

// nearest.c
typedef struct {
    const char *name;
    size_t length;
    char best[HL_NAME_BYTES + 1];
    int edits;
} hl_nearest;
void hl_nearest_begin(hl_nearest *nearest, const char *name, size_t length);
void hl_nearest_consider(hl_nearest *nearest, const char *candidate, size_t length);

// utf8_text.c
bool hl_is_utf8(const char *text, size_t length);
size_t hl_utf8_repair(const char *text, size_t length, char *out, size_t capacity);

// frozen.c: read-only tables.
enum { HL_FROZEN_LIST, HL_FROZEN_RECORD, HL_FROZEN_LIBRARY };
/// Replaces the table of values on top (for records: values, then the list of names) by a read-only view of it.
void hl_freeze(lua_State *L, int kind, const char *label);
void hl_unknown_key(lua_State *L, int key, const char *label, int names, int values);
/// Raises unless the value is a table that a library function may change.
void hl_check_changeable(lua_State *L, int index);
/// Replaces a read-only list at `index` by its values, so that library functions can read it with raw access.
void hl_unwrap_list(lua_State *L, int index);

// sandbox.c and the functions in it
void hl_build_sandbox(lua_State *L);
void hl_add_base_functions(lua_State *L);
void hl_add_string_functions(lua_State *L);
void hl_bill_functions(lua_State *L, const char *const *names);
void hl_add_pattern_functions(lua_State *L);
void hl_add_table_functions(lua_State *L);
int hl_table_sort(lua_State *L);
void hl_add_random(lua_State *L);
void hl_random_reseed(hl_vm *vm, uint64_t stream);
void hl_push_hookline(lua_State *L);
int hl_require(lua_State *L);
/// Pushes the text of the value at `index`: no addresses. Runs `__tostring`, so it may raise.
const char *hl_push_text(lua_State *L, int index, size_t *length);

// log.c
void hl_log(hl_vm *vm, uint32_t level, const char *text, size_t length);
void hl_log_clear(hl_vm *vm);
void hl_free_log(hl_vm *vm);

// reasons.c, labels.c
uint16_t hl_intern_reason(lua_State *L, int index);
bool hl_start_reasons(hl_vm *vm);
void hl_free_reasons(hl_vm *vm);
uint16_t hl_intern_label(lua_State *L, int index, int function);
void hl_free_labels(hl_vm *vm);

// batch.c, columns.c, step_results.c
typedef struct hl_batch hl_batch;
void hl_find_columns(hl_vm *vm);
void hl_fetch_column(lua_State *L, uint32_t column);
/// Take what a step's function returned from the top of the stack.
void hl_take_mapping(lua_State *L, const hl_batch *batch, int function, bool is_last);
bool hl_take_verdict(lua_State *L, const hl_batch *batch, int function);
void hl_take_labels(lua_State *L, const hl_batch *batch, int function);

// modules.c
void hl_push_module(lua_State *L, const char *name);
/// The source of that module name; NULL when there is none.
const hl_source *hl_find_source(const hl_vm *vm, const char *module);
/// Raises an error; never returns.
void hl_raise_unknown_module(lua_State *L, const char *module);
void hl_free_sources(hl_vm *vm);
int32_t hl_add_source(hl_vm *vm, const char *module, const char *chunk, const uint8_t *text, size_t length);

// library_lookup.c
int32_t hl_add_lookup(hl_vm *vm, const char *name, uint64_t start, uint64_t length);
void hl_free_lookups(hl_vm *vm);
void hl_make_lookup_metatables(lua_State *L);

// load.c, calls.c: each takes what it needs from the request, and appends its answer to the payload.
int32_t hl_dump_source(hl_vm *vm, const char *module, hl_buffer *payload, hl_error *error);
int32_t hl_load_script(hl_vm *vm, const char *module, hl_buffer *payload, hl_error *error);
int32_t hl_find_function(hl_vm *vm, int32_t script, const char *name, hl_buffer *payload, hl_error *error);
int32_t hl_set_context(hl_vm *vm, hl_cursor encoded, hl_error *error);
int32_t hl_call(hl_vm *vm, int32_t function, hl_cursor arguments, hl_buffer *payload, hl_error *error);
int32_t hl_prepare(hl_vm *vm, hl_cursor *request, hl_error *error);
int32_t hl_set_fields(hl_vm *vm, hl_cursor *request, hl_error *error);

// news.c
void hl_put_news(hl_vm *vm, hl_buffer *answer);
void hl_put_error(const hl_error *error, hl_buffer *answer);

// values_in.c, values_out.c
void hl_push_encoded(lua_State *L, hl_cursor *reader, int depth);
uint32_t hl_read_count(lua_State *L, hl_cursor *reader);
void hl_encode(lua_State *L, int index, hl_buffer *buffer, int depth);
void hl_append(lua_State *L, hl_buffer *buffer, const void *bytes, size_t length);
void hl_append_counted(lua_State *L, hl_buffer *buffer, const void *bytes, size_t length);
void hl_append_tag(lua_State *L, hl_buffer *buffer, uint8_t tag);
void hl_append_count(lua_State *L, hl_buffer *buffer, uint32_t count);

// json_value.c
void hl_push_json(lua_State *L, const char *text, size_t length);

// user_proxy.c
void hl_make_user_metatable(lua_State *L);
void hl_push_user(lua_State *L, int metatable);
void hl_lay_over(lua_State *L, int table);
/// Pushes the JSON of the value at `index`.
void hl_push_encoded_json(lua_State *L, int index);
