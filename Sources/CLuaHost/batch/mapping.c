// What `map` returns, checked, laid over the row and written into the batch.

#include <string.h>

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

/// Whether a text is what the row has in the output's column, as far as the batch holds it.
static bool is_own(const hl_pipeline *pipeline, uint32_t number, const char *text, size_t length)
{
    if (pipeline->output_columns[number] < 0) return false;
    const hl_column *column = &pipeline->columns[pipeline->output_columns[number]];
    uint32_t row = pipeline->row;
    if (column->type != HL_TEXT || column->valid == NULL || column->valid[row] != 1) return false;
    uint32_t start = column->offsets[row];
    return column->offsets[row + 1] - start == length && memcmp(column->bytes + start, text, length) == 0;
}

/// Writes the value on top as the mapped value of an output field. One that the row has anyway is left out, as if no `map` had set it.
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
    if (is_own(batch->pipeline, number, text, length)) {
        batch->outputs[number].states[batch->pipeline->row] = HL_MAPPED_ABSENT;
        return;
    }
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
    const hl_pipeline *pipeline = batch->pipeline;
    bool wants_mapping = pipeline->wants & HL_WANTS_MAPPING;
    // Nobody reads the overlay after the last step, unless the whole mapping is wanted.
    bool is_read = !is_last || wants_mapping;
    int table = lua_gettop(L);
    luaL_checkstack(L, 8, NULL);
    // What is laid over a row without an overlay does not show before all of it is valid.
    bool is_first = is_read && !pipeline->has_overlay;
    if (is_first) hl_begin_overlay(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        check_mapped_pair(L, function);
        if (is_first) hl_put_overlay(L, table + 1);
        else lua_pop(L, 1);
    }
    // Only once all of the mapping is valid: no part of a rejected one may remain.
    for (uint32_t i = 0; i < pipeline->output_count; i++) {
        lua_pushvalue(L, hl_at_outputs(pipeline) + (int)i);
        if (lua_rawget(L, table) != LUA_TNIL) write_output(L, batch, i, function);
        lua_pop(L, 1);
    }
    if (is_first) hl_end_overlay(L, table);
    else if (is_read) hl_lay_over(L, table);
    if (wants_mapping) write_mapping(L, batch, function);
}
