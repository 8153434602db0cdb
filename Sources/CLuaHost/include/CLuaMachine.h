// A machine: a Lua state with the sandbox in place, its memory, its limits, and the scripts it has loaded.

#pragma once

#include <stddef.h>
#include <stdint.h>

#include "CLuaMessages.h"
#include "CLuaSlot.h"

/// A virtual machine with its memory, limits, modules and functions. Used by one thread at a time.
typedef struct hl_vm hl_vm;

/// What a script may use. Zero does not mean "unlimited": every field must be set.
typedef struct {
    /// Memory of the whole machine, in bytes.
    uint64_t memory_bytes;
    /// Virtual machine instructions per function call; large library calls are charged to the same budget.
    uint64_t instructions;
    /// Processor time per batch, or per call outside a batch, in nanoseconds.
    uint64_t processor_nanoseconds;
    /// Steps of the pattern matcher per function call.
    uint64_t pattern_steps;
    /// Log lines kept over the life of the machine; later ones are only counted.
    uint32_t log_lines;
    /// The seed of `math.random`.
    uint64_t seed;
    /// 1: count every instruction, which makes scripts several times slower; 0: count in steps of 1,000.
    uint32_t exact_instructions;
    /// 1, with exact_instructions: record every line and function that runs.
    uint32_t notes_coverage;
    /// The longest label that `breakdown` may return, in bytes.
    uint32_t label_bytes;
} hl_limits;

/// Makes a machine with the sandbox in place; NULL when there is not enough memory.
hl_vm *hl_vm_create(const hl_limits *limits);
/// Drops the machine and all its memory at once; runs no Lua code.
void hl_vm_destroy(hl_vm *vm);
/// Sets the memory that holds the lookups; it must outlive the machine.
void hl_vm_set_lookups(hl_vm *vm, const void *base, uint64_t bytes);
/// Does what a request asks for and appends the answer.
void hl_answer(hl_vm *vm, const uint8_t *request, size_t length, hl_buffer *answer);
/// HL_RUN for a machine in this process, whose batches hold all their columns.
void hl_run_slot(hl_vm *vm, hl_slot *slot, hl_buffer *answer);
