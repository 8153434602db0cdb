// From the table of entries to the global `hookline`.

#include <string.h>

#include "items.h"
#include "library.h"
#include "text/text.h"
#include "vm/vm.h"

static void push_entry(lua_State *L, const hl_library_entry *entry)
{
    if (entry->function == NULL) {
        lua_pushlightuserdata(L, hl_null());
    } else if (entry->function == hl_log_values) {
        lua_pushinteger(L, entry->level);
        lua_pushcclosure(L, entry->function, 1);
    } else {
        lua_pushcfunction(L, entry->function);
    }
}

/// The length of the part of a name before its dot; 0 when there is none.
static size_t group_length(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot == NULL ? 0 : (size_t)(dot - name);
}

/// Adds the entries of the group that begins at `first` to the table on top. Returns where the next group begins.
static uint32_t add_group(lua_State *L, uint32_t first)
{
    const char *name = hl_library_entry_at(first)->item.name;
    size_t length = group_length(name);
    uint32_t i = first;
    lua_newtable(L);
    for (; i < hl_library_count(); i++) {
        const hl_library_entry *entry = hl_library_entry_at(i);
        if (group_length(entry->item.name) != length || memcmp(entry->item.name, name, length) != 0) break;
        push_entry(L, entry);
        lua_setfield(L, -2, entry->item.name + length + 1);
    }
    char label[HL_NAME_BYTES] = "hookline.";
    strncat(label, name, length);
    hl_freeze(L, HL_VIEW_LIBRARY, label);
    lua_setfield(L, -2, label + 9);
    return i;
}

void hl_add_hookline(lua_State *L)
{
    hl_make_array_metatable(L);
    hl_make_lookup_metatables(L);
    lua_pushinteger(L, HL_LOG_INFO);
    lua_pushcclosure(L, hl_log_values, 1);
    lua_setfield(L, -2, "print");
    lua_newtable(L);
    for (uint32_t i = 0; i < hl_library_count();) {
        const hl_library_entry *entry = hl_library_entry_at(i);
        if (group_length(entry->item.name) > 0) {
            i = add_group(L, i);
        } else {
            push_entry(L, entry);
            lua_setfield(L, -2, entry->item.name);
            i++;
        }
    }
    hl_freeze(L, HL_VIEW_LIBRARY, "hookline");
    lua_setfield(L, -2, "hookline");
}
