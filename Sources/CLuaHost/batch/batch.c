// Rows through the steps: one protected call per batch, one plain call per function and row.

#include "batch.h"

#include "pipeline.h"
#include "vm/vm.h"

static void push_fixed_values(lua_State *L, const hl_pipeline *pipeline)
{
    luaL_checkstack(L, (int)(pipeline->step_count + pipeline->output_count) + 20, NULL);
    hl_push_kept(L, HL_KEPT_CONTEXT);
    hl_push_kept(L, HL_KEPT_USER_METATABLE);
    hl_push_kept(L, HL_KEPT_FUNCTIONS);
    int functions = lua_gettop(L);
    for (uint32_t i = 0; i < pipeline->step_count; i++) {
        lua_rawgeti(L, functions, pipeline->steps[i].function);
        if (!lua_isfunction(L, -1)) hl_raise(L, HL_MISUSE, "step %d has no function", (int)i);
    }
    lua_remove(L, functions);
    hl_push_kept(L, HL_KEPT_OUTPUT_NAMES);
    int names = lua_gettop(L);
    for (uint32_t i = 1; i <= pipeline->output_count; i++) lua_rawgeti(L, names, i);
    lua_remove(L, names);
}

/// Remembers what the call cost, if no earlier row was more expensive.
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

/// Calls the function of one step. Returns whether the row stays.
static bool run_step(lua_State *L, const hl_batch *batch, uint32_t number, int user)
{
    hl_pipeline *pipeline = batch->pipeline;
    hl_step *step = &pipeline->steps[number];
    int function = HL_AT_STEPS + (int)number;
    hl_begin_call(batch->vm);
    lua_pushvalue(L, function);
    lua_pushvalue(L, user);
    lua_pushvalue(L, HL_AT_CONTEXT);
    lua_call(L, 2, step->kind == HL_STEP_FILTER ? 2 : 1);
    note_cost(batch->vm, step, batch->row_numbers[pipeline->row]);
    if (pipeline->wants & HL_WANTS_LOCATIONS) hl_note_end_of_step(pipeline, step);
    bool stays = true;
    switch (step->kind) {
    case HL_STEP_MAP: hl_take_mapping(L, batch, function, number + 1 == pipeline->step_count); break;
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
    hl_pipeline *pipeline = batch->pipeline;
    hl_slot *slot = batch->slot;
    pipeline->row = slot->next_row;
    pipeline->epoch++;
    if (pipeline->wants & HL_WANTS_LOCATIONS) hl_forget_locations(pipeline);
    if (slot->next_step == 0) slot->has_overlay = 0;
    vm->relied_on = vm->start_relied_on;
    pipeline->has_overlay = slot->has_overlay != 0;
    if (pipeline->has_overlay) {
        // Another batch may have run since this row was left: each has its own overlay.
        lua_rawgetp(L, LUA_REGISTRYINDEX, slot);
        hl_keep(L, HL_KEPT_OVERLAY);
    }
    vm->log.row_number = batch->row_numbers[pipeline->row];
    hl_random_reseed(&vm->random, (uint64_t)vm->log.row_number);
    hl_push_user(L, HL_AT_USER_METATABLE);
    int user = lua_gettop(L);
    bool stays = true;
    for (; stays && slot->next_step < pipeline->step_count; slot->next_step++) stays = run_step(L, batch, slot->next_step, user);
    batch->verdicts[pipeline->row] = (uint8_t)((stays ? HL_ROW_KEPT : HL_ROW_DROPPED) | vm->relied_on);
    if (pipeline->wants & HL_WANTS_LOCATIONS) hl_put_locations(batch);
    slot->next_step = 0;
    lua_settop(L, user - 1);
}

static int batch_body(lua_State *L)
{
    const hl_batch *batch = lua_touserdata(L, HL_AT_BATCH);
    hl_slot *slot = batch->slot;
    push_fixed_values(L, batch->pipeline);
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

static hl_row_texts texts_at(uint8_t *base, const hl_slot_texts *texts)
{
    return (hl_row_texts){base + texts->states, (uint32_t *)(base + texts->starts), (uint32_t *)(base + texts->lengths)};
}

static hl_row_lists lists_at(uint8_t *base, const hl_slot_lists *lists)
{
    return (hl_row_lists){(uint32_t *)(base + lists->starts), (uint16_t *)(base + lists->counts)};
}

static void find_arrays(hl_batch *batch)
{
    hl_slot *slot = batch->slot;
    uint8_t *base = (uint8_t *)slot;
    batch->selected = base + slot->selected;
    batch->row_numbers = (const int64_t *)(base + slot->row_numbers);
    batch->verdicts = base + slot->verdicts;
    batch->reasons = (uint16_t *)(base + slot->reasons);
    batch->mapping = texts_at(base, &slot->mapping);
    batch->labels = lists_at(base, &slot->labels);
    batch->locations = lists_at(base, &slot->locations);
    batch->written = base + slot->written;
    const hl_slot_texts *outputs = (const hl_slot_texts *)(base + slot->outputs);
    for (uint32_t i = 0; i < slot->output_count; i++) batch->outputs[i] = texts_at(base, &outputs[i]);
}

int32_t hl_run_batch(hl_vm *vm, hl_slot *slot, hl_error *error)
{
    hl_pipeline *pipeline = vm->pipeline;
    bool fits = slot->column_count == pipeline->field_count && slot->output_count == pipeline->output_count &&
                slot->wants == pipeline->wants;
    if (!fits) return hl_protect(vm, misuse_body, NULL, error);
    hl_batch batch = {.vm = vm, .pipeline = pipeline, .slot = slot};
    find_arrays(&batch);
    pipeline->slot = slot;
    hl_find_columns(pipeline);
    hl_begin_work(vm, slot->processor_nanoseconds);
    int32_t status = hl_protect(vm, batch_body, &batch, error);
    slot->processor_nanoseconds = hl_end_work(vm);
    pipeline->slot = NULL;
    vm->log.row_number = -1;
    if (status == HL_OK) return status;
    error->row = slot->next_row;
    error->step = (int32_t)slot->next_step;
    if (slot->next_step < pipeline->step_count && slot->next_row < slot->row_count) {
        note_cost(vm, &pipeline->steps[slot->next_step], batch.row_numbers[slot->next_row]);
    }
    return status;
}

void hl_put_costs(const hl_vm *vm, hl_buffer *answer)
{
    const hl_pipeline *pipeline = vm->pipeline;
    hl_put_u32(answer, pipeline->step_count);
    for (uint32_t i = 0; i < pipeline->step_count; i++) {
        hl_put_u64(answer, pipeline->steps[i].instructions);
        hl_put_u64(answer, pipeline->steps[i].pattern_steps);
        hl_put_u64(answer, (uint64_t)pipeline->steps[i].row_number);
    }
}
