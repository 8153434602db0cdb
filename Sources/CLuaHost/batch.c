// Rows through the steps: one protected call a batch, one plain call a function and row.

#include "batch.h"

#include <string.h>

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

/// Remembers what the call cost, if no row was dearer before.
static void note_cost(hl_vm *vm, hl_step *step, int64_t row_number)
{
    uint64_t instructions = (uint64_t)((int64_t)vm->limits.instructions - vm->instructions_left);
    uint64_t pattern_steps = (uint64_t)((int64_t)vm->limits.pattern_steps - vm->pattern_steps_left);
    if (instructions <= step->instructions && pattern_steps <= step->pattern_steps) return;
    if (instructions > step->instructions) {
        step->instructions = instructions;
        step->row_number = row_number;
    }
    if (pattern_steps > step->pattern_steps) step->pattern_steps = pattern_steps;
}

/// Calls the function of one step; returns whether the row stays.
static bool run_step(lua_State *L, const hl_batch *batch, uint32_t number, int user)
{
    hl_vm *vm = batch->vm;
    hl_step *step = &vm->steps[number];
    int function = HL_AT_STEPS + (int)number;
    hl_begin_call(vm);
    lua_pushvalue(L, function);
    lua_pushvalue(L, user);
    lua_pushvalue(L, HL_AT_CONTEXT);
    lua_call(L, 2, step->kind == HL_STEP_FILTER ? 2 : 1);
    note_cost(vm, step, batch->row_numbers[vm->row]);
    if (vm->place_output >= 0) hl_note_place_of_step(vm, step);
    bool stays = true;
    switch (step->kind) {
    case HL_STEP_MAP: hl_take_mapping(L, batch, function, number + 1 == vm->step_count); break;
    case HL_STEP_FILTER: stays = hl_take_verdict(L, batch, function); break;
    default: hl_take_labels(L, batch, function);
    }
    lua_settop(L, user);
    return stays;
}

/// Takes one row through its steps, from `next_step` on.
static void run_row(lua_State *L, const hl_batch *batch)
{
    hl_vm *vm = batch->vm;
    hl_slot *slot = batch->slot;
    vm->row = slot->next_row;
    vm->epoch++;
    if (vm->place_output >= 0) hl_forget_places(vm);
    if (slot->next_step == 0) slot->has_overlay = 0;
    vm->has_overlay = slot->has_overlay != 0;
    if (vm->has_overlay) {
        // Another batch may have run since this row was left: each has its own.
        lua_rawgetp(L, LUA_REGISTRYINDEX, slot);
        hl_keep(L, HL_KEPT_OVERLAY);
    }
    vm->row_number = batch->row_numbers[vm->row];
    hl_random_reseed(vm, (uint64_t)vm->row_number);
    hl_push_user(L, HL_AT_USER_METATABLE);
    int user = lua_gettop(L);
    bool stays = true;
    for (; stays && slot->next_step < vm->step_count; slot->next_step++) stays = run_step(L, batch, slot->next_step, user);
    batch->verdicts[vm->row] = stays ? HL_ROW_KEPT : HL_ROW_DROPPED;
    if (vm->place_output >= 0) hl_put_places(batch);
    slot->next_step = 0;
    lua_settop(L, user - 1);
}

static int batch_body(lua_State *L)
{
    const hl_batch *batch = lua_touserdata(L, HL_AT_BATCH);
    hl_slot *slot = batch->slot;
    push_fixed_values(L, batch->vm);
    for (; slot->next_row < slot->row_count; slot->next_row++) {
        if (!batch->selected[slot->next_row]) continue;
        run_row(L, batch);
        if (slot->next_row % 64 == 63) hl_check_clock(L);
    }
    return 0;
}

static int misuse_body(lua_State *L)
{
    hl_raise(L, HL_MISUSE, "the batch does not fit what was prepared");
}

static void find_arrays(hl_batch *batch)
{
    hl_slot *slot = batch->slot;
    uint8_t *base = (uint8_t *)slot;
    batch->selected = base + slot->selected;
    batch->row_numbers = (const int64_t *)(base + slot->row_numbers);
    batch->verdicts = base + slot->verdicts;
    batch->reasons = (uint16_t *)(base + slot->reasons);
    batch->label_starts = (uint32_t *)(base + slot->label_starts);
    batch->label_counts = (uint16_t *)(base + slot->label_counts);
    batch->written = base + slot->written;
    const hl_slot_output *outputs = (const hl_slot_output *)(base + slot->outputs);
    for (uint32_t i = 0; i < slot->output_count; i++) {
        batch->outputs[i] = (hl_output){base + outputs[i].states, (uint32_t *)(base + outputs[i].starts),
                                        (uint32_t *)(base + outputs[i].lengths)};
    }
}

static int32_t run_batch(hl_vm *vm, hl_slot *slot, hl_error *error)
{
    bool fits = slot->column_count == vm->field_count && slot->output_count == vm->output_count;
    if (!fits) return hl_protect(vm, misuse_body, NULL, error);
    hl_batch batch = {.vm = vm, .slot = slot};
    find_arrays(&batch);
    vm->slot = slot;
    hl_find_columns(vm);
    hl_begin_work(vm, slot->processor_nanoseconds);
    int32_t status = hl_protect(vm, batch_body, &batch, error);
    slot->processor_nanoseconds = hl_end_work(vm);
    vm->slot = NULL;
    vm->row_number = -1;
    if (status == HL_OK) return status;
    error->row = slot->next_row;
    error->step = (int32_t)slot->next_step;
    if (slot->next_step < vm->step_count && slot->next_row < slot->row_count) {
        note_cost(vm, &vm->steps[slot->next_step], batch.row_numbers[slot->next_row]);
    }
    return status;
}

void hl_run_slot(hl_vm *vm, hl_slot *slot, hl_buffer *answer)
{
    hl_error error;
    run_batch(vm, slot, &error);
    hl_put_error(&error, answer);
    hl_put_news(vm, answer);
}

static int outputs_body(lua_State *L)
{
    hl_cursor *request = lua_touserdata(L, 1);
    uint32_t count = hl_vm_of(L)->output_count;
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        size_t length;
        const char *name = hl_take_text(request, &length);
        lua_pushlstring(L, name, length);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
        if (length == 1 && *name == '*') hl_vm_of(L)->mapping_output = (int32_t)i;
        if (length == 1 && *name == '@') hl_vm_of(L)->place_output = (int32_t)i;
    }
    hl_keep(L, HL_KEPT_OUTPUT_NAMES);
    return 0;
}

static int32_t set_outputs(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    vm->output_count = hl_take_u32(request);
    vm->mapping_output = -1;
    vm->place_output = -1;
    if (vm->output_count > HL_MAX_OUTPUTS) {
        vm->output_count = 0;
        return hl_protect(vm, misuse_body, NULL, error);
    }
    return hl_protect(vm, outputs_body, request, error);
}

static int32_t set_steps(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    vm->step_count = hl_take_u32(request);
    if (vm->step_count > HL_MAX_STEPS) {
        vm->step_count = 0;
        return hl_protect(vm, misuse_body, NULL, error);
    }
    for (uint32_t i = 0; i < vm->step_count; i++) {
        uint32_t kind = hl_take_u32(request);
        vm->steps[i] = (hl_step){.kind = kind, .function = (int32_t)hl_take_u32(request)};
    }
    return HL_OK;
}

int32_t hl_prepare(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    int32_t status = hl_set_fields(vm, request, error);
    if (status == HL_OK) status = set_outputs(vm, request, error);
    if (status == HL_OK) status = set_steps(vm, request, error);
    return status;
}
