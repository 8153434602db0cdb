// Limits that no script can catch: once a call is doomed, every further instruction raises again.

#pragma once

#include <lua.h>
#include <stdint.h>

#include "CLuaMachine.h"

void hl_start_limits(hl_vm *vm);
/// Starts the clock of a batch that has already used `processor_used` nanoseconds.
void hl_begin_work(hl_vm *vm, uint64_t processor_used);
/// The processor time that the batch has used by now, in nanoseconds.
uint64_t hl_end_work(hl_vm *vm);
/// Gives the next function call its whole budget.
void hl_begin_call(hl_vm *vm);
/// Charges work that a library function is about to do, measured in instructions.
void hl_charge(lua_State *L, uint64_t instructions);
/// Charges steps of the pattern matcher.
void hl_charge_pattern(lua_State *L, uint64_t steps);
/// Raises when the batch has used up its processor time.
void hl_check_clock(lua_State *L);
