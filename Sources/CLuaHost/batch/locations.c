// Where each step of a row ended: for tests and explanations.

#include <stdio.h>
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
    const hl_output *output = &batch->outputs[pipeline->location_output];
    uint64_t start = slot->written_length, end = start;
    for (uint32_t i = 0; i < pipeline->step_count; i++) {
        if (pipeline->steps[i].end_line == 0) continue;
        char line[HL_FILE_BYTES + 32];
        int length = snprintf(line, sizeof line, "%u %d %s\n", i, (int)pipeline->steps[i].end_line, batch->vm->sources.all[pipeline->steps[i].end_source].chunk + 1);
        if (length < 0 || (size_t)length >= sizeof line) continue;
        // Without space for them the row goes without locations, which are only for information.
        if ((uint64_t)length > slot->written_capacity - end || end - start + (uint64_t)length > HL_MAPPED_BYTES) return;
        memcpy(batch->written + end, line, (size_t)length);
        end += (uint64_t)length;
    }
    slot->written_length = end;
    output->starts[pipeline->row] = (uint32_t)start;
    output->lengths[pipeline->row] = (uint32_t)(end - start);
    output->states[pipeline->row] = HL_MAPPED_SET;
}
