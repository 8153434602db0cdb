// Lines that scripts log: kept outside the Lua state, bounded in number and length.

#pragma once

#include <stddef.h>
#include <stdint.h>

#include "CLuaMachine.h"

typedef struct {
    char *text;
    size_t length;
    uint32_t level;
    /// The number of the row whose hooks logged the line; -1 outside a batch.
    int64_t row_number;
} hl_log_line;

/// The lines since the last update, and how many there were over the machine's life.
typedef struct {
    hl_log_line *lines;
    uint32_t count;
    uint32_t total;
    uint64_t dropped;
    /// The number of the running row; -1 outside a batch.
    int64_t row_number;
} hl_log;

void hl_log_text(hl_vm *vm, uint32_t level, const char *text, size_t length);
void hl_log_clear(hl_vm *vm);
void hl_free_log(hl_vm *vm);
