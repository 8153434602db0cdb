// Domains beyond ASCII have two spellings: in letters, and in ASCII as `xn--…` (RFC 5890). Who compares domains compares them in letters.

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "address.h"

enum {
    /// A byte of a domain may become a character of 4 bytes, which may have 3 parts in its composed form.
    HL_LETTERS_LIMIT = 12 * HL_ADDRESS_LIMIT
};

/// Whether a domain may have a second spelling: quick, and false for nearly all.
bool hl_has_spellings(const char *domain, size_t length);

/// Writes a domain that `hl_read_domain` or `hl_read_address` has read with its labels in letters, composed (Unicode's NFC). Returns its length.
///
/// Labels that only look like `xn--…` stay as they are. `out` has `HL_LETTERS_LIMIT` bytes.
size_t hl_write_in_letters(const char *domain, size_t length, char *out);
