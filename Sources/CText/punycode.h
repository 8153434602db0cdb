// The letters of an international domain as ASCII (RFC 3492).

#pragma once

#include <stddef.h>
#include <stdint.h>

enum {
    /// The longest label, in bytes (RFC 1035 §2.3.4).
    HL_LABEL_LIMIT = 63
};

/// Decodes a label in small letters without its `xn--`. Returns how many characters it has; 0 for a text that is no such label.
///
/// `codes` has room for `HL_LABEL_LIMIT` characters.
size_t hl_decode_punycode(const char *text, size_t length, uint32_t *codes);
