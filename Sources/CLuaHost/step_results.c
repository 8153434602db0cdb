// What the functions of the steps return, checked and written into the batch.

#include <string.h>

#include "batch.h"

/// Writes bytes into the batch's room for them; returns where they start.
static uint32_t write_bytes(lua_State *L, const hl_batch *batch, int function, const void *bytes, size_t length)
{
    hl_slot *slot = batch->slot;
    uint64_t start = slot->written_length;
    if (length > slot->written_capacity - start) hl_raise_at(L, function, HL_CONTRACT, "the results of one batch are too large");
    memcpy(batch->written + start, bytes, length);
    slot->written_length = start + length;
    return (uint32_t)start;
}

/// Writes a text into an output field of the current row.
static void write_text(lua_State *L, const hl_batch *batch, uint32_t number, int function, const char *text, size_t length)
{
    const hl_output *output = &batch->outputs[number];
    uint32_t row = batch->vm->row;
    output->starts[row] = write_bytes(L, batch, function, text, length);
    output->lengths[row] = (uint32_t)length;
    output->states[row] = HL_MAPPED_SET;
}

/// Writes all that the mapping says so far into the output for it.
static void write_mapping(lua_State *L, const hl_batch *batch, int function)
{
    hl_push_kept(L, HL_KEPT_OVERLAY);
    hl_push_encoded_json(L, lua_gettop(L));
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    if (length > HL_MAPPED_BYTES) hl_raise_at(L, function, HL_CONTRACT, "map returns more than %d bytes in all", HL_MAPPED_BYTES);
    write_text(L, batch, (uint32_t)batch->vm->mapping_output, function, text, length);
    lua_pop(L, 2);
}

/// Writes the value on top into an output field of the current row.
static void write_output(lua_State *L, const hl_batch *batch, uint32_t number, int function)
{
    if (hl_is_null(L, -1)) {
        batch->outputs[number].states[batch->vm->row] = HL_MAPPED_CLEARED;
        return;
    }
    const char *name = lua_tostring(L, hl_at_outputs(batch->vm) + (int)number);
    if (lua_type(L, -1) != LUA_TSTRING) {
        hl_raise_at(L, function, HL_CONTRACT, "map returns a %s for '%s'; it must be a string, or hookline.null to clear the field",
                    luaL_typename(L, -1), name);
    }
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    if (length > HL_MAPPED_BYTES) hl_raise_at(L, function, HL_CONTRACT, "map returns more than %d bytes for '%s'", HL_MAPPED_BYTES, name);
    if (!hl_is_utf8(text, length)) {
        hl_raise_at(L, function, HL_ENCODING, "map returns text that is not UTF-8 for '%s'", name);
    }
    write_text(L, batch, number, function, text, length);
}

static void check_mapped_pair(lua_State *L, int function)
{
    if (lua_type(L, -2) != LUA_TSTRING) {
        hl_raise_at(L, function, HL_CONTRACT, "map returns a table with a %s as a key; it must be { field = value, … }",
                    luaL_typename(L, -2));
    }
    switch (lua_type(L, -1)) {
    case LUA_TSTRING:
    case LUA_TNUMBER:
    case LUA_TBOOLEAN:
    case LUA_TTABLE: return;
    default:
        if (hl_is_null(L, -1)) return;
        char name[HL_NAME_BYTES + 1];
        size_t length;
        const char *key = lua_tolstring(L, -2, &length);
        name[hl_utf8_repair(key, length, name, HL_NAME_BYTES)] = 0;
        hl_raise_at(L, function, HL_CONTRACT,
                    "map returns a %s for '%s'; a field is a string, a number, a boolean, a table or hookline.null",
                    luaL_typename(L, -1), name);
    }
}

void hl_take_mapping(lua_State *L, const hl_batch *batch, int function, bool is_last)
{
    if (lua_isnil(L, -1)) return;
    if (!lua_istable(L, -1)) {
        hl_raise_at(L, function, HL_CONTRACT, "map must return a table of fields, or nil to leave the user as it is; it returned a %s",
                    lua_isuserdata(L, -1) && !hl_is_null(L, -1) ? "user" : luaL_typename(L, -1));
    }
    int table = lua_gettop(L), count = (int)batch->vm->output_count;
    luaL_checkstack(L, count + 4, NULL);
    lua_settop(L, table + count);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        check_mapped_pair(L, function);
        for (int i = 0; i < count; i++) {
            // A field of the user's may be called like the outputs that stand for more than a field.
            if (i == batch->vm->mapping_output || i == batch->vm->place_output) continue;
            if (!lua_rawequal(L, -2, hl_at_outputs(batch->vm) + i)) continue;
            lua_pushvalue(L, -1);
            lua_replace(L, table + 1 + i);
        }
        lua_pop(L, 1);
    }
    // Only when all of the mapping is found good: a part of a refused one must not stand.
    for (int i = count - 1; i >= 0; i--) {
        if (!lua_isnil(L, -1)) write_output(L, batch, (uint32_t)i, function);
        lua_pop(L, 1);
    }
    // Nobody reads the overlay after the last step, unless somebody wants to see it.
    if (is_last && batch->vm->mapping_output < 0) return;
    hl_lay_over(L, table);
    if (batch->vm->mapping_output >= 0) write_mapping(L, batch, function);
}

bool hl_take_verdict(lua_State *L, const hl_batch *batch, int function)
{
    if (lua_type(L, -2) != LUA_TBOOLEAN) {
        hl_raise_at(L, function, HL_CONTRACT, "filter must return true, or false and a reason; it returned %s",
                    lua_isnil(L, -2) ? "nil: is there a path without a return?" : lua_pushfstring(L, "a %s", luaL_typename(L, -2)));
    }
    if (lua_toboolean(L, -2)) return true;
    if (!lua_isnil(L, -1) && lua_type(L, -1) != LUA_TSTRING) {
        hl_raise_at(L, function, HL_CONTRACT, "filter's reason must be a string; it is a %s", luaL_typename(L, -1));
    }
    batch->reasons[batch->vm->row] = hl_intern_reason(L, -1);
    return false;
}

/// Adds a label to those of the row, unless it is among them.
static int add_label(uint16_t *labels, int count, uint16_t label)
{
    for (int i = 0; i < count; i++) {
        if (labels[i] == label) return count;
    }
    labels[count] = label;
    return count + 1;
}

/// Reads the list on top; returns how many labels it holds.
static int read_list(lua_State *L, uint16_t *labels, int function)
{
    int list = lua_gettop(L);
    hl_unwrap_list(L, list);
    lua_Unsigned length = lua_rawlen(L, list);
    if (length == 0) {
        hl_raise_at(L, function, HL_CONTRACT,
                    "breakdown returned a table without labels; it must return a string, a list of strings, or nil for the segment itself");
    }
    if (length > HL_ROW_LABELS) hl_raise_at(L, function, HL_CONTRACT, "breakdown gives a user more than %d labels", HL_ROW_LABELS);
    int count = 0;
    for (lua_Unsigned i = 1; i <= length; i++) {
        lua_rawgeti(L, list, (lua_Integer)i);
        count = add_label(labels, count, hl_intern_label(L, lua_gettop(L), function));
        lua_pop(L, 1);
    }
    return count;
}

void hl_take_labels(lua_State *L, const hl_batch *batch, int function)
{
    if (lua_isnil(L, -1)) return;
    uint16_t labels[HL_ROW_LABELS];
    int count = 1;
    if (lua_istable(L, -1)) count = read_list(L, labels, function);
    else labels[0] = hl_intern_label(L, lua_gettop(L), function);
    uint32_t row = batch->vm->row;
    batch->label_starts[row] = write_bytes(L, batch, function, labels, (size_t)count * sizeof *labels);
    batch->label_counts[row] = (uint16_t)count;
}
