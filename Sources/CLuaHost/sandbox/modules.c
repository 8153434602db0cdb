#include "modules.h"

#include <string.h>

#include "CLuaSlot.h"
#include "functions.h"
#include "text/text.h"
#include "vm/vm.h"

static void raise_unknown_module(lua_State *L, const char *module)
{
    hl_vm *vm = hl_vm_of(L);
    hl_nearest nearest;
    hl_nearest_begin(&nearest, module, strlen(module));
    for (uint32_t i = 0; i < vm->sources.count; i++) {
        size_t length = strlen(vm->sources.all[i].name), wanted = strlen(module);
        bool is_inside = length > wanted + 1 && vm->sources.all[i].name[length - wanted - 1] == '.' &&
                         strcmp(vm->sources.all[i].name + length - wanted, module) == 0;
        if (is_inside) luaL_error(L, "the package has no module '%s'; did you mean '%s'?", module, vm->sources.all[i].name);
    }
    for (uint32_t i = 0; i < vm->sources.count; i++) hl_nearest_consider(&nearest, vm->sources.all[i].name, strlen(vm->sources.all[i].name));
    if (nearest.best[0] != 0) luaL_error(L, "the package has no module '%s'; did you mean '%s'?", module, nearest.best);
    luaL_error(L, "the package has no module '%s'", module);
}

const hl_source *hl_check_module(lua_State *L, const char *module)
{
    const hl_source *source = hl_find_source(&hl_vm_of(L)->sources, module);
    if (source == NULL) raise_unknown_module(L, module);
    return source;
}

/// Compiles and runs a source; leaves what it returns on the stack.
static void run_source(lua_State *L, const hl_source *source)
{
    // Text only: Lua does not verify bytecode, and crafted bytecode reads and writes memory at will.
    if (luaL_loadbufferx(L, source->text, source->length, source->chunk, "t") != LUA_OK) {
        hl_vm_of(L)->pending_status = HL_SYNTAX;
        lua_error(L);
    }
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);  // Like Lua's own require: loaded, without a value.
    }
}

/// Marks a module that is running in the current protected call; a mark that a failed call left behind differs.
static void *running_mark(const hl_vm *vm)
{
    return (void *)(uintptr_t)vm->protected_calls;
}

void hl_push_module(lua_State *L, const char *module)
{
    const hl_source *source = hl_check_module(L, module);
    luaL_checkstack(L, 8, NULL);
    hl_push_kept(L, HL_KEPT_MODULES);
    int modules = lua_gettop(L);
    lua_getfield(L, modules, module);
    hl_vm *vm = hl_vm_of(L);
    bool is_running = lua_islightuserdata(L, -1) && lua_touserdata(L, -1) == running_mark(vm);
    if (is_running) luaL_error(L, "module '%s' requires itself, directly or through another module", module);
    if (lua_isnil(L, -1) || lua_islightuserdata(L, -1)) {
        lua_pop(L, 1);
        // Requiring a module that is still running would never end.
        lua_pushlightuserdata(L, running_mark(vm));
        lua_setfield(L, modules, module);
        // What a module does when it is loaded, it does once.
        vm->relied_on |= HL_RELIES_ON_BEING_FIRST;
        run_source(L, source);
        lua_pushvalue(L, -1);
        lua_setfield(L, modules, module);
    }
    lua_remove(L, modules);
}

int hl_require(lua_State *L)
{
    size_t length;
    const char *module = luaL_checklstring(L, 1, &length);
    luaL_argcheck(L, strlen(module) == length, 1, "not a module name");
    hl_push_module(L, module);
    return 1;
}
