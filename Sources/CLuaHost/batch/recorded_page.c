// JSON of limited length: strings, and signs for what JSON cannot hold.

#include "recorded_page.h"

#include <stdio.h>
#include <string.h>

#include "text/text.h"
#include "vm/vm.h"

static void add(hl_page *out, const char *text, size_t length)
{
    if (length > out->capacity - out->length) out->is_full = true;
    if (out->is_full) return;
    memcpy(out->bytes + out->length, text, length);
    out->length += length;
}

void hl_page_add_text(hl_page *out, const char *text)
{
    add(out, text, strlen(text));
}

static void add_escaped(hl_page *out, const char *text, size_t length)
{
    add(out, "\"", 1);
    for (size_t i = 0; i < length && !out->is_full; i++) {
        unsigned char byte = (unsigned char)text[i];
        char escape[8];
        if (byte == '"' || byte == '\\') snprintf(escape, sizeof escape, "\\%c", byte);
        else if (byte < 0x20) snprintf(escape, sizeof escape, "\\u%04x", byte);
        else snprintf(escape, sizeof escape, "%c", byte);
        add(out, escape, byte == 0 ? 6 : strlen(escape));
    }
    add(out, "\"", 1);
}

void hl_page_add_string(lua_State *L, const char *text, size_t length, hl_page *out)
{
    if (length > out->capacity) out->is_full = true;
    if (out->is_full) return;
    if (hl_is_utf8(text, length)) {
        add_escaped(out, text, length);
        return;
    }
    char *repaired = lua_newuserdatauv(L, 3 * length, 0);
    add_escaped(out, repaired, hl_utf8_repair(text, length, repaired, 3 * length));
    lua_pop(L, 1);
}

/// Adds a value that JSON cannot hold.
void hl_page_add_sign(hl_page *out, const char *what)
{
    hl_page_add_text(out, "\"(");
    hl_page_add_text(out, what);
    hl_page_add_text(out, ")\"");
}
