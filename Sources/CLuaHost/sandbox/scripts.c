// Scripts: the tables of functions that a package's files return.

#include "modules.h"
#include "sandbox.h"
#include "vm/vm.h"

typedef struct {
    hl_vm *vm;
    const char *name;
    int32_t script;
    hl_buffer *payload;
} request;

/// Appends the names and type names of a script's entries.
static void encode_entries(lua_State *L, int script, hl_buffer *payload)
{
    lua_newtable(L);
    int entries = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, script)) {
        lua_pushvalue(L, -2);
        lua_pushstring(L, luaL_typename(L, -2));
        // A key that is not a string is named by its type.
        if (lua_type(L, -2) != LUA_TSTRING) {
            lua_pushfstring(L, "(a %s key)", luaL_typename(L, -2));
            lua_replace(L, -3);
        }
        lua_rawset(L, entries);
        lua_pop(L, 1);
    }
    hl_encode(L, entries, payload, 0);
}

static int load_body(lua_State *L)
{
    const request *request = lua_touserdata(L, 1);
    hl_begin_call(request->vm);
    hl_push_module(L, request->name);
    if (!lua_istable(L, -1)) {
        hl_raise(L, HL_CONTRACT, lua_isboolean(L, -1) && lua_toboolean(L, -1)
                     ? "the script returns nothing; it must end with 'return { … }', a table of hooks"
                     : "the script returns a %s; it must end with 'return { … }', a table of hooks", luaL_typename(L, -1));
    }
    hl_push_kept(L, HL_KEPT_SCRIPTS);
    int32_t number = (int32_t)lua_rawlen(L, -1) + 1;
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, number);
    lua_pop(L, 1);
    hl_put_u32(request->payload, (uint32_t)number);
    encode_entries(L, lua_gettop(L), request->payload);
    return 0;
}

int32_t hl_load_script(hl_vm *vm, const char *module, hl_buffer *payload, hl_error *error)
{
    request request = {.vm = vm, .name = module, .payload = payload};
    hl_begin_work(vm, 0);
    hl_random_reseed(&vm->random, (uint64_t)-1);
    vm->relied_on = 0;
    int32_t status = hl_protect(vm, load_body, &request, error);
    hl_note_start(vm);
    return status;
}

static int function_body(lua_State *L)
{
    const request *request = lua_touserdata(L, 1);
    hl_push_kept(L, HL_KEPT_SCRIPTS);
    lua_rawgeti(L, -1, request->script);
    if (!lua_istable(L, -1)) hl_raise(L, HL_MISUSE, "there is no script %d", (int)request->script);
    lua_pushstring(L, request->name);
    lua_rawget(L, -2);
    int32_t number = 0;
    if (lua_isfunction(L, -1)) {
        hl_push_kept(L, HL_KEPT_FUNCTIONS);
        number = (int32_t)lua_rawlen(L, -1) + 1;
        lua_insert(L, -2);
        lua_rawseti(L, -2, number);
    }
    hl_put_u32(request->payload, (uint32_t)number);
    return 0;
}

int32_t hl_find_function(hl_vm *vm, int32_t script, const char *name, hl_buffer *payload, hl_error *error)
{
    request request = {.vm = vm, .name = name, .script = script, .payload = payload};
    return hl_protect(vm, function_body, &request, error);
}
