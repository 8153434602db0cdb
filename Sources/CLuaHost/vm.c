#include "vm.h"

#include <stdlib.h>

enum { GC_PAUSE = 1000 };

static int build(lua_State *L)
{
    hl_build_sandbox(L);
    // Most of what lives is the library, which every cycle marks anew: fewer cycles, each after more garbage. The cap still holds.
    lua_gc(L, LUA_GCINC, GC_PAUSE, 0, 0);
    return 0;
}

hl_vm *hl_vm_create(const hl_limits *limits)
{
    hl_vm *vm = calloc(1, sizeof *vm);
    if (vm == NULL) return NULL;
    vm->limits = *limits;
    vm->row_number = -1;
    vm->mapping_output = -1;
    vm->place_output = -1;
    vm->arena = hl_arena_create(limits->memory_bytes);
    vm->lua = vm->arena == NULL ? NULL : lua_newstate(hl_arena_allocate, vm->arena);
    hl_error error;
    bool ready = vm->lua != NULL && hl_start_reasons(vm);
    if (ready) {
        *(hl_vm **)lua_getextraspace(vm->lua) = vm;
        hl_start_limits(vm);
        ready = hl_protect(vm, build, NULL, &error) == HL_OK;
    }
    if (ready) return vm;
    hl_vm_destroy(vm);
    return NULL;
}

void hl_vm_destroy(hl_vm *vm)
{
    if (vm == NULL) return;
    // Not lua_close: it would run finalisers and visit every object, and dropping the arena needs neither.
    if (vm->arena != NULL) hl_arena_destroy(vm->arena);
    hl_free_reasons(vm);
    hl_free_labels(vm);
    hl_free_log(vm);
    hl_free_sources(vm);
    hl_free_lookups(vm);
    free(vm->columns);
    free(vm);
}

void hl_vm_set_lookups(hl_vm *vm, const void *base, uint64_t bytes)
{
    vm->lookup_base = base;
    vm->lookup_bytes = bytes;
}
