// The C side of the Lua host. Everything that can raise a Lua error happens behind these functions, under a protected call.
//
// A Lua error is a longjmp, and one that crosses a Swift frame is undefined behavior. So no Lua type appears here, nothing calls back
// into the caller, and every function returns normally whatever a script does. The caller talks to a machine in messages, and a batch is
// one block of memory without pointers: both can cross into another process, the jail, which runs the same code (hl_worker_main).

#pragma once

#include "CLuaJail.h"
#include "CLuaLibrary.h"
#include "CLuaMachine.h"
#include "CLuaMessages.h"
#include "CLuaSlot.h"
#include "CLuaValues.h"
