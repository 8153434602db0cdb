// Compiled patterns, kept by their text.

#include "pattern.h"
#include "vm/vm.h"

enum { MOST_CACHED = 128 };

/// Pushes the table of compiled patterns by their text; a full one is thrown away.
static void push_cache(lua_State *L)
{
    hl_vm *vm = hl_vm_of(L);
    if (vm->cached_patterns >= MOST_CACHED) {
        lua_newtable(L);
        hl_keep(L, HL_KEPT_PATTERNS);
        vm->cached_patterns = 0;
    }
    hl_push_kept(L, HL_KEPT_PATTERNS);
}

const hl_pattern *hl_push_pattern(lua_State *L, int index, bool anchors)
{
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    // Only a leading `^` reads differently without anchors.
    if (!anchors && length > 0 && *text == '^') return hl_compile_pattern(L, text, length, false);
    push_cache(L);
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        hl_charge(L, 10 + length);
        hl_compile_pattern(L, text, length, true);
        lua_pushvalue(L, index);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
        hl_vm_of(L)->cached_patterns++;
    }
    lua_remove(L, -2);
    return lua_touserdata(L, -1);
}
