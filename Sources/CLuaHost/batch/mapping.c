// What `map` returns, checked, laid over the row and written into the batch.

#include "pipeline.h"
#include "recording.h"
#include "text/text.h"
#include "vm/vm.h"

/// Makes a text that of the current row.
static void write_text(lua_State *L, const hl_batch *batch, const hl_row_texts *texts, int function, const char *text, size_t length)
{
    uint32_t row = batch->pipeline->row;
    texts->starts[row] = hl_write_bytes(L, batch, function, text, length);
    texts->lengths[row] = (uint32_t)length;
    texts->states[row] = HL_MAPPED_SET;
}

/// How much of the batch's space the current row's mapping may take, so that results always have room.
static size_t recording_room(const hl_batch *batch)
{
    const hl_slot *slot = batch->slot;
    size_t share = (size_t)(slot->written_capacity - slot->written_length) / (2 * (size_t)(slot->row_count - batch->pipeline->row));
    return share < HL_MAPPED_BYTES ? share : HL_MAPPED_BYTES;
}

/// Writes everything mapped so far, as JSON.
static void write_mapping(lua_State *L, const hl_batch *batch, int function)
{
    const hl_row_texts *texts = &batch->mapping;
    uint32_t row = batch->pipeline->row;
    // Instead of what an earlier `map` wrote.
    bool is_last = texts->states[row] == HL_MAPPED_SET && texts->starts[row] + texts->lengths[row] == batch->slot->written_length;
    if (is_last) batch->slot->written_length = texts->starts[row];
    char text[HL_MAPPED_BYTES];
    hl_push_kept(L, HL_KEPT_OVERLAY);
    size_t length = hl_record_mapping(L, lua_gettop(L), text, recording_room(batch));
    if (length > 0) write_text(L, batch, texts, function, text, length);
    lua_pop(L, 1);
}

/// Writes the value on top as the mapped value of an output field.
static void write_output(lua_State *L, const hl_batch *batch, uint32_t number, int function)
{
    if (hl_is_null(L, -1)) {
        batch->outputs[number].states[batch->pipeline->row] = HL_MAPPED_CLEARED;
        return;
    }
    const char *name = lua_tostring(L, hl_at_outputs(batch->pipeline) + (int)number);
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
    write_text(L, batch, &batch->outputs[number], function, text, length);
}

static void check_mapped_pair(lua_State *L, int function)
{
    if (lua_type(L, -2) != LUA_TSTRING) {
        hl_raise_at(L, function, HL_CONTRACT, "map returns a table with a %s key; it must be { field = value, … }",
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
        hl_raise_at(L, function, HL_CONTRACT, "map must return a table of fields, or nil to leave the user unchanged; it returned a %s",
                    lua_isuserdata(L, -1) && !hl_is_null(L, -1) ? "user" : luaL_typename(L, -1));
    }
    int table = lua_gettop(L), count = (int)batch->pipeline->output_count;
    luaL_checkstack(L, count + 4, NULL);
    lua_settop(L, table + count);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        check_mapped_pair(L, function);
        for (int i = 0; i < count; i++) {
            if (!lua_rawequal(L, -2, hl_at_outputs(batch->pipeline) + i)) continue;
            lua_pushvalue(L, -1);
            lua_replace(L, table + 1 + i);
        }
        lua_pop(L, 1);
    }
    // Only once all of the mapping is valid: no part of a rejected one may remain.
    for (int i = count - 1; i >= 0; i--) {
        if (!lua_isnil(L, -1)) write_output(L, batch, (uint32_t)i, function);
        lua_pop(L, 1);
    }
    // Nobody reads the overlay after the last step, unless the whole mapping is wanted.
    bool wants_mapping = batch->pipeline->wants & HL_WANTS_MAPPING;
    if (is_last && !wants_mapping) return;
    hl_lay_over(L, table);
    if (wants_mapping) write_mapping(L, batch, function);
}
