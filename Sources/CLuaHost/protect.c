// The one protected call through which everything enters Lua.

#include "vm.h"

int32_t hl_protect(hl_vm *vm, lua_CFunction body, void *argument, hl_error *error)
{
    lua_State *L = vm->lua;
    vm->protected_calls++;
    vm->doomed = HL_OK;
    vm->pending_status = HL_RUNTIME;
    vm->place_line = 0;
    vm->place_file[0] = 0;
    lua_settop(L, 0);
    // Light C functions and light userdata: nothing here allocates, so nothing here can raise.
    lua_pushcfunction(L, hl_error_handler);
    lua_pushcfunction(L, body);
    lua_pushlightuserdata(L, argument);
    int status = lua_pcall(L, 1, 0, 1);
    lua_sethook(L, NULL, 0, 0);
    vm->in_call = false;
    *error = (hl_error){.status = HL_OK, .row = -1, .step = -1, .file = "", .message = ""};
    if (status != LUA_OK) hl_fill_error(vm, status, error);
    lua_settop(L, 0);
    vm->doomed = HL_OK;
    return error->status;
}
