// What a worker renounces before it reads the first byte of a script.

#pragma once

#include <stdbool.h>
#include <stdint.h>

/// The descriptors that a worker starts with; it has no others.
enum { HL_CHANNEL = 3, HL_SLOTS = 4, HL_LOOKUPS = 5 };

/// Ends the process if the caller has ended, or as soon as it does.
void hl_jail_follow(int64_t caller);
/// Lets the stack grow to what deeply nested source text needs.
void hl_jail_raise_stack(void);
/// Forbids core files, new processes, new files, and memory beyond `spare_bytes` more than is mapped now.
void hl_jail_limit(uint64_t spare_bytes);
/// Forbids every system call but the few that a machine needs. Returns 0, or the errno that prevents it.
int32_t hl_jail_filter(void);
