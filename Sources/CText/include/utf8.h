// UTF-8 as RFC 3629 defines it: no surrogates, no overlong forms, nothing above U+10FFFF.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool hl_is_utf8(const char *text, size_t length);
/// Copies whole characters while they fit, U+FFFD for every byte that belongs to none. Returns the length of the copy.
size_t hl_utf8_repair(const char *text, size_t length, char *out, size_t capacity);

/// Reads the character at `text`, which must be well-formed. Returns its length in bytes.
size_t hl_utf8_read(const char *text, uint32_t *code);
/// Writes a character. Returns its length in bytes, at most 4.
size_t hl_utf8_write(uint32_t code, char *out);
/// Where the character before `end` starts; the text must be well-formed and not empty.
size_t hl_utf8_before(const char *text, size_t end);
