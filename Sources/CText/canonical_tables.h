// What canonical equivalence needs to know of characters; scripts/unicode/canonical.swift makes the tables.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// A character as the two that it is composed of, of which the first may be composed itself; the second is 0 where one character is another.
typedef struct {
    uint32_t code;
    uint32_t first;
    uint32_t second;
} hl_canonical_pair;

/// Characters with the same Canonical_Combining_Class other than 0.
typedef struct {
    uint32_t first;
    uint32_t last;
    uint8_t value;
} hl_combining_range;

/// In the order of their codes, without the Hangul syllables, which follow a rule.
extern const hl_canonical_pair hl_canonical_pairs[];
/// Which of the pairs are composed again, as places in the list above, in the order of their parts.
extern const uint16_t hl_compositions[];
extern const hl_combining_range hl_combining_ranges[];
extern const size_t hl_canonical_pair_count, hl_composition_count, hl_combining_count;
