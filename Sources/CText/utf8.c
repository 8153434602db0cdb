#include "utf8.h"

#include <string.h>

/// The length of the well-formed character at `text`; 0 when there is none.
static size_t character_length(const unsigned char *text, size_t length)
{
    unsigned char first = text[0];
    if (first < 0x80) return 1;
    size_t count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || count > length) return 0;
    for (size_t i = 1; i < count; i++) {
        if ((text[i] & 0xC0) != 0x80) return 0;
    }
    if (first == 0xE0 && text[1] < 0xA0) return 0;
    if (first == 0xED && text[1] > 0x9F) return 0;
    if (first == 0xF0 && text[1] < 0x90) return 0;
    if (first == 0xF4 && text[1] > 0x8F) return 0;
    return count;
}

bool hl_is_utf8(const char *text, size_t length)
{
    const unsigned char *next = (const unsigned char *)text;
    while (length > 0) {
        size_t count = character_length(next, length);
        if (count == 0) return false;
        next += count;
        length -= count;
    }
    return true;
}

size_t hl_utf8_repair(const char *text, size_t length, char *out, size_t capacity)
{
    const unsigned char *next = (const unsigned char *)text;
    size_t written = 0;
    while (length > 0) {
        size_t count = character_length(next, length);
        const void *character = count == 0 ? (const void *)"\xEF\xBF\xBD" : next;
        size_t size = count == 0 ? 3 : count;
        if (written + size > capacity) break;
        memcpy(out + written, character, size);
        written += size;
        next += count == 0 ? 1 : count;
        length -= count == 0 ? 1 : count;
    }
    return written;
}

size_t hl_utf8_read(const char *text, uint32_t *code)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    uint32_t value = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) value = value << 6 | (bytes[i] & 0x3F);
    *code = value;
    return length;
}

size_t hl_utf8_write(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; code >>= 6) out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)((0xF00u >> length & 0xFF) | code);
    return length;
}

size_t hl_utf8_before(const char *text, size_t end)
{
    do end--;
    while (end > 0 && (text[end] & 0xC0) == 0x80);
    return end;
}
