// Where each step of a row ended: for tests and explanations.

#include <string.h>

#include "pipeline.h"
#include "vm/vm.h"

void hl_note_return(lua_State *L, lua_Debug *activation)
{
    hl_vm *vm = hl_vm_of(L);
    if (!lua_getinfo(L, "Sl", activation) || activation->currentline <= 0) return;
    int64_t source = hl_source_of_chunk(vm, activation->source);
    if (source < 0) return;
    vm->pipeline->return_source = (uint32_t)source;
    vm->pipeline->return_line = activation->currentline;
}

void hl_forget_locations(hl_pipeline *pipeline)
{
    pipeline->return_line = 0;
    for (uint32_t i = 0; i < pipeline->step_count; i++) pipeline->steps[i].end_line = 0;
}

void hl_note_end_of_step(hl_pipeline *pipeline, hl_step *step)
{
    step->end_source = pipeline->return_source;
    step->end_line = pipeline->return_line;
    pipeline->return_line = 0;
}

void hl_put_locations(const hl_batch *batch)
{
    const hl_pipeline *pipeline = batch->pipeline;
    hl_slot *slot = batch->slot;
    hl_slot_location locations[HL_ROW_STEPS];
    uint16_t count = 0;
    for (uint32_t i = 0; i < pipeline->step_count; i++) {
        const hl_step *step = &pipeline->steps[i];
        if (step->end_line > 0) locations[count++] = (hl_slot_location){i, step->end_source, (uint32_t)step->end_line};
    }
    uint64_t start = slot->written_length;
    size_t length = count * sizeof *locations;
    // Without space for them the row goes without locations, which are only for information.
    if (length > slot->written_capacity - start) return;
    memcpy(batch->written + start, locations, length);
    slot->written_length = start + length;
    batch->locations.starts[pipeline->row] = (uint32_t)start;
    batch->locations.counts[pipeline->row] = count;
}
