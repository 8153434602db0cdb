#include "wrapping.h"

#include <string.h>

#include "unicode.h"
#include "utf8.h"

bool hl_wrap(const char *text, size_t length, hl_wrapped *out)
{
    out->start = out->end = 0;
    out->is_cleaned = false;
    if (length > HL_WRAPPED_LIMIT || !hl_is_utf8(text, length)) return false;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        size_t size = hl_utf8_read(text + i, &code);
        if (hl_is_invisible(code)) {
            out->is_cleaned = true;
        } else if (hl_is_space(code)) {
            out->bytes[out->end++] = ' ';
        } else {
            memcpy(out->bytes + out->end, text + i, size);
            out->end += size;
        }
        i += size;
    }
    return true;
}

static bool is_quote(uint32_t code)
{
    return code == '"' || code == '\'' || code == 0xAB || code == 0xBB || (code >= 0x2018 && code <= 0x201F) || code == 0x2039 || code == 0x203A;
}

/// Takes one character off either end. Returns false when neither is to go.
static bool peel_once(hl_wrapped *text, bool *took_more_than_space)
{
    if (text->start == text->end) return false;
    uint32_t first, last;
    size_t size = hl_utf8_read(text->bytes + text->start, &first);
    size_t at = hl_utf8_before(text->bytes, text->end);
    hl_utf8_read(text->bytes + at, &last);
    if (first == ' ' || is_quote(first)) {
        text->start += size;
        *took_more_than_space |= first != ' ';
    } else if (last == ' ' || is_quote(last) || last == ',' || last == ';') {
        text->end = at;
        *took_more_than_space |= last != ' ';
    } else {
        return false;
    }
    return true;
}

bool hl_peel(hl_wrapped *text)
{
    bool took = false;
    while (peel_once(text, &took)) continue;
    return took;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

static bool is_equal_in_any_case(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (lower(a[i]) != lower(b[i])) return false;
    }
    return true;
}

static int hex_digit(char byte)
{
    char small = lower(byte);
    return small >= '0' && small <= '9' ? small - '0' : small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// Decodes `%2B` and the like (RFC 6068 §2). Returns false for a percent sign that does not stand for a visible ASCII character.
static bool decode_percent(hl_wrapped *text)
{
    size_t written = text->start;
    for (size_t i = text->start; i < text->end; i++) {
        char byte = text->bytes[i];
        if (byte == '%') {
            if (text->end - i < 3) return false;
            int high = hex_digit(text->bytes[i + 1]), low = hex_digit(text->bytes[i + 2]);
            if (high < 0 || low < 0 || high * 16 + low <= 0x20 || high * 16 + low >= 0x7F) return false;
            byte = (char)(high * 16 + low);
            i += 2;
        }
        text->bytes[written++] = byte;
    }
    text->end = written;
    return true;
}

/// Takes off `mailto:` and a query; a query may not name further people.
static bool unwrap_link(hl_wrapped *text, bool *changed)
{
    static const char scheme[] = "mailto:";
    size_t length = sizeof scheme - 1;
    if (text->end - text->start < length || !is_equal_in_any_case(text->bytes + text->start, scheme, length)) return true;
    *changed = true;
    text->start += length;
    char *query = memchr(text->bytes + text->start, '?', text->end - text->start);
    if (query == NULL) return decode_percent(text);
    size_t after = (size_t)(query - text->bytes);
    for (size_t i = after; i < text->end; i++) {
        if (text->bytes[i] == '@' || (text->end - i >= 3 && memcmp(text->bytes + i, "%40", 3) == 0)) return false;
    }
    text->end = after;
    return decode_percent(text);
}

/// Takes off the name and the brackets of `Name <…>`. A name with an @ must be the address itself.
static bool unwrap_name(hl_wrapped *text, bool *changed)
{
    if (text->start == text->end || text->bytes[text->end - 1] != '>') return true;
    size_t open = text->start;
    while (open < text->end && text->bytes[open] != '<') open++;
    for (size_t i = open + 1; i < text->end - 1; i++) {
        if (text->bytes[i] == '<' || text->bytes[i] == '>') return false;
    }
    if (open == text->end) return false;
    hl_wrapped name = *text;
    name.end = open;
    hl_peel(&name);
    *changed = true;
    text->start = open + 1;
    text->end--;
    hl_peel(text);
    if (!unwrap_link(text, changed)) return false;
    size_t length = name.end - name.start;
    if (memchr(name.bytes + name.start, '@', length) == NULL) return true;
    return length == text->end - text->start && is_equal_in_any_case(name.bytes + name.start, text->bytes + text->start, length);
}

bool hl_unwrap(hl_wrapped *text)
{
    bool changed = true;
    while (changed) {
        changed = hl_peel(text);
        if (!unwrap_link(text, &changed) || !unwrap_name(text, &changed)) return false;
        text->is_cleaned |= changed;
    }
    return true;
}
