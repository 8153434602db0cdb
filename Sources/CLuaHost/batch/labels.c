// The labels that `breakdown` returns: each distinct text once, exactly as it is.

#include "batch.h"
#include "pipeline.h"
#include "text/text.h"
#include "vm/vm.h"

enum { MAX_LABELS = 10000 };

void hl_put_labels(hl_vm *vm, hl_buffer *answer)
{
    hl_texts_put(&vm->pipeline->labels, answer);
}

static void check(lua_State *L, int index, int function)
{
    if (lua_type(L, index) != LUA_TSTRING) {
        hl_raise_at(L, function, HL_CONTRACT,
                    "breakdown must return a string, a list of strings, or nil for the segment itself; one of its labels is a %s",
                    hl_is_null(L, index) ? "null" : luaL_typename(L, index));
    }
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    if (length == 0) hl_raise_at(L, function, HL_CONTRACT, "breakdown returned an empty label; nil means the segment itself");
    uint32_t limit = hl_vm_of(L)->limits.label_bytes;
    if (length > limit) hl_raise_at(L, function, HL_CONTRACT, "breakdown returned a label of more than %d bytes", (int)limit);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F) {
            hl_raise_at(L, function, HL_CONTRACT, "breakdown returned a label with a line break or another control character");
        }
    }
    if (!hl_is_utf8(text, length)) hl_raise_at(L, function, HL_ENCODING, "breakdown returned a label that is not UTF-8");
}

uint16_t hl_intern_label(lua_State *L, int index, int function)
{
    hl_push_kept(L, HL_KEPT_LABELS);
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNUMBER) {
        uint16_t number = (uint16_t)lua_tointeger(L, -1);
        lua_pop(L, 2);
        return number;
    }
    lua_pop(L, 1);
    check(L, index, function);
    hl_texts *labels = &hl_vm_of(L)->pipeline->labels;
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    if (labels->count == MAX_LABELS) {
        hl_raise_at(L, function, HL_CONTRACT, "breakdown has returned more than %d different labels; does every user have a label of their own?",
                    MAX_LABELS);
    }
    if (!hl_texts_add(labels, text, length)) hl_raise_at(L, function, HL_MEMORY, "the host has no memory for labels");
    lua_pushvalue(L, index);
    lua_pushinteger(L, (lua_Integer)labels->count - 1);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    return (uint16_t)(labels->count - 1);
}
