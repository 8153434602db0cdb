// What every batch looks like: the fields of a row, the steps it passes through, the mapped fields that are wanted.

#include "pipeline.h"

#include <stdlib.h>

#include "batch.h"
#include "vm/vm.h"

bool hl_start_pipeline(hl_vm *vm)
{
    vm->pipeline = calloc(1, sizeof *vm->pipeline);
    if (vm->pipeline == NULL) return false;
    vm->pipeline->mapping_output = -1;
    vm->pipeline->location_output = -1;
    return hl_start_reasons(vm->pipeline);
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

static int misuse_body(lua_State *L)
{
    hl_raise(L, HL_MISUSE, "more steps or outputs are prepared than a batch can have");
}

static int outputs_body(lua_State *L)
{
    hl_cursor *request = lua_touserdata(L, 1);
    hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    lua_createtable(L, (int)pipeline->output_count, 0);
    for (uint32_t i = 0; i < pipeline->output_count; i++) {
        size_t length;
        const char *name = hl_take_text(request, &length);
        lua_pushlstring(L, name, length);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
        if (length == 1 && *name == '*') pipeline->mapping_output = (int32_t)i;
        if (length == 1 && *name == '@') pipeline->location_output = (int32_t)i;
    }
    hl_keep(L, HL_KEPT_OUTPUT_NAMES);
    return 0;
}

static int32_t set_outputs(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    hl_pipeline *pipeline = vm->pipeline;
    pipeline->output_count = hl_take_u32(request);
    pipeline->mapping_output = -1;
    pipeline->location_output = -1;
    if (pipeline->output_count > HL_MAX_OUTPUTS) {
        pipeline->output_count = 0;
        return hl_protect(vm, misuse_body, NULL, error);
    }
    int32_t status = hl_protect(vm, outputs_body, request, error);
    vm->on_return = pipeline->location_output >= 0 ? hl_note_return : NULL;
    return status;
}

static int32_t set_steps(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    hl_pipeline *pipeline = vm->pipeline;
    pipeline->step_count = hl_take_u32(request);
    if (pipeline->step_count > HL_MAX_STEPS) {
        pipeline->step_count = 0;
        return hl_protect(vm, misuse_body, NULL, error);
    }
    for (uint32_t i = 0; i < pipeline->step_count; i++) {
        uint32_t kind = hl_take_u32(request);
        pipeline->steps[i] = (hl_step){.kind = kind, .function = (int32_t)hl_take_u32(request)};
    }
    return HL_OK;
}

int32_t hl_prepare(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    int32_t status = hl_set_fields(vm, request, error);
    if (status == HL_OK) status = set_outputs(vm, request, error);
    if (status == HL_OK) status = set_steps(vm, request, error);
    return status;
}
