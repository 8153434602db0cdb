// Where each step of a row came to its end: for tests and explanations.

#include <stdio.h>
#include <string.h>

#include "batch.h"

/// Notes where the function stands that is about to return. The last one to do so is the step's own, or what it ended with a tail call of.
void hl_note_return(lua_State *L, lua_Debug *activation)
{
    hl_vm *vm = hl_vm_of(L);
    if (!lua_getinfo(L, "Sl", activation) || activation->currentline <= 0) return;
    for (uint32_t i = 0; i < vm->source_count; i++) {
        if (strcmp(vm->sources[i].chunk, activation->source) != 0) continue;
        vm->return_source = i;
        vm->return_line = activation->currentline;
        return;
    }
}

/// A row begins: nothing is known of its steps.
void hl_forget_places(hl_vm *vm)
{
    vm->return_line = 0;
    for (uint32_t i = 0; i < vm->step_count; i++) vm->steps[i].end_line = 0;
}

/// The step has come to its end.
void hl_note_place_of_step(hl_vm *vm, hl_step *step)
{
    step->end_source = vm->return_source;
    step->end_line = vm->return_line;
    vm->return_line = 0;
}

/// Writes the places of the current row into the output for them: for each step a line of its number, line and file.
void hl_put_places(const hl_batch *batch)
{
    hl_vm *vm = batch->vm;
    hl_slot *slot = batch->slot;
    const hl_output *output = &batch->outputs[vm->place_output];
    uint64_t start = slot->written_length, end = start;
    for (uint32_t i = 0; i < vm->step_count; i++) {
        if (vm->steps[i].end_line == 0) continue;
        char line[HL_FILE_BYTES + 32];
        int length = snprintf(line, sizeof line, "%u %d %s\n", i, (int)vm->steps[i].end_line, vm->sources[vm->steps[i].end_source].chunk + 1);
        if (length < 0 || (size_t)length >= sizeof line) continue;
        // Without room for them the row is left without places: they are told for information only.
        if ((uint64_t)length > slot->written_capacity - end || end - start + (uint64_t)length > HL_MAPPED_BYTES) return;
        memcpy(batch->written + end, line, (size_t)length);
        end += (uint64_t)length;
    }
    slot->written_length = end;
    output->starts[vm->row] = (uint32_t)start;
    output->lengths[vm->row] = (uint32_t)(end - start);
    output->states[vm->row] = HL_MAPPED_SET;
}
