// What every batch looks like: the fields of a row, the steps it passes through, the mapped fields that are wanted.

#include "pipeline.h"

#include <stdlib.h>

#include "batch.h"
#include "vm/vm.h"

bool hl_start_pipeline(hl_vm *vm)
{
    vm->pipeline = calloc(1, sizeof *vm->pipeline);
    return vm->pipeline != NULL && hl_start_reasons(vm->pipeline);
}

void hl_free_pipeline(hl_vm *vm)
{
    if (vm->pipeline == NULL) return;
    hl_texts_free(&vm->pipeline->reasons);
    hl_texts_free(&vm->pipeline->labels);
    free(vm->pipeline->columns);
    free(vm->pipeline);
}

void hl_set_fetch(hl_vm *vm, void (*fetch)(hl_vm *vm, uint32_t column))
{
    vm->pipeline->fetch = fetch;
}

static int refuse_body(lua_State *L)
{
    hl_raise(L, HL_MISUSE, "%s", (const char *)lua_touserdata(L, 1));
}

static int32_t refuse(hl_vm *vm, const char *why, hl_error *error)
{
    vm->pipeline->output_count = 0;
    vm->pipeline->wants = 0;
    vm->pipeline->step_count = 0;
    vm->on_return = NULL;
    return hl_protect(vm, refuse_body, (void *)why, error);
}

static int outputs_body(lua_State *L)
{
    hl_cursor *request = lua_touserdata(L, 1);
    hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    uint32_t count = pipeline->output_count;
    hl_push_kept(L, HL_KEPT_FIELD_INDEXES);
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        size_t length;
        const char *name = hl_take_text(request, &length);
        lua_pushlstring(L, name, length);
        lua_pushvalue(L, -1);
        pipeline->output_columns[i] = lua_rawget(L, -4) == LUA_TNUMBER ? (int32_t)lua_tointeger(L, -1) : -1;
        lua_pop(L, 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    hl_keep(L, HL_KEPT_OUTPUT_NAMES);
    return 0;
}

static int32_t set_outputs(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    hl_pipeline *pipeline = vm->pipeline;
    pipeline->output_count = hl_take_u32(request);
    if (pipeline->output_count > HL_MAX_OUTPUTS) return refuse(vm, "more mapped fields are wanted than a batch can have", error);
    int32_t status = hl_protect(vm, outputs_body, request, error);
    if (status != HL_OK) return status;
    pipeline->wants = hl_take_u32(request);
    if (pipeline->wants & ~(uint32_t)(HL_WANTS_MAPPING | HL_WANTS_LOCATIONS)) return refuse(vm, "an unknown output is wanted", error);
    vm->on_return = pipeline->wants & HL_WANTS_LOCATIONS ? hl_note_return : NULL;
    return HL_OK;
}

static int32_t set_steps(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    hl_pipeline *pipeline = vm->pipeline;
    pipeline->step_count = hl_take_u32(request);
    if (pipeline->step_count > HL_ROW_STEPS) return refuse(vm, "a row has more steps than it can have", error);
    for (uint32_t i = 0; i < pipeline->step_count; i++) {
        uint32_t kind = hl_take_u32(request);
        pipeline->steps[i] = (hl_step){.kind = kind, .function = (int32_t)hl_take_u32(request)};
    }
    return request->is_short ? refuse(vm, "a request is malformed", error) : HL_OK;
}

int32_t hl_prepare(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    int32_t status = hl_set_fields(vm, request, error);
    if (status == HL_OK) status = set_outputs(vm, request, error);
    if (status == HL_OK) status = set_steps(vm, request, error);
    return status;
}
