// The jail: a process that runs one machine, with no files, no network, and no permission to open either.

#pragma once

#include <stddef.h>
#include <stdint.h>

#include "CLuaMachine.h"

/// The first thing that a worker's caller sends.
typedef struct {
    hl_limits limits;
    /// The process that the worker must not outlive.
    int64_t caller;
    /// The memory behind the first descriptor: this many slots of this many bytes each; then the bytes of lookups behind the second.
    uint64_t slot_count;
    uint64_t slot_bytes;
    uint64_t lookup_bytes;
    /// 1: run without the system call filter. For tests.
    uint32_t without_filter;
} hl_worker_start;

/// The worker's answer.
typedef struct {
    /// HL_OK or HL_MEMORY.
    int32_t status;
    /// 1: every system call that is not allowed ends the process.
    uint32_t is_filtered;
    /// Why there is no filter, as an errno.
    int32_t filter_error;
} hl_worker_greeting;

/// Runs a worker on the descriptors that hl_host_spawn gives it; never returns.
_Noreturn void hl_worker_main(void);

/// Runs a starter of workers on the channel that its caller gives it; never returns.
_Noreturn void hl_starter_main(void);

/// A worker as its caller sees it.
typedef struct {
    int32_t pid;
    /// The caller's end of the channel.
    int32_t channel;
} hl_worker;

/// Allocates memory that workers can share and returns its descriptor, or -1 with errno set.
int32_t hl_host_memory(uint64_t bytes);
/// Starts `path` with the single argument `argument`, an all but empty environment, and nothing open but its end of the channel and the
/// two memories (-1 for none). Returns 0 or an errno.
///
/// From the second worker on, and where the system can do it, the program is started once more with `starter` as its argument, and copies
/// itself for each worker.
int32_t hl_host_spawn(const char *path, const char *argument, const char *starter, int32_t slots, int32_t lookups, hl_worker *worker);
/// How many programs this process has started for workers, starters included. Copies of a starter do not count.
uint64_t hl_host_programs_started(void);
/// The process that starts workers at present; 0 for none.
int32_t hl_host_starter(void);
/// Sends all the bytes; returns 0 or an errno.
int32_t hl_host_send(const hl_worker *worker, const void *bytes, size_t length);
/// Waits up to `milliseconds` for bytes. Returns how many came, 0 when the worker has ended, -1 when none came, -2 for an error.
int64_t hl_host_receive(const hl_worker *worker, void *bytes, size_t capacity, int32_t milliseconds);
/// The worker's processor time so far, in nanoseconds; 0 where the system does not tell.
uint64_t hl_host_processor_time(const hl_worker *worker);
/// Kills the worker if asked to, and waits for its end. Returns the signal that ended it, or 0 for none.
int32_t hl_host_end(hl_worker *worker, int32_t kill_it);
