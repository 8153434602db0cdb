// The drawer for text: functions on bytes and numbers that know nothing of Lua and keep no state.

#pragma once

#include <CText.h>

#include "calendar.h"
#include "csv_row.h"
#include "digest.h"
#include "nearest.h"
