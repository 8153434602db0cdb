#include "description.h"

#include <lauxlib.h>
#include <stdio.h>

#define WRITE(w, ...) \
    ((w)->length += (w)->length < (w)->capacity \
         ? (size_t)snprintf((w)->bytes + (w)->length, (w)->capacity - (w)->length, __VA_ARGS__) : 0)

/// A Lua literal of the bytes.
static void write_literal(fuzz_text *w, const char *bytes, size_t length)
{
    WRITE(w, "\"");
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = (uint8_t)bytes[i];
        if (byte < ' ' || byte > '~') WRITE(w, "\\x%02x", byte);
        else WRITE(w, "%s%c", byte == '"' || byte == '\\' ? "\\" : "", byte);
    }
    WRITE(w, "\"");
}

void write_results(fuzz_text *w, lua_State *L, const char *whose, int first, int count, int status)
{
    WRITE(w, "\n  %s%s", whose, status == LUA_OK ? "" : " raises");
    for (int i = first; i < first + count; i++) {
        size_t length;
        const char *text = luaL_tolstring(L, i, &length);
        WRITE(w, " ");
        if (lua_type(L, i) == LUA_TSTRING) write_literal(w, text, length);
        else WRITE(w, "%s", text);
        lua_pop(L, 1);
    }
}

void write_call(fuzz_text *w, const fuzz_case *call, uint64_t seed, uint64_t number)
{
    static const char *const names[] = {"find", "match", "gmatch", "gsub"};
    WRITE(w, "seed %llu, case %llu: string.%s(", (unsigned long long)seed, (unsigned long long)number, names[call->function]);
    write_literal(w, call->subject, call->subject_length);
    WRITE(w, ", ");
    write_literal(w, call->pattern, call->pattern_length);
    if (call->function == PATTERN_GSUB) {
        static const char *const kinds[] = {"", ", a number", ", the table", ", the function"};
        if (call->replacement == REPLACE_BY_TEXT) {
            WRITE(w, ", ");
            write_literal(w, call->text, call->text_length);
        }
        WRITE(w, "%s", kinds[call->replacement]);
        if (call->has_count) WRITE(w, ", %lld", (long long)call->count);
    } else if (call->has_init) {
        WRITE(w, ", %lld", (long long)call->init);
    } else if (call->is_plain) {
        WRITE(w, ", nil");
    }
    WRITE(w, call->is_plain ? ", true)" : ")");
}
