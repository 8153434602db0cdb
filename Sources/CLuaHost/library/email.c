// `hookline.email`: the rules by which the engine itself reads addresses (EmailAddress in HooklineCore). A test compares the two.

#include <string.h>

#include "items.h"
#include "text/text.h"

// RFC 5321 §4.5.3.1.3, minus the brackets of a path; a normalized letter takes at most twice its bytes.
enum { ADDRESS_LIMIT = 254, LOCAL_LIMIT = 64, LABEL_LIMIT = 63, ROOM = ADDRESS_LIMIT * 4 };

typedef struct {
    char bytes[ROOM];
    size_t length;
    /// Where the domain starts; 0 when this is not an address.
    size_t domain;
} address;

static bool is_ascii_space(char byte)
{
    return byte == ' ' || (byte >= 9 && byte <= 13);
}

/// Lowercases into the address. Returns whether all of it is ASCII.
static bool lower(const char *text, size_t length, address *out)
{
    bool ascii = true;
    out->length = 0;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += hl_utf8_read(text + i, &code);
        ascii = ascii && code < 0x80;
        // The one letter that becomes two: a dotted capital I.
        if (code == 0x130) out->bytes[out->length++] = 'i';
        out->length += hl_utf8_write(code == 0x130 ? 0x307 : hl_lower_code(code), out->bytes + out->length);
    }
    return ascii;
}

/// Whether marks can cling to this white space; they cling neither to control characters nor to line separators.
static bool takes_marks(uint32_t space)
{
    return space > 13 && space != 0x85 && space != 0x2028 && space != 0x2029;
}

static size_t trimmed_start(const address *text)
{
    size_t start = 0;
    while (start < text->length) {
        uint32_t code;
        size_t next = start + hl_utf8_read(text->bytes + start, &code);
        if (!hl_is_space(code)) break;
        bool takes = takes_marks(code);
        start = next;
        while (takes && start < text->length) {
            next = start + hl_utf8_read(text->bytes + start, &code);
            if (!hl_is_clinging(code)) break;
            start = next;
        }
    }
    return start;
}

static size_t trimmed_end(const address *text, size_t start)
{
    size_t end = text->length;
    while (end > start) {
        uint32_t code;
        size_t at = hl_utf8_before(text->bytes, end);
        hl_utf8_read(text->bytes + at, &code);
        bool marked = false;
        while (hl_is_clinging(code) && at > start) {
            at = hl_utf8_before(text->bytes, at);
            hl_utf8_read(text->bytes + at, &code);
            marked = true;
        }
        if (!hl_is_space(code) || (marked && !takes_marks(code))) break;
        if (takes_marks(code) && at > start) {
            uint32_t previous;
            hl_utf8_read(text->bytes + hl_utf8_before(text->bytes, at), &previous);
            if (hl_is_leading(previous)) break;
        }
        end = at;
    }
    return end;
}

static bool is_domain(const char *text, size_t length)
{
    int labels = 1;
    size_t label = 0;
    char previous = '.';
    for (size_t i = 0; i < length; i++) {
        char byte = text[i];
        if (byte == '.') {
            if (label == 0 || previous == '-') return false;
            labels++;
            label = 0;
        } else {
            bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
            if (!plain && !(byte == '-' && label > 0)) return false;
            if (++label > LABEL_LIMIT) return false;
        }
        previous = byte;
    }
    return labels >= 2 && label > 0 && previous != '-';
}

/// Where the domain of a normalized address starts; 0 when no mail could reach it.
static size_t find_domain(const address *text)
{
    if (text->length > ADDRESS_LIMIT) return 0;
    size_t at = text->length;
    while (at > 0 && text->bytes[at - 1] != '@') at--;
    if (at < 2 || at - 1 > LOCAL_LIMIT) return 0;
    for (size_t i = 0; i < at - 1; i++) {
        unsigned char byte = (unsigned char)text->bytes[i];
        if (byte <= 0x20 || byte == 0x7F || byte == '@' || byte == ',' || byte == '"') return 0;
    }
    return is_domain(text->bytes + at, text->length - at) ? at : 0;
}

/// Reads the first argument; nil is not an address.
static bool read_address(lua_State *L, address *out)
{
    if (lua_isnoneornil(L, 1)) return false;
    size_t end, start = 0;
    const char *text = hl_check_text(L, 1, &end);
    while (start < end && is_ascii_space(text[start])) start++;
    while (end > start && is_ascii_space(text[end - 1])) end--;
    if (start == end || end - start > ADDRESS_LIMIT * 2) return false;
    if (!lower(text + start, end - start, out)) {
        size_t from = trimmed_start(out);
        out->length = trimmed_end(out, from) - from;
        memmove(out->bytes, out->bytes + from, out->length);
    }
    out->domain = find_domain(out);
    return out->domain != 0;
}

int hl_email_normalise(lua_State *L)
{
    address address;
    if (!read_address(L, &address)) lua_pushnil(L);
    else lua_pushlstring(L, address.bytes, address.length);
    return 1;
}

int hl_email_domain(lua_State *L)
{
    address address;
    if (!read_address(L, &address)) lua_pushnil(L);
    else lua_pushlstring(L, address.bytes + address.domain, address.length - address.domain);
    return 1;
}

int hl_email_is_valid(lua_State *L)
{
    address address;
    lua_pushboolean(L, read_address(L, &address));
    return 1;
}
