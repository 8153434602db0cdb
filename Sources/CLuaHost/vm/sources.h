// The texts of a package that a machine knows: modules and lookups.

#pragma once

#include <stddef.h>
#include <stdint.h>

#include "CLuaMachine.h"

typedef struct {
    /// What scripts call it: the name of a module, or of a lookup file.
    char *name;
    /// What messages call it, after the `=` that Lua expects; NULL for a lookup.
    char *chunk;
    char *text;
    size_t length;
    /// With notes_coverage: one bit per line, set for lines that ran and for first lines of functions that ran.
    uint8_t *lines_run;
    uint8_t *functions_run;
} hl_source;

typedef struct {
    hl_source *all;
    uint32_t count;
} hl_sources;

/// Copies a module's text. Returns HL_OK or HL_MEMORY.
int32_t hl_add_source(hl_vm *vm, const char *module, const char *chunk, const uint8_t *text, size_t length);
/// The source of that name; NULL when there is none.
const hl_source *hl_find_source(const hl_sources *sources, const char *name);
/// The number of the source with that chunk name, as Lua reports it; -1 when there is none.
int64_t hl_source_of_chunk(const hl_vm *vm, const char *chunk);
void hl_free_sources(hl_vm *vm);
/// The length of a byte order mark, which is not part of the text: 3 or 0.
size_t hl_mark_length(const void *text, size_t length);
