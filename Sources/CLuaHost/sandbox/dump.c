// The bytecode of a known source, to be read and never run.

#include "modules.h"
#include "sandbox.h"
#include "vm/vm.h"

/// Far more than the largest source compiles to.
enum { MAX_DUMP_BYTES = 8 << 20 };

typedef struct {
    hl_vm *vm;
    const char *module;
    hl_buffer *bytes;
} request;

static int write_piece(lua_State *L, const void *piece, size_t size, void *target)
{
    hl_buffer *bytes = target;
    if (size > MAX_DUMP_BYTES - bytes->length) luaL_error(L, "the bytecode is too large");
    hl_append(L, bytes, piece, size);
    return 0;
}

static int dump_body(lua_State *L)
{
    const request *request = lua_touserdata(L, 1);
    const hl_source *source = hl_check_module(L, request->module);
    if (luaL_loadbufferx(L, source->text, source->length, source->chunk, "t") != LUA_OK) {
        request->vm->pending_status = HL_SYNTAX;
        lua_error(L);
    }
    lua_dump(L, write_piece, request->bytes, 0);
    return 0;
}

int32_t hl_dump_source(hl_vm *vm, const char *module, hl_buffer *bytes, hl_error *error)
{
    bytes->length = 0;
    request request = {.vm = vm, .module = module, .bytes = bytes};
    hl_begin_work(vm, 0);
    return hl_protect(vm, dump_body, &request, error);
}
