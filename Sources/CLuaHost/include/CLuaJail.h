// The jail: a process that runs one machine, with no file, no network and no right to any. Included by CLuaHost.h.

#pragma once

#include "CLuaHost.h"

/// What a worker's caller tells it first.
typedef struct {
    hl_limits limits;
    /// The process that the worker must not outlive.
    int64_t caller;
    /// The memory behind the descriptor: so many slots of so many bytes each; then the lookups' bytes behind the other one.
    uint64_t slot_count;
    uint64_t slot_bytes;
    uint64_t lookup_bytes;
    /// 1: do without the filter of system calls. For tests.
    uint32_t without_filter;
} hl_worker_start;

/// What the worker answers to it.
typedef struct {
    /// HL_OK, or HL_MEMORY.
    int32_t status;
    /// 1: every system call but the allowed ones ends the process.
    uint32_t is_filtered;
    /// The reason why not, from errno.
    int32_t filter_error;
} hl_worker_greeting;

/// Runs a worker on the descriptors that hl_host_spawn gives it; never returns.
_Noreturn void hl_worker_main(void);

/// A worker as its caller sees it.
typedef struct {
    int32_t pid;
    /// The caller's end of the channel.
    int32_t channel;
} hl_worker;

/// Memory that can be shared with workers; -1 with errno when there is none.
int32_t hl_host_memory(uint64_t bytes);
/// Starts `path` with the one argument `argument`, no environment to speak of, and nothing open but its end of the channel and the two
/// memories (-1 for none). Returns 0, or an errno.
int32_t hl_host_spawn(const char *path, const char *argument, int32_t slots, int32_t lookups, hl_worker *worker);
/// Sends all the bytes; 0, or an errno.
int32_t hl_host_send(const hl_worker *worker, const void *bytes, size_t length);
/// Waits at most so many milliseconds for some bytes: how many came, 0 for the end of the worker, -1 when none came, -2 for an error.
int64_t hl_host_receive(const hl_worker *worker, void *bytes, size_t capacity, int32_t milliseconds);
/// The processor time of the worker so far, in nanoseconds; 0 where that cannot be known.
uint64_t hl_host_processor_time(const hl_worker *worker);
/// Kills the worker if it is still there, and waits for its end: the signal that ended it, 0 for none.
int32_t hl_host_end(hl_worker *worker, int32_t kill_it);
