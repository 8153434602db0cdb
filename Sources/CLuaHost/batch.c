// Rows through the steps: one protected call a batch, one plain call a function and row.

#include <string.h>

#include "vm.h"

typedef struct {
    hl_vm *vm;
    const hl_batch *batch;
    hl_outcome *outcome;
} job;

/// Where the values that a batch needs again and again lie on the stack.
enum { AT_JOB = 1, AT_CONTEXT = 2, AT_USER_METATABLE = 3, AT_STEPS = 4 };

static int at_outputs(const hl_vm *vm)
{
    return AT_STEPS + (int)vm->step_count;
}

static void push_fixed_values(lua_State *L, const hl_vm *vm)
{
    luaL_checkstack(L, (int)(vm->step_count + vm->output_count) + 20, NULL);
    hl_push_kept(L, HL_KEPT_CONTEXT);
    hl_push_kept(L, HL_KEPT_USER_METATABLE);
    hl_push_kept(L, HL_KEPT_FUNCTIONS);
    int functions = lua_gettop(L);
    for (uint32_t i = 0; i < vm->step_count; i++) {
        lua_rawgeti(L, functions, vm->steps[i].function);
        if (!lua_isfunction(L, -1)) hl_raise(L, HL_MISUSE, "step %d has no function", (int)i);
    }
    lua_remove(L, functions);
    hl_push_kept(L, HL_KEPT_OUTPUT_NAMES);
    int names = lua_gettop(L);
    for (uint32_t i = 1; i <= vm->output_count; i++) lua_rawgeti(L, names, i);
    lua_remove(L, names);
}

/// Writes the value on top into an output field of the current row.
static void write_output(lua_State *L, const job *job, uint32_t output, int function)
{
    hl_mapped_field *field = &job->outcome->mapped[output];
    uint32_t row = job->vm->row;
    if (hl_is_null(L, -1)) {
        field->states[row] = HL_MAPPED_CLEARED;
        return;
    }
    const char *name = lua_tostring(L, at_outputs(job->vm) + (int)output);
    if (lua_type(L, -1) != LUA_TSTRING) {
        hl_raise_at(L, function, HL_CONTRACT, "map returns a %s for '%s'; it must be a string, or hookline.null to clear the field",
                          luaL_typename(L, -1), name);
    }
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    if (length > HL_MAPPED_BYTES) hl_raise_at(L, function, HL_CONTRACT, "map returns more than %d bytes for '%s'", HL_MAPPED_BYTES, name);
    if (!hl_is_utf8(text, length)) {
        hl_raise_at(L, function, HL_ENCODING, "map returns text that is not UTF-8 for '%s'", name);
    }
    field->states[row] = HL_MAPPED_SET;
    field->starts[row] = (uint32_t)field->bytes.length;
    field->lengths[row] = (uint32_t)length;
    hl_append(L, &field->bytes, text, length);
}

static void check_mapped_pair(lua_State *L, int function)
{
    if (lua_type(L, -2) != LUA_TSTRING) {
        hl_raise_at(L, function, HL_CONTRACT, "map returns a table with a %s as a key; it must be { field = value, … }",
                    luaL_typename(L, -2));
    }
    switch (lua_type(L, -1)) {
    case LUA_TSTRING:
    case LUA_TNUMBER:
    case LUA_TBOOLEAN:
    case LUA_TTABLE: return;
    default:
        if (hl_is_null(L, -1)) return;
        char name[HL_NAME_BYTES + 1];
        size_t length;
        const char *key = lua_tolstring(L, -2, &length);
        name[hl_utf8_repair(key, length, name, HL_NAME_BYTES)] = 0;
        hl_raise_at(L, function, HL_CONTRACT,
                    "map returns a %s for '%s'; a field is a string, a number, a boolean, a table or hookline.null",
                    luaL_typename(L, -1), name);
    }
}

/// Takes what map returned from the top of the stack.
static void take_mapping(lua_State *L, const job *job, int function, bool is_last)
{
    if (lua_isnil(L, -1)) return;
    if (!lua_istable(L, -1)) {
        hl_raise_at(L, function, HL_CONTRACT, "map must return a table of fields, or nil to leave the user as it is; it returned a %s",
                          lua_isuserdata(L, -1) && !hl_is_null(L, -1) ? "user" : luaL_typename(L, -1));
    }
    int table = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        check_mapped_pair(L, function);
        lua_pop(L, 1);
    }
    for (uint32_t i = 0; i < job->vm->output_count; i++) {
        lua_pushvalue(L, at_outputs(job->vm) + (int)i);
        if (lua_rawget(L, table) != LUA_TNIL) write_output(L, job, i, function);
        lua_pop(L, 1);
    }
    // Nobody reads the overlay after the last step.
    if (!is_last) hl_lay_over(L, table);
}

/// Takes the two results of filter from the top of the stack; returns whether the row stays.
static bool take_verdict(lua_State *L, const job *job, int function)
{
    if (lua_type(L, -2) != LUA_TBOOLEAN) {
        hl_raise_at(L, function, HL_CONTRACT, "filter must return true, or false and a reason; it returned %s",
                          lua_isnil(L, -2) ? "nil: is there a path without a return?" : lua_pushfstring(L, "a %s", luaL_typename(L, -2)));
    }
    if (lua_toboolean(L, -2)) return true;
    if (!lua_isnil(L, -1) && lua_type(L, -1) != LUA_TSTRING) {
        hl_raise_at(L, function, HL_CONTRACT, "filter's reason must be a string; it is a %s", luaL_typename(L, -1));
    }
    job->outcome->reasons[job->vm->row] = hl_intern_reason(L, -1);
    return false;
}

/// Calls the function of one step; returns whether the row stays.
static bool run_step(lua_State *L, const job *job, uint32_t step, int user)
{
    hl_vm *vm = job->vm;
    int function = AT_STEPS + (int)step;
    bool is_map = vm->steps[step].kind == HL_STEP_MAP;
    hl_begin_call(vm);
    lua_pushvalue(L, function);
    lua_pushvalue(L, user);
    lua_pushvalue(L, AT_CONTEXT);
    lua_call(L, 2, is_map ? 1 : 2);
    bool stays = true;
    if (is_map) take_mapping(L, job, function, step + 1 == vm->step_count);
    else stays = take_verdict(L, job, function);
    lua_settop(L, user);
    return stays;
}

/// Takes one row through its steps, from `next_step` on.
static void run_row(lua_State *L, const job *job)
{
    hl_vm *vm = job->vm;
    hl_outcome *outcome = job->outcome;
    vm->row = outcome->next_row;
    vm->epoch++;
    if (outcome->next_step == 0) vm->has_overlay = false;
    int64_t number = job->batch->row_numbers != NULL ? job->batch->row_numbers[vm->row] : vm->row;
    hl_random_reseed(vm, (uint64_t)number);
    hl_push_user(L, AT_USER_METATABLE);
    int user = lua_gettop(L);
    bool stays = true;
    for (; stays && outcome->next_step < vm->step_count; outcome->next_step++) stays = run_step(L, job, outcome->next_step, user);
    outcome->verdicts[vm->row] = stays ? HL_ROW_KEPT : HL_ROW_DROPPED;
    outcome->next_step = 0;
    lua_settop(L, user - 1);
}

static int batch_body(lua_State *L)
{
    const job *job = lua_touserdata(L, AT_JOB);
    hl_outcome *outcome = job->outcome;
    push_fixed_values(L, job->vm);
    for (; outcome->next_row < job->batch->row_count; outcome->next_row++) {
        if (job->batch->selected != NULL && !job->batch->selected[outcome->next_row]) continue;
        run_row(L, job);
        if (outcome->next_row % 64 == 63) hl_check_clock(L);
    }
    return 0;
}

static int misuse_body(lua_State *L)
{
    hl_raise(L, HL_MISUSE, "the batch does not fit the fields, or its outcome");
}

int32_t hl_run_batch(hl_vm *vm, const hl_batch *batch, hl_outcome *outcome, hl_error *error)
{
    bool fits = batch->column_count == vm->field_count && batch->row_count <= outcome->row_capacity &&
                outcome->mapped_count >= vm->output_count;
    if (!fits) return hl_protect(vm, misuse_body, NULL, error);
    job job = {vm, batch, outcome};
    vm->batch = batch;
    hl_begin_work(vm, outcome->processor_nanoseconds);
    int32_t status = hl_protect(vm, batch_body, &job, error);
    outcome->processor_nanoseconds = hl_end_work(vm);
    vm->batch = NULL;
    if (status == HL_OK) return status;
    error->row = outcome->next_row;
    error->step = (int32_t)outcome->next_step;
    return status;
}

int32_t hl_set_steps(hl_vm *vm, const hl_step *steps, uint32_t count)
{
    if (count > HL_MAX_STEPS) return HL_MISUSE;
    memcpy(vm->steps, steps, count * sizeof *steps);
    vm->step_count = count;
    return HL_OK;
}

static int outputs_body(lua_State *L)
{
    const char *const *names = lua_touserdata(L, 1);
    uint32_t count = hl_vm_of(L)->output_count;
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        lua_pushstring(L, names[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    hl_keep(L, HL_KEPT_OUTPUT_NAMES);
    return 0;
}

int32_t hl_set_outputs(hl_vm *vm, const char *const *names, uint32_t count, hl_error *error)
{
    vm->output_count = count;
    return hl_protect(vm, outputs_body, (void *)names, error);
}
