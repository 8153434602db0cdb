// Numbers and texts of messages, outside Lua: nothing here raises.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CLuaMessages.h"

/// The rest of a message. Reading beyond its end gives zeros and sets `is_short`.
typedef struct {
    const uint8_t *next;
    const uint8_t *end;
    bool is_short;
} hl_cursor;

uint32_t hl_take_u32(hl_cursor *cursor);
uint64_t hl_take_u64(hl_cursor *cursor);
/// A counted text; it points into the message and is not NUL-terminated.
const char *hl_take_text(hl_cursor *cursor, size_t *length);
/// Copies a counted text that must be a short name without NUL; anything else gives an empty name and sets `is_short`.
const char *hl_take_name(hl_cursor *cursor, char name[256]);

void hl_put_bytes(hl_buffer *buffer, const void *bytes, size_t length);
void hl_put_u32(hl_buffer *buffer, uint32_t number);
void hl_put_u64(hl_buffer *buffer, uint64_t number);
void hl_put_text(hl_buffer *buffer, const void *text, size_t length);
