// The drawer for batches: rows of users through the steps of a package, one protected call per batch.

#pragma once

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

#include "CLuaMachine.h"
#include "vm/errors.h"
#include "vm/messages.h"

/// Gives a machine what it needs for batches. Returns false when there is not enough memory.
bool hl_start_pipeline(hl_vm *vm);
void hl_free_pipeline(hl_vm *vm);
/// Makes the metatable that every user shares, for the fields that are known now.
void hl_make_user_metatable(lua_State *L);
/// Sets what puts a missing column into the running batch; without it, every batch must hold all its columns.
void hl_set_fetch(hl_vm *vm, void (*fetch)(hl_vm *vm, uint32_t column));

/// HL_PREPARE: sets the shape of every later batch.
int32_t hl_prepare(hl_vm *vm, hl_cursor *request, hl_error *error);
/// Runs a batch from where it stands to its end or to the first error.
int32_t hl_run_batch(hl_vm *vm, hl_slot *slot, hl_error *error);

// What is new since the last time, appended to an answer.
void hl_put_reasons(hl_vm *vm, hl_buffer *answer);
void hl_put_labels(hl_vm *vm, hl_buffer *answer);
/// The most expensive row of each step so far.
void hl_put_costs(const hl_vm *vm, hl_buffer *answer);
