// The columns of the running batch: found when it starts, fetched when a script reads one that is not there.

#include "pipeline.h"
#include "vm/vm.h"

static void find(hl_pipeline *pipeline, uint32_t number)
{
    const uint8_t *base = (const uint8_t *)pipeline->slot;
    const hl_slot_column *column = (const hl_slot_column *)(base + pipeline->slot->columns) + number;
    pipeline->columns[number] = (hl_column){
        .valid = column->present ? base + column->valid : NULL,
        .bytes = base + column->bytes,
        .offsets = (const uint32_t *)(base + column->offsets),
        .integers = (const int64_t *)(base + column->numbers),
        .numbers = (const double *)(base + column->numbers),
        .type = column->type,
    };
}

void hl_find_columns(hl_pipeline *pipeline)
{
    for (uint32_t i = 0; i < pipeline->field_count; i++) find(pipeline, i);
}

void hl_fetch_column(lua_State *L, uint32_t column)
{
    hl_vm *vm = hl_vm_of(L);
    hl_pipeline *pipeline = vm->pipeline;
    if (pipeline->fetch != NULL) {
        pipeline->fetch(vm, column);
        find(pipeline, column);
    }
    if (pipeline->columns[column].valid == NULL) hl_raise(L, HL_MISUSE, "the batch lacks a column");
}
