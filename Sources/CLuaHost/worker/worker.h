// The drawer for what a machine's caller deals with: the machine as a whole, its answers to requests, and the jailed process around it.
// What it offers to Swift is in include/; this is what its own files share.

#pragma once

#include "CLuaMachine.h"
#include "vm/errors.h"

/// Appends how a request ended: the first part of every answer.
void hl_put_error(const hl_error *error, hl_buffer *answer);
/// Appends what scripts said and what they cost since the last time.
void hl_put_update(hl_vm *vm, hl_buffer *answer);
