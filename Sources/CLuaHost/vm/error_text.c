// From a raised Lua value to a location and a text.

#include <stdio.h>
#include <string.h>

#include "vm.h"

static bool is_file(const hl_vm *vm, const char *name)
{
    for (uint32_t i = 0; i < vm->sources.count; i++) {
        if (strcmp(vm->sources.all[i].chunk + 1, name) == 0) return true;
    }
    return false;
}

/// The length of a leading `file:line: `, or 0 when there is none; the location it names becomes the error's.
static size_t take_position(hl_vm *vm, const char *text, size_t length)
{
    size_t limit = length < HL_FILE_BYTES + 12 ? length : HL_FILE_BYTES + 12;
    for (size_t colon = 1; colon + 1 < limit; colon++) {
        if (text[colon] == '\n') return 0;
        if (text[colon] != ':') continue;
        size_t end = colon + 1;
        int line = 0;
        while (end < limit && text[end] >= '0' && text[end] <= '9' && line < 10000000) line = line * 10 + (text[end++] - '0');
        if (end == colon + 1 || end + 1 >= length || text[end] != ':' || text[end + 1] != ' ' || colon >= HL_FILE_BYTES) continue;
        char file[HL_FILE_BYTES];
        memcpy(file, text, colon);
        file[colon] = 0;
        // A script may write whatever it likes before a colon; only a file of the package counts as a location.
        if (!is_file(vm, file)) return 0;
        hl_set_error_location(vm, file, line);
        return end + 2;
    }
    return 0;
}

static void set_message(hl_vm *vm, hl_error *error, const char *text, size_t length)
{
    if (length > HL_ERROR_BYTES) length = HL_ERROR_BYTES;
    memmove(vm->message, text, length);
    vm->message[length] = 0;
    error->message = vm->message;
    error->message_length = length;
}

static const char *grouped(uint64_t number, char out[32])
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    int written = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) out[written++] = ',';
        out[written++] = digits[i];
    }
    out[written] = 0;
    return out;
}

static void describe_limit(hl_vm *vm, hl_error *error)
{
    char text[256], number[32];
    switch (error->status) {
    case HL_INSTRUCTIONS:
        snprintf(text, sizeof text, "used up the %s instructions of one call (limits: instructions); is there an endless loop?",
                 grouped(vm->limits.instructions, number));
        break;
    case HL_PATTERN_STEPS:
        snprintf(text, sizeof text, "used up the %s pattern steps of one call (limits: pattern_steps); the pattern has too many ways to match",
                 grouped(vm->limits.pattern_steps, number));
        break;
    case HL_PROCESSOR_TIME:
        snprintf(text, sizeof text, "used up the %s ms of processor time for one batch (limits: cpu)",
                 grouped(vm->limits.processor_nanoseconds / 1000000, number));
        break;
    default:
        snprintf(text, sizeof text, "needs more than the %s MB of memory that a script may use (limits: memory)",
                 grouped(vm->limits.memory_bytes >> 20, number));
    }
    set_message(vm, error, text, strlen(text));
}

static void describe_value(hl_vm *vm, hl_error *error)
{
    lua_State *L = vm->lua;
    char text[64];
    switch (lua_type(L, -1)) {
    case LUA_TSTRING: {
        size_t length;
        const char *raised = lua_tolstring(L, -1, &length);
        size_t skipped = take_position(vm, raised, length);
        set_message(vm, error, raised + skipped, length - skipped);
        return;
    }
    case LUA_TNUMBER:
        // Not lua_tolstring: it would make a string, and this is not a protected call.
        if (lua_isinteger(L, -1)) snprintf(text, sizeof text, "%lld", (long long)lua_tointeger(L, -1));
        else snprintf(text, sizeof text, "%.14g", lua_tonumber(L, -1));
        break;
    case LUA_TNIL: snprintf(text, sizeof text, "(error without a message)"); break;
    default: snprintf(text, sizeof text, "(error object is a %s)", lua_typename(L, lua_type(L, -1)));
    }
    set_message(vm, error, text, strlen(text));
}

void hl_fill_error(hl_vm *vm, int lua_status, hl_error *error)
{
    error->status = vm->doomed != HL_OK ? vm->doomed : lua_status == LUA_ERRMEM ? HL_MEMORY : vm->pending_status;
    bool is_limit = error->status >= HL_INSTRUCTIONS && error->status <= HL_PATTERN_STEPS;
    if (is_limit) describe_limit(vm, error);
    else describe_value(vm, error);
    error->file = vm->error_file;
    error->line = vm->error_line;
}
