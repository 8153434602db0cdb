#include "vm.h"

static int call_tostring(lua_State *L)
{
    if (!luaL_callmeta(L, 1, "__tostring")) lua_pushnil(L);
    return 1;
}

/// Pushes what `__tostring` says of the table at 1; the table itself where it fails, as the error to report is the one that is under way.
static void push_own_text(lua_State *L, hl_vm *vm)
{
    int32_t pending = vm->pending_status;
    lua_pushcfunction(L, call_tostring);
    lua_pushvalue(L, 1);
    if (lua_pcall(L, 1, 1, 0) != LUA_OK || lua_type(L, -1) != LUA_TSTRING) lua_pushvalue(L, 1);
    vm->pending_status = pending;
    vm->doomed = HL_OK;
}

/// Runs where the error was raised: notes the location, and takes the text out of an error that is a table.
static int handle_error(lua_State *L)
{
    hl_vm *vm = hl_vm_of(L);
    if (vm->error_line == 0) hl_note_error_location(L);
    if (lua_type(L, 1) != LUA_TTABLE) return 1;
    // The key is kept, so that nothing is allocated here; raw access, so that no metamethod runs.
    hl_push_kept(L, HL_KEPT_MESSAGE_KEY);
    lua_rawget(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING) return 1;
    lua_settop(L, 1);
    if (vm->doomed == HL_OK) push_own_text(L, vm);
    return 1;
}

int32_t hl_protect(hl_vm *vm, lua_CFunction body, void *argument, hl_error *error)
{
    lua_State *L = vm->lua;
    vm->protected_calls++;
    vm->doomed = HL_OK;
    vm->pending_status = HL_RUNTIME;
    vm->error_line = 0;
    vm->error_file[0] = 0;
    lua_settop(L, 0);
    // Light C functions and light userdata: nothing here allocates, so nothing here can raise.
    lua_pushcfunction(L, handle_error);
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
