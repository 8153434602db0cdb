// Characters that mean the same: é as one character, and as e with an accent (Unicode's NFC, UAX #15).

#pragma once

#include <stddef.h>
#include <stdint.h>

enum {
    /// The most characters into which one decomposes.
    HL_DECOMPOSITION_LIMIT = 4
};

/// Composes a text as far as possible. Returns its new length.
///
/// `codes` has room for `HL_DECOMPOSITION_LIMIT` times `length`. The time grows with the length alone, apart from marks that follow each other.
size_t hl_compose(uint32_t *codes, size_t length);
