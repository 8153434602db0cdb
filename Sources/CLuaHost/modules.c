// A package's own modules, held in memory: what `require` finds, and nothing else.

#include <stdlib.h>
#include <string.h>

#include "vm.h"

static char *copied(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy == NULL) return NULL;
    memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

static void free_source(hl_source *source)
{
    free(source->module);
    free(source->chunk);
    free(source->text);
    free(source->lines_run);
    free(source->functions_run);
}

int32_t hl_add_source(hl_vm *vm, const char *module, const char *chunk, const uint8_t *text, size_t length)
{
    hl_source *grown = realloc(vm->sources, (vm->source_count + 1) * sizeof *grown);
    if (grown == NULL) return HL_MEMORY;
    vm->sources = grown;
    // A byte order mark is no part of the text.
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    hl_source source = {.module = copied(module, strlen(module)), .text = copied((const char *)text, length), .length = length};
    source.chunk = malloc(strlen(chunk) + 2);
    if (source.module == NULL || source.chunk == NULL || source.text == NULL) {
        free_source(&source);
        return HL_MEMORY;
    }
    source.chunk[0] = '=';  // "The rest is the name itself": lua_load.
    strcpy(source.chunk + 1, chunk);
    vm->sources[vm->source_count++] = source;
    return HL_OK;
}

void hl_free_sources(hl_vm *vm)
{
    for (uint32_t i = 0; i < vm->source_count; i++) free_source(&vm->sources[i]);
    free(vm->sources);
}

const hl_source *hl_find_source(const hl_vm *vm, const char *module)
{
    for (uint32_t i = 0; i < vm->source_count; i++) {
        if (strcmp(vm->sources[i].module, module) == 0) return &vm->sources[i];
    }
    return NULL;
}

void hl_raise_unknown_module(lua_State *L, const char *module)
{
    hl_vm *vm = hl_vm_of(L);
    hl_nearest nearest;
    hl_nearest_begin(&nearest, module, strlen(module));
    for (uint32_t i = 0; i < vm->source_count; i++) {
        size_t length = strlen(vm->sources[i].module), wanted = strlen(module);
        bool is_inside = length > wanted + 1 && vm->sources[i].module[length - wanted - 1] == '.' &&
                         strcmp(vm->sources[i].module + length - wanted, module) == 0;
        if (is_inside) luaL_error(L, "the package has no module '%s'; did you mean '%s'?", module, vm->sources[i].module);
    }
    for (uint32_t i = 0; i < vm->source_count; i++) hl_nearest_consider(&nearest, vm->sources[i].module, strlen(vm->sources[i].module));
    if (nearest.best[0] != 0) luaL_error(L, "the package has no module '%s'; did you mean '%s'?", module, nearest.best);
    luaL_error(L, "the package has no module '%s'", module);
}

/// Compiles and runs a source; leaves what it returns.
static void run_source(lua_State *L, const hl_source *source)
{
    // Text only: bytecode is not verified, and made-up bytecode reads and writes memory at will.
    if (luaL_loadbufferx(L, source->text, source->length, source->chunk, "t") != LUA_OK) {
        hl_vm_of(L)->pending_status = HL_SYNTAX;
        lua_error(L);
    }
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);  // As Lua's own require: loaded, without a value.
    }
}

/// What stands for a module that runs in the present protected call; one that a failed call has left behind differs.
static void *running_mark(const hl_vm *vm)
{
    return (void *)(uintptr_t)vm->protected_calls;
}

/// Pushes what the module returns; runs it the first time that it is asked for.
void hl_push_module(lua_State *L, const char *module)
{
    const hl_source *source = hl_find_source(hl_vm_of(L), module);
    if (source == NULL) hl_raise_unknown_module(L, module);
    luaL_checkstack(L, 8, NULL);
    hl_push_kept(L, HL_KEPT_MODULES);
    int modules = lua_gettop(L);
    lua_getfield(L, modules, module);
    hl_vm *vm = hl_vm_of(L);
    bool is_running = lua_islightuserdata(L, -1) && lua_touserdata(L, -1) == running_mark(vm);
    if (is_running) luaL_error(L, "module '%s' requires itself, directly or through others", module);
    if (lua_isnil(L, -1) || lua_islightuserdata(L, -1)) {
        lua_pop(L, 1);
        // Marks a module that is still running: asking for it again would never end.
        lua_pushlightuserdata(L, running_mark(vm));
        lua_setfield(L, modules, module);
        run_source(L, source);
        lua_pushvalue(L, -1);
        lua_setfield(L, modules, module);
    }
    lua_remove(L, modules);
}

/// `require "lib.names"`.
int hl_require(lua_State *L)
{
    size_t length;
    const char *module = luaL_checklstring(L, 1, &length);
    luaL_argcheck(L, strlen(module) == length, 1, "not a module name");
    hl_push_module(L, module);
    return 1;
}
