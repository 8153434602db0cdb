#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "vm.h"

void hl_set_error_location(hl_vm *vm, const char *file, int line)
{
    snprintf(vm->error_file, sizeof vm->error_file, "%s", file);
    vm->error_line = line;
}

void hl_note_error_location(lua_State *L)
{
    lua_Debug activation;
    for (int level = 0; lua_getstack(L, level, &activation); level++) {
        if (!lua_getinfo(L, "Sl", &activation) || activation.currentline <= 0) continue;
        hl_set_error_location(hl_vm_of(L), activation.short_src, activation.currentline);
        return;
    }
}

_Noreturn void hl_raise(lua_State *L, int32_t status, const char *format, ...)
{
    hl_vm_of(L)->pending_status = status;
    va_list arguments;
    va_start(arguments, format);
    lua_pushvfstring(L, format, arguments);
    va_end(arguments);
    lua_error(L);
    abort();
}

_Noreturn void hl_raise_at(lua_State *L, int function, int32_t status, const char *format, ...)
{
    hl_vm *vm = hl_vm_of(L);
    lua_Debug definition;
    lua_pushvalue(L, function);
    if (lua_getinfo(L, ">S", &definition) && definition.linedefined > 0) {
        hl_set_error_location(vm, definition.short_src, definition.linedefined);
    }
    vm->pending_status = status;
    va_list arguments;
    va_start(arguments, format);
    lua_pushvfstring(L, format, arguments);
    va_end(arguments);
    lua_error(L);
    abort();
}
