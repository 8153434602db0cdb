// Characters and addresses: functions on bytes that know nothing of the product or of Lua, and keep no state.

#pragma once

#include "address.h"
#include "international.h"
#include "unicode.h"
#include "utf8.h"
