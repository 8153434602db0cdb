// What the C files of CLuaHost call of each other. Included by vm.h.

#pragma once

#include "vm.h"

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

// places.c
void hl_note_return(lua_State *L, lua_Debug *activation);
void hl_forget_places(hl_vm *vm);
void hl_note_place_of_step(hl_vm *vm, hl_step *step);
void hl_put_places(const hl_batch *batch);

// coverage.c
void hl_note_coverage(lua_State *L, lua_Debug *activation);
void hl_put_coverage(hl_vm *vm, hl_buffer *answer);

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
