// The batch that is running: pointers into its slot.

#pragma once

#include "vm.h"

/// Where one output field goes.
typedef struct {
    uint8_t *states;
    uint32_t *starts;
    uint32_t *lengths;
} hl_output;

enum { HL_MAX_OUTPUTS = 64 };

struct hl_batch {
    hl_vm *vm;
    hl_slot *slot;
    const uint8_t *selected;
    const int64_t *row_numbers;
    uint8_t *verdicts;
    uint16_t *reasons;
    hl_output outputs[HL_MAX_OUTPUTS];
    uint32_t *label_starts;
    uint16_t *label_counts;
    uint8_t *written;
};

/// Where the values that a batch needs again and again lie on the stack.
enum { HL_AT_BATCH = 1, HL_AT_CONTEXT = 2, HL_AT_USER_METATABLE = 3, HL_AT_STEPS = 4 };

static inline int hl_at_outputs(const hl_vm *vm)
{
    return HL_AT_STEPS + (int)vm->step_count;
}
