// Calls outside a batch: arguments and results travel encoded.

#include "CLuaSlot.h"
#include "sandbox.h"
#include "vm/vm.h"

enum { MAX_RESULTS = 2 };

typedef struct {
    hl_vm *vm;
    int32_t function;
    hl_cursor arguments;
    hl_buffer *payload;
} call;

static int context_body(lua_State *L)
{
    call *call = lua_touserdata(L, 1);
    hl_push_encoded(L, &call->arguments, 0);
    hl_note_reading(L);
    hl_keep(L, HL_KEPT_CONTEXT);
    return 0;
}

int32_t hl_set_context(hl_vm *vm, hl_cursor encoded, hl_error *error)
{
    call call = {.vm = vm, .arguments = encoded};
    return hl_protect(vm, context_body, &call, error);
}

static int call_body(lua_State *L)
{
    call *call = lua_touserdata(L, 1);
    hl_push_kept(L, HL_KEPT_FUNCTIONS);
    lua_rawgeti(L, -1, call->function);
    if (!lua_isfunction(L, -1)) hl_raise(L, HL_MISUSE, "there is no function %d", (int)call->function);
    uint32_t count = hl_read_count(L, &call->arguments);
    if (count > 1000000) hl_raise(L, HL_MISUSE, "a call has too many arguments");
    luaL_checkstack(L, (int)count + 8, NULL);
    for (uint32_t i = 0; i < count; i++) hl_push_encoded(L, &call->arguments, 0);
    hl_begin_call(call->vm);
    lua_call(L, (int)count, MAX_RESULTS);
    int first = lua_gettop(L) - MAX_RESULTS + 1;
    hl_append_tag(L, call->payload, HL_TAG_LIST);
    hl_append_count(L, call->payload, MAX_RESULTS);
    for (int i = first; i < first + MAX_RESULTS; i++) hl_encode(L, i, call->payload, 0);
    return 0;
}

int32_t hl_call(hl_vm *vm, int32_t function, bool is_start, hl_cursor arguments, hl_buffer *payload, hl_error *error)
{
    call call = {.vm = vm, .function = function, .arguments = arguments, .payload = payload};
    hl_begin_work(vm, 0);
    hl_random_reseed(&vm->random, (uint64_t)-1 - (uint64_t)function);
    vm->relied_on = 0;
    int32_t status = hl_protect(vm, call_body, &call, error);
    if (is_start) hl_note_start(vm);
    return status;
}

void hl_note_start(hl_vm *vm)
{
    // Every run loads and says this anew.
    vm->start_relied_on |= vm->relied_on & (uint8_t) ~(HL_RELIES_ON_LOG | HL_RELIES_ON_BEING_FIRST);
}
