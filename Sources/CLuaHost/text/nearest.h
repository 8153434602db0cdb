// The known name that someone probably meant.

#pragma once

#include <stddef.h>

/// The longest name, in bytes, that is compared or shown.
enum { HL_NAME_BYTES = 64 };

/// A search for a name close to `name`; `best` is empty while none is close enough.
typedef struct {
    const char *name;
    size_t length;
    char best[HL_NAME_BYTES + 1];
    int edits;
    /// The length of `best`, when it is only what `name` begins with; otherwise 0.
    size_t beginning;
} hl_nearest;

void hl_nearest_begin(hl_nearest *nearest, const char *name, size_t length);
/// Takes the candidate when it is closer than every earlier one.
void hl_nearest_consider(hl_nearest *nearest, const char *candidate, size_t length);
