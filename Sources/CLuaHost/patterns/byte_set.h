// Sets of bytes: classes such as `%a`, sets such as `[^a-z]`, and single bytes.

#pragma once

#include <stdbool.h>
#include <stdint.h>

/// One bit per byte.
typedef struct {
    uint64_t bits[4];
} hl_byte_set;

static inline bool hl_in_set(const hl_byte_set *set, uint8_t byte)
{
    return (set->bits[byte >> 6] >> (byte & 63)) & 1;
}

void hl_set_add_byte(hl_byte_set *set, uint8_t byte);
/// Adds what `%` and this byte stand for: a class, its complement, or the byte itself.
void hl_set_add_escaped(hl_byte_set *set, uint8_t mark);
/// Adds the content of the set that begins with the `[` at `next` and ends with the `]` at `close`.
void hl_set_add_range(hl_byte_set *set, const uint8_t *next, const uint8_t *close);
/// The closing `]` of the set that begins at `next`; NULL when there is none before `end`.
const uint8_t *hl_set_end(const uint8_t *next, const uint8_t *end);
