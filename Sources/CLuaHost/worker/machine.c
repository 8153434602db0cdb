// A machine as a whole: every drawer adds its part.

#include "batch/batch.h"
#include "library/library.h"
#include "sandbox/sandbox.h"
#include "vm/vm.h"

enum { GC_PAUSE = 1000 };

static int build(lua_State *L)
{
    hl_start_kept(L);
    hl_push_globals(L);
    hl_add_hookline(L);
    hl_guard_globals(L);
    hl_make_user_metatable(L);
    // Most of what lives is the library, which every cycle marks again: run fewer cycles, each after more garbage. The cap still holds.
    lua_gc(L, LUA_GCINC, GC_PAUSE, 0, 0);
    return 0;
}

hl_vm *hl_vm_create(const hl_limits *limits)
{
    hl_vm *vm = hl_vm_open(limits);
    if (vm == NULL) return NULL;
    hl_error error;
    if (hl_start_pipeline(vm) && hl_protect(vm, build, NULL, &error) == HL_OK) return vm;
    hl_vm_destroy(vm);
    return NULL;
}

void hl_vm_destroy(hl_vm *vm)
{
    if (vm == NULL) return;
    hl_free_pipeline(vm);
    hl_free_lookups(vm);
    hl_vm_close(vm);
}

void hl_vm_set_lookups(hl_vm *vm, const void *base, uint64_t bytes)
{
    vm->lookup_base = base;
    vm->lookup_bytes = bytes;
}
