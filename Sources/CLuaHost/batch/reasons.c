// Why rows were dropped: each distinct text once, up to a maximum number.

#include "batch.h"
#include "pipeline.h"
#include "text/text.h"
#include "vm/vm.h"

enum { MAX_REASONS = 4000, REASON_BYTES = 200 };

// The first two reasons belong to the host.
enum { NO_REASON = 0, OTHER_REASONS = 1, FIRST_OF_SCRIPT = 2 };

bool hl_start_reasons(hl_pipeline *pipeline)
{
    static const char none[] = "no reason given", others[] = "other reasons";
    return hl_texts_add(&pipeline->reasons, none, sizeof none - 1) && hl_texts_add(&pipeline->reasons, others, sizeof others - 1);
}

void hl_put_reasons(hl_vm *vm, hl_buffer *answer)
{
    hl_texts_put(&vm->pipeline->reasons, answer);
}

/// Replaces the reason on top with its number, or nil.
static void look_up(lua_State *L)
{
    hl_push_kept(L, HL_KEPT_REASONS);
    lua_insert(L, -2);
    lua_rawget(L, -2);
    lua_remove(L, -2);
}

/// Pops the number on top.
static uint16_t pop_number(lua_State *L)
{
    uint16_t number = (uint16_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
    return number;
}

uint16_t hl_intern_reason(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index)) return NO_REASON;
    lua_pushvalue(L, index);
    look_up(L);
    if (!lua_isnil(L, -1)) return pop_number(L);
    lua_pop(L, 1);

    hl_texts *reasons = &hl_vm_of(L)->pipeline->reasons;
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    char kept[REASON_BYTES];
    size_t kept_length = hl_utf8_repair(text, length, kept, sizeof kept);
    if (kept_length == 0) return NO_REASON;
    lua_pushlstring(L, kept, kept_length);
    lua_pushvalue(L, -1);
    look_up(L);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        if (reasons->count >= MAX_REASONS + FIRST_OF_SCRIPT || !hl_texts_add(reasons, kept, kept_length)) {
            lua_pop(L, 1);
            return OTHER_REASONS;
        }
        hl_push_kept(L, HL_KEPT_REASONS);
        lua_pushvalue(L, -2);
        lua_pushinteger(L, (lua_Integer)reasons->count - 1);
        lua_rawset(L, -3);
        lua_pop(L, 1);
        lua_pushinteger(L, (lua_Integer)reasons->count - 1);
    }
    lua_remove(L, -2);
    return pop_number(L);
}
