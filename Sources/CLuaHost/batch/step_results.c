// What `filter` and `breakdown` return, checked and written into the batch.

#include <string.h>

#include "pipeline.h"
#include "vm/vm.h"

uint32_t hl_write_bytes(lua_State *L, const hl_batch *batch, int function, const void *bytes, size_t length)
{
    hl_slot *slot = batch->slot;
    uint64_t start = slot->written_length;
    if (length > slot->written_capacity - start) hl_raise_at(L, function, HL_CONTRACT, "the results of one batch are too large");
    memcpy(batch->written + start, bytes, length);
    slot->written_length = start + length;
    return (uint32_t)start;
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
    batch->reasons[batch->pipeline->row] = hl_intern_reason(L, -1);
    return false;
}

/// Adds a label to those of the row, unless it is already there. Returns how many there are.
static int add_label(uint16_t *labels, int count, uint16_t label)
{
    for (int i = 0; i < count; i++) {
        if (labels[i] == label) return count;
    }
    labels[count] = label;
    return count + 1;
}

/// Reads the list on top. Returns how many labels it holds.
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
    uint32_t row = batch->pipeline->row;
    batch->labels.starts[row] = hl_write_bytes(L, batch, function, labels, (size_t)count * sizeof *labels);
    batch->labels.counts[row] = (uint16_t)count;
}
