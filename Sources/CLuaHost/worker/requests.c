// What each request takes from its message, and what it answers.

#include "batch/batch.h"
#include "library/library.h"
#include "sandbox/sandbox.h"
#include "vm/vm.h"
#include "worker.h"

static int refuse_body(lua_State *L)
{
    hl_raise(L, HL_MISUSE, "a request is malformed");
}

static int32_t refuse(hl_vm *vm, hl_error *error)
{
    return hl_protect(vm, refuse_body, NULL, error);
}

static int32_t add_source(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    char module[256], chunk[256];
    hl_take_name(request, module);
    hl_take_name(request, chunk);
    size_t length;
    const char *text = hl_take_text(request, &length);
    if (request->is_short) return refuse(vm, error);
    if (hl_add_source(vm, module, chunk, (const uint8_t *)text, length) == HL_OK) return HL_OK;
    static const char message[] = "there is no memory for the scripts";
    *error = (hl_error){.status = HL_MEMORY, .row = -1, .step = -1, .file = "", .message = message, .message_length = sizeof message - 1};
    return HL_MEMORY;
}

static int32_t add_lookup(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    char name[256];
    hl_take_name(request, name);
    uint64_t start = hl_take_u64(request), length = hl_take_u64(request);
    if (request->is_short || hl_add_lookup(vm, name, start, length) != HL_OK) return refuse(vm, error);
    return HL_OK;
}

static int32_t load(hl_vm *vm, hl_cursor *request, hl_buffer *payload, hl_error *error)
{
    char module[256];
    hl_take_name(request, module);
    return request->is_short ? refuse(vm, error) : hl_load_script(vm, module, payload, error);
}

static int32_t dump(hl_vm *vm, hl_cursor *request, hl_buffer *payload, hl_error *error)
{
    char module[256];
    hl_take_name(request, module);
    return request->is_short ? refuse(vm, error) : hl_dump_source(vm, module, payload, error);
}

static int32_t find_function(hl_vm *vm, hl_cursor *request, hl_buffer *payload, hl_error *error)
{
    char name[256];
    int32_t script = (int32_t)hl_take_u32(request);
    hl_take_name(request, name);
    return request->is_short ? refuse(vm, error) : hl_find_function(vm, script, name, payload, error);
}

static int32_t dispatch(hl_vm *vm, uint8_t kind, hl_cursor *request, hl_buffer *payload, hl_error *error)
{
    switch (kind) {
    case HL_ADD_SOURCE: return add_source(vm, request, error);
    case HL_ADD_LOOKUP: return add_lookup(vm, request, error);
    case HL_LOAD: return load(vm, request, payload, error);
    case HL_DUMP: return dump(vm, request, payload, error);
    case HL_FUNCTION: return find_function(vm, request, payload, error);
    case HL_SEAL_GLOBALS: vm->globals_sealed = true; return HL_OK;
    case HL_SEED: vm->limits.seed = hl_take_u64(request); return HL_OK;
    case HL_CONTEXT: return hl_set_context(vm, *request, error);
    case HL_CALL: {
        int32_t function = (int32_t)hl_take_u32(request);
        bool is_start = hl_take_u32(request) != 0;
        return hl_call(vm, function, is_start, *request, payload, error);
    }
    case HL_PREPARE: return hl_prepare(vm, request, error);
    case HL_COVERAGE: hl_put_coverage(vm, payload); return HL_OK;
    case HL_UPDATE: hl_put_update(vm, payload); return HL_OK;
    case HL_MEMORY_USED: hl_put_u64(payload, hl_arena_peak(vm->arena)); return HL_OK;
    default: return refuse(vm, error);
    }
}

void hl_answer(hl_vm *vm, const uint8_t *request, size_t length, hl_buffer *answer)
{
    hl_error error = {.status = HL_OK, .row = -1, .step = -1, .file = "", .message = ""};
    hl_cursor cursor = {.next = request + (length > 0), .end = request + length};
    hl_buffer payload = {0};
    dispatch(vm, length > 0 ? request[0] : 0, &cursor, &payload, &error);
    hl_put_error(&error, answer);
    if (error.status == HL_OK) hl_put_bytes(answer, payload.bytes, payload.length);
    hl_buffer_free(&payload);
}

void hl_run_slot(hl_vm *vm, hl_slot *slot, hl_buffer *answer)
{
    hl_error error;
    hl_run_batch(vm, slot, &error);
    hl_put_error(&error, answer);
    hl_put_update(vm, answer);
}
