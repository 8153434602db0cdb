// Scripts: the tables of functions that a package's files return.

#include "vm.h"

typedef struct {
    hl_vm *vm;
    const char *name;
    int32_t script;
    int32_t *result;
    hl_buffer *buffer;
} request;

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
    *request->result = (int32_t)lua_rawlen(L, -1) + 1;
    lua_insert(L, -2);
    lua_rawseti(L, -2, *request->result);
    return 0;
}

int32_t hl_load_script(hl_vm *vm, const char *module, int32_t *script, hl_error *error)
{
    *script = 0;
    request request = {.vm = vm, .name = module, .result = script};
    hl_begin_work(vm, 0);
    hl_random_reseed(vm, (uint64_t)-1);
    return hl_protect(vm, load_body, &request, error);
}

static void push_script(lua_State *L, int32_t script)
{
    hl_push_kept(L, HL_KEPT_SCRIPTS);
    lua_rawgeti(L, -1, script);
    if (!lua_istable(L, -1)) hl_raise(L, HL_MISUSE, "there is no script %d", (int)script);
}

static int entries_body(lua_State *L)
{
    const request *request = lua_touserdata(L, 1);
    push_script(L, request->script);
    int script = lua_gettop(L);
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, script)) {
        lua_pushvalue(L, -2);
        lua_pushstring(L, luaL_typename(L, -2));
        // A key that is no string is named by what it is.
        if (lua_type(L, -2) != LUA_TSTRING) {
            lua_pushfstring(L, "(a %s key)", luaL_typename(L, -2));
            lua_replace(L, -3);
        }
        lua_rawset(L, script + 1);
        lua_pop(L, 1);
    }
    hl_encode(L, script + 1, request->buffer, 0);
    return 0;
}

int32_t hl_script_entries(hl_vm *vm, int32_t script, hl_buffer *entries, hl_error *error)
{
    request request = {.vm = vm, .script = script, .buffer = entries};
    return hl_protect(vm, entries_body, &request, error);
}

static int function_body(lua_State *L)
{
    const request *request = lua_touserdata(L, 1);
    push_script(L, request->script);
    lua_pushstring(L, request->name);
    lua_rawget(L, -2);
    if (!lua_isfunction(L, -1)) return 0;
    hl_push_kept(L, HL_KEPT_FUNCTIONS);
    *request->result = (int32_t)lua_rawlen(L, -1) + 1;
    lua_insert(L, -2);
    lua_rawseti(L, -2, *request->result);
    return 0;
}

int32_t hl_script_function(hl_vm *vm, int32_t script, const char *name, int32_t *function, hl_error *error)
{
    *function = 0;
    request request = {.vm = vm, .name = name, .script = script, .result = function};
    return hl_protect(vm, function_body, &request, error);
}
