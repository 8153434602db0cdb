#include "address.h"

#include <stdint.h>
#include <string.h>

#include "punycode.h"
#include "unicode.h"
#include "utf8.h"
#include "wrapping.h"

enum { LOCAL_LIMIT = 64 };

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/// What a byte of a normalized address may be.
enum { DIGIT = 1, LOCAL = 2, DOMAIN = 4 };

/// Local parts consist of `atext` (RFC 5322 §3.2.3), in small letters. Quoted ones may contain more, but are never those of a contact.
static const uint8_t kinds[256] = {
    ['0' ... '9'] = DIGIT | LOCAL | DOMAIN,
    ['a' ... 'z'] = LOCAL | DOMAIN,
    [0x80 ... 0xFF] = DOMAIN,
    ['!'] = LOCAL, ['#'] = LOCAL, ['$'] = LOCAL, ['%'] = LOCAL, ['&'] = LOCAL, ['\''] = LOCAL, ['*'] = LOCAL, ['+'] = LOCAL,
    ['-'] = LOCAL, ['/'] = LOCAL, ['='] = LOCAL, ['?'] = LOCAL, ['^'] = LOCAL, ['_'] = LOCAL, ['`'] = LOCAL, ['{'] = LOCAL,
    ['|'] = LOCAL, ['}'] = LOCAL, ['~'] = LOCAL,
};

static bool is(char byte, uint8_t kind)
{
    return kinds[(unsigned char)byte] & kind;
}

static bool is_local(const char *text, size_t length)
{
    if (length == 0 || length > LOCAL_LIMIT) return false;
    char previous = '.';
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.' ? previous == '.' : !is(text[i], LOCAL)) return false;
        previous = text[i];
    }
    return previous != '.';
}

/// Two labels at least; the last one is no number, as it would be in the address of a machine.
static bool is_domain(const char *text, size_t length)
{
    int labels = 1;
    size_t label = 0;
    bool is_number = true;
    char previous = '.';
    for (size_t i = 0; i < length; i++) {
        char byte = text[i];
        if (byte == '.') {
            if (label == 0 || previous == '-') return false;
            labels++;
            label = 0;
            is_number = true;
        } else {
            if (!is(byte, DOMAIN) && !(byte == '-' && label > 0)) return false;
            // A letter beyond ASCII has several bytes here, and may have one in DNS.
            bool is_start = ((unsigned char)byte & 0xC0) != 0x80;
            if (is_start && ++label > HL_LABEL_LIMIT) return false;
            is_number = is_number && is(byte, DIGIT);
        }
        previous = byte;
    }
    return labels >= 2 && label > 0 && previous != '-' && !is_number;
}

/// Finds the domain of a normalized address, and judges both parts.
static bool is_address(hl_address *address)
{
    const char *at = memchr(address->bytes, '@', address->length);
    if (at == NULL) return false;
    size_t local = (size_t)(at - address->bytes);
    address->domain = local + 1;
    return is_local(address->bytes, local) && is_domain(at + 1, address->length - address->domain);
}

/// Whether no domain has this character: signs, and letters that IDNA reads as others, such as U+212A KELVIN SIGN (RFC 5892).
static bool is_in_no_domain(uint32_t code)
{
    static const uint32_t ranges[][2] = {
        {0x80, 0xB6}, {0xB8, 0xBF}, {0xD7, 0xD7}, {0xF7, 0xF7}, {0x130, 0x130}, {0x132, 0x133}, {0x13F, 0x140}, {0x149, 0x149}, {0x17F, 0x17F},
        {0x1C4, 0x1CC}, {0x1F1, 0x1F3}, {0x1D2C, 0x1D6A}, {0x1D78, 0x1D78}, {0x1D9B, 0x1DBF}, {0x1E9A, 0x1E9B}, {0x2000, 0x24FF}, {0x2C7C, 0x2C7D},
        {0x3000, 0x3004}, {0xE000, 0xF8FF}, {0xFB00, 0xFB06}, {0xFE00, 0xFE6F}, {0xFF00, 0xFFFF}, {0x1D400, 0x1D7FF}, {0x1F100, 0x1F1FF},
        {0xE0000, 0x10FFFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (code >= ranges[i][0] && code <= ranges[i][1]) return true;
    }
    return false;
}

/// Writes the unwrapped text in small letters. Returns false when it is too long, or has a character that no address has.
static bool write_normalized(const hl_wrapped *text, hl_address *out)
{
    out->length = 0;
    for (size_t i = text->start; i < text->end;) {
        uint32_t code;
        i += hl_utf8_read(text->bytes + i, &code);
        if (code >= 0x80 && is_in_no_domain(code)) return false;
        // What U+0130 becomes in small letters; it looks like an i.
        if (code == 0x307 && out->length > 0 && out->bytes[out->length - 1] == 'i') return false;
        char bytes[4];
        size_t size = hl_write_lower(code, bytes);
        if (code >= 0x80 && size == 1) return false;
        if (out->length + size > HL_ADDRESS_LIMIT) return false;
        memcpy(out->bytes + out->length, bytes, size);
        out->length += size;
    }
    out->is_cleaned = text->is_cleaned;
    return true;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= 9 && byte <= 13);
}

/// Reads a text that is nothing but an address in ASCII, which nearly all are. Returns false for any other, whatever it is.
static bool read_plain(const char *text, size_t length, hl_address *out)
{
    if (length > HL_ADDRESS_LIMIT || text[0] == '\'') return false;
    unsigned char seen = 0;
    for (size_t i = 0; i < length; i++) {
        seen |= (unsigned char)text[i];
        out->bytes[i] = lower(text[i]);
    }
    out->length = length;
    out->is_cleaned = false;
    return seen < 0x80 && is_address(out);
}

hl_address_kind hl_read_address(const char *text, size_t length, hl_address *out)
{
    while (length > 0 && is_space(*text)) text++, length--;
    while (length > 0 && is_space(text[length - 1])) length--;
    if (length == 0) return HL_ADDRESS_MISSING;
    if (read_plain(text, length, out)) return HL_ADDRESS_FOUND;
    hl_wrapped wrapped;
    if (!hl_wrap(text, length, &wrapped)) return HL_ADDRESS_MALFORMED;
    size_t i = 0;
    while (i < wrapped.end && wrapped.bytes[i] == ' ') i++;
    if (i == wrapped.end) return HL_ADDRESS_MISSING;
    return hl_unwrap(&wrapped) && write_normalized(&wrapped, out) && is_address(out) ? HL_ADDRESS_FOUND : HL_ADDRESS_MALFORMED;
}

size_t hl_read_addresses(
    const char *bytes, const uint32_t *offsets, const uint8_t *valid, size_t count, char *written, size_t capacity, uint32_t *ends,
    hl_address_reading *readings)
{
    size_t length = 0;
    hl_address address;
    for (size_t i = 0; i < count; i++) {
        if (capacity - length < HL_ADDRESS_LIMIT) return i;
        readings[i] = (hl_address_reading){HL_ADDRESS_MISSING, false};
        if (valid[i] == 1) readings[i].kind = hl_read_address(bytes + offsets[i], offsets[i + 1] - offsets[i], &address);
        if (readings[i].kind == HL_ADDRESS_FOUND) {
            memcpy(written + length, address.bytes, address.length);
            length += address.length;
            readings[i].is_cleaned = address.is_cleaned;
        }
        ends[i] = (uint32_t)length;
    }
    return count;
}

bool hl_read_domain(const char *text, size_t length, hl_address *out)
{
    hl_wrapped wrapped;
    if (!hl_wrap(text, length, &wrapped)) return false;
    wrapped.is_cleaned |= hl_peel(&wrapped);
    if (wrapped.start < wrapped.end && wrapped.bytes[wrapped.start] == '@') wrapped.start++;
    out->domain = 0;
    return write_normalized(&wrapped, out) && is_domain(out->bytes, out->length);
}
