// A starter: this program, started once, which becomes worker after worker by copying itself. Loading a program anew takes longer than
// everything else that a small machine does. Linux only: elsewhere a copy cannot be the child of the process that asks for it.

#pragma once

#include <stdint.h>

/// What a worker starts with, in the order of HL_CHANNEL, HL_SLOTS, and HL_LOOKUPS; -1 for none.
typedef struct {
    int32_t descriptors[3];
} hl_worker_descriptors;

/// Greets a program that was started on the other end of `control`. Returns 0 if it is a starter, or an errno.
int32_t hl_starter_greet(int32_t control);
/// Asks a starter for a worker, which is a child of this process. Returns 0 or an errno.
int32_t hl_starter_ask(int32_t control, const hl_worker_descriptors *descriptors, int32_t *pid);
