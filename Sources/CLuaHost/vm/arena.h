// The memory of one virtual machine: a single mapping cut into blocks of a few sizes, capped, and dropped as a whole.

#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct hl_arena hl_arena;

/// Maps an arena in which at most `cap` bytes can be in use at once; NULL when it cannot be mapped.
hl_arena *hl_arena_create(size_t cap);
/// Calls `on_large` for every block of at least `threshold` bytes; `is_string` tells strings from the rest.
void hl_arena_watch(hl_arena *arena, size_t threshold, void (*on_large)(void *context, size_t size, bool is_string), void *context);
/// Returns all memory to the system in one step.
void hl_arena_destroy(hl_arena *arena);
/// A lua_Alloc: allocates, resizes and frees; NULL beyond the cap.
void *hl_arena_allocate(void *arena, void *block, size_t old_size, size_t new_size);
/// The most bytes that were in use at once.
size_t hl_arena_peak(const hl_arena *arena);
