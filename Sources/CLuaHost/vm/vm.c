#include "vm.h"

#include <stdlib.h>

hl_vm *hl_vm_open(const hl_limits *limits)
{
    hl_vm *vm = calloc(1, sizeof *vm);
    if (vm == NULL) return NULL;
    vm->limits = *limits;
    vm->log.row_number = -1;
    vm->arena = hl_arena_create(limits->memory_bytes);
    vm->lua = vm->arena == NULL ? NULL : lua_newstate(hl_arena_allocate, vm->arena);
    if (vm->lua == NULL) {
        hl_vm_close(vm);
        return NULL;
    }
    *(hl_vm **)lua_getextraspace(vm->lua) = vm;
    hl_start_limits(vm);
    return vm;
}

void hl_vm_close(hl_vm *vm)
{
    // Not lua_close: it would run finalizers and visit every object, and dropping the arena needs neither.
    if (vm->arena != NULL) hl_arena_destroy(vm->arena);
    hl_free_log(vm);
    hl_free_sources(vm);
    free(vm);
}

void *hl_null(void)
{
    static char null;
    return &null;
}
