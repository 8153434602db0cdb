// Why rows were dropped: each distinct text once, and only so many of them.

#include <stdlib.h>
#include <string.h>

#include "vm.h"

static bool add(hl_vm *vm, const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy == NULL) return false;
    memcpy(copy, text, length);
    copy[length] = 0;
    vm->reasons[vm->reason_count++] = (hl_text){copy, length, 0, -1};
    return true;
}

// The first two reasons are the host's own.
enum { NO_REASON = 0, OTHER_REASONS = 1, FIRST_OF_SCRIPT = 2 };

bool hl_start_reasons(hl_vm *vm)
{
    static const char none[] = "no reason given", others[] = "other reasons";
    return add(vm, none, sizeof none - 1) && add(vm, others, sizeof others - 1);
}

void hl_free_reasons(hl_vm *vm)
{
    for (uint32_t i = 0; i < vm->reason_count; i++) free(vm->reasons[i].text);
}

/// Pushes the number of the reason on top, or nil.
static void look_up(lua_State *L)
{
    hl_push_kept(L, HL_KEPT_REASONS);
    lua_insert(L, -2);
    lua_rawget(L, -2);
    lua_remove(L, -2);
}

static uint16_t found(lua_State *L)
{
    uint16_t number = (uint16_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
    return number;
}

/// The number of the reason at `index`: nil for none, else a string.
uint16_t hl_intern_reason(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index)) return NO_REASON;
    lua_pushvalue(L, index);
    look_up(L);
    if (!lua_isnil(L, -1)) return found(L);
    lua_pop(L, 1);

    hl_vm *vm = hl_vm_of(L);
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    char kept[HL_REASON_BYTES];
    size_t kept_length = hl_utf8_repair(text, length, kept, sizeof kept);
    if (kept_length == 0) return NO_REASON;
    lua_pushlstring(L, kept, kept_length);
    lua_pushvalue(L, -1);
    look_up(L);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        if (vm->reason_count >= HL_MAX_REASONS + FIRST_OF_SCRIPT || !add(vm, kept, kept_length)) {
            lua_pop(L, 1);
            return OTHER_REASONS;
        }
        hl_push_kept(L, HL_KEPT_REASONS);
        lua_pushvalue(L, -2);
        lua_pushinteger(L, (lua_Integer)vm->reason_count - 1);
        lua_rawset(L, -3);
        lua_pop(L, 1);
        lua_pushinteger(L, (lua_Integer)vm->reason_count - 1);
    }
    lua_remove(L, -2);
    return found(L);
}
