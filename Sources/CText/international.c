#include "international.h"

#include <stdint.h>
#include <string.h>

#include "canonical.h"
#include "punycode.h"
#include "unicode.h"
#include "utf8.h"

enum { PREFIX = 4 };

bool hl_has_spellings(const char *domain, size_t length)
{
    unsigned char seen = 0;
    size_t dashes = 0;
    for (size_t i = 0; i < length; i++) {
        seen |= (unsigned char)domain[i];
        dashes = domain[i] == '-' ? dashes + 1 : 0;
        if (dashes == 2 && i >= 3 && domain[i - 3] == 'x' && domain[i - 2] == 'n') return true;
    }
    return seen >= 0x80;
}

static bool is_ascii(const char *text, size_t length)
{
    unsigned char seen = 0;
    for (size_t i = 0; i < length; i++) seen |= (unsigned char)text[i];
    return seen < 0x80;
}

/// Makes letters small. Returns false for what no domain has: no letter beyond ASCII, or one whose small form is ASCII, which would be another domain.
static bool make_small(uint32_t *codes, size_t length)
{
    bool is_international = false;
    for (size_t i = 0; i < length; i++) {
        char bytes[4];
        hl_write_lower(codes[i], bytes);
        if (codes[i] >= 0x80) {
            if ((unsigned char)bytes[0] < 0x80) return false;
            is_international = true;
        }
        hl_utf8_read(bytes, &codes[i]);
    }
    return is_international;
}

static size_t write_label(const char *label, size_t length, char *out)
{
    uint32_t codes[HL_ADDRESS_LIMIT * HL_DECOMPOSITION_LIMIT];
    size_t count = 0;
    if (!is_ascii(label, length)) {
        for (size_t i = 0; i < length; count++) i += hl_utf8_read(label + i, &codes[count]);
    } else {
        if (length > PREFIX && memcmp(label, "xn--", PREFIX) == 0) count = hl_decode_punycode(label + PREFIX, length - PREFIX, codes);
        if (count == 0 || !make_small(codes, count)) {
            memcpy(out, label, length);
            return length;
        }
    }
    count = hl_compose(codes, count);
    size_t size = 0;
    for (size_t i = 0; i < count; i++) size += hl_utf8_write(codes[i], out + size);
    return size;
}

size_t hl_write_in_letters(const char *domain, size_t length, char *out)
{
    size_t size = 0;
    for (size_t start = 0; start <= length;) {
        const char *dot = start < length ? memchr(domain + start, '.', length - start) : NULL;
        size_t end = dot == NULL ? length : (size_t)(dot - domain);
        size += write_label(domain + start, end - start, out + size);
        if (dot != NULL) out[size++] = '.';
        start = end + 1;
    }
    return size;
}
