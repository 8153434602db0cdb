// What people and programs write around an address.

#pragma once

#include <stdbool.h>
#include <stddef.h>

enum {
    /// The longest text in which an address is looked for, in bytes, a name included.
    HL_WRAPPED_LIMIT = 2048
};

/// A text that is being unwrapped, in place.
typedef struct {
    char bytes[HL_WRAPPED_LIMIT];
    size_t start, end;
    /// Whether more than white space was taken off.
    bool is_cleaned;
} hl_wrapped;

/// Copies a UTF-8 text without its invisible characters, with a space for white space of any kind. Returns false for one that is too long
/// or not UTF-8.
bool hl_wrap(const char *text, size_t length, hl_wrapped *out);
/// Takes off what is around an address. Returns false when there is more than one address.
bool hl_unwrap(hl_wrapped *text);
/// Takes off spaces, quotes, commas, and semicolons around. Returns whether there was anything but spaces.
bool hl_peel(hl_wrapped *text);
