// Texts of scripts that are kept once each, outside the Lua state, and told to the caller in the order of their numbers.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CLuaMessages.h"

typedef struct {
    char *text;
    size_t length;
} hl_text;

typedef struct {
    hl_text *all;
    uint32_t count;
    uint32_t capacity;
    /// How many of them the caller knows.
    uint32_t told;
} hl_texts;

/// Copies a text; its number is the count before. Returns false when there is no memory for it.
bool hl_texts_add(hl_texts *texts, const char *text, size_t length);
/// Appends the texts that the caller does not know yet.
void hl_texts_put(hl_texts *texts, hl_buffer *answer);
void hl_texts_free(hl_texts *texts);
