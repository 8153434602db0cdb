// The drawer for the virtual machine: a Lua state with its memory and its limits, the one way into it (hl_protect), and what travels in
// and out. It knows nothing about what scripts can call.

#pragma once

#include "arena.h"
#include "coverage.h"
#include "errors.h"
#include "kept.h"
#include "limits.h"
#include "log.h"
#include "messages.h"
#include "random.h"
#include "sources.h"
#include "state.h"
#include "values.h"
#include "views.h"
