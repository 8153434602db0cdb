// Values that outlive a call: kept in the registry under small integers, which Lua looks up in an array.

#pragma once

#include <lua.h>

/// The slots.
enum {
    HL_KEPT_CONTEXT = 1,
    HL_KEPT_USER_METATABLE,
    HL_KEPT_FIELD_INDEXES,
    HL_KEPT_FIELD_NAMES,
    HL_KEPT_OVERLAY,
    HL_KEPT_OUTPUT_NAMES,
    HL_KEPT_REASONS,
    HL_KEPT_LABELS,
    HL_KEPT_FUNCTIONS,
    HL_KEPT_SCRIPTS,
    HL_KEPT_LOOKUPS,
    HL_KEPT_MODULES,
    HL_KEPT_GLOBALS,
    HL_KEPT_MESSAGE_KEY,
    HL_KEPT_ARRAY_METATABLE,
    HL_KEPT_PATTERNS,
    HL_KEPT_LOOKUP_METATABLE,
    HL_KEPT_ROW_METATABLE,
    HL_KEPT_END,
};

/// Fills every slot: a new table, or what the slot must hold before anything else is kept in it.
void hl_start_kept(lua_State *L);
/// Pops a value and keeps it in a slot.
void hl_keep(lua_State *L, int slot);
/// Pushes the value in a slot; never allocates.
void hl_push_kept(lua_State *L, int slot);
