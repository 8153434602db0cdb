#pragma once

#include "CSubprocess.h"

/// Jails the calling process for good. It calls only what is safe between fork and exec, and returns what is in force.
int32_t hl_subprocess_jail(const hl_subprocess_order *order);
