// The columns of the batch that is running: found when it starts, fetched when a script reads one that is not there.

#include "vm.h"

static void find(hl_vm *vm, uint32_t number)
{
    const uint8_t *base = (const uint8_t *)vm->slot;
    const hl_slot_column *place = (const hl_slot_column *)(base + vm->slot->columns) + number;
    vm->columns[number] = (hl_column){
        .valid = place->present ? base + place->valid : NULL,
        .bytes = base + place->bytes,
        .offsets = (const uint32_t *)(base + place->offsets),
        .integers = (const int64_t *)(base + place->numbers),
        .numbers = (const double *)(base + place->numbers),
        .type = place->type,
    };
}

/// Finds the columns of the slot.
void hl_find_columns(hl_vm *vm)
{
    for (uint32_t i = 0; i < vm->field_count; i++) find(vm, i);
}

/// Makes a column's values readable.
void hl_fetch_column(lua_State *L, uint32_t column)
{
    hl_vm *vm = hl_vm_of(L);
    if (vm->fetch != NULL) {
        vm->fetch(vm, column);
        find(vm, column);
    }
    if (vm->columns[column].valid == NULL) hl_raise(L, HL_MISUSE, "the batch lacks a column");
}
