// Starts a program of somebody else's with only what it needs: no shell, no inherited descriptors, and on Linux a jail.

#pragma once

#include <stdbool.h>
#include <stdint.h>

/// A program to start. Every list ends with NULL.
typedef struct {
    const char *path;
    /// The arguments, of which the first is the program's name.
    const char *const *arguments;
    /// The environment, all of it.
    const char *const *environment;
    /// The folder in which it starts, and the only one in which it may write.
    const char *folder;
    /// The files that it may read, apart from its own libraries.
    const char *const *readable;
    /// What it reads as standard input.
    int32_t input;
    /// Whether to jail it, where the system can.
    bool wants_jail;
    /// Whether the jail has the network. Then the program may read every file, for certificates and keys, and writes none.
    bool wants_network;
} hl_subprocess_order;

/// What of the jail is in force.
enum { HL_SUBPROCESS_FILES = 1, HL_SUBPROCESS_CALLS = 2 };

/// A started program.
typedef struct {
    int32_t pid;
    /// The reading ends of its standard output and standard error, which the caller closes.
    int32_t output;
    int32_t errors;
    /// `HL_SUBPROCESS_FILES` if it can open only its files, and `HL_SUBPROCESS_CALLS` if it starts no program and, unless that is wanted, has no network.
    int32_t jail;
} hl_subprocess;

/// Starts a program in a process group of its own. On Linux, the kernel kills it when this process ends, however it ends.
///
/// Returns 0, or the errno for which the program did not start.
int32_t hl_subprocess_start(const hl_subprocess_order *order, hl_subprocess *started);

/// Makes a pair of connected sockets, of which one is for a program's input. Returns 0, or -1 with errno.
int32_t hl_subprocess_pair(int32_t ends[2]);

/// Sends bytes without a signal for a program that has ended. Returns how many were sent, or -1 with errno.
intptr_t hl_subprocess_send(int32_t end, const void *bytes, uintptr_t count);

/// Ends the program's input.
void hl_subprocess_end_sending(int32_t end);

/// Kills the whole process group. The caller still waits for it.
void hl_subprocess_kill(int32_t pid);

/// Whether the program has ended; `status` is then its exit status, or the negative number of the signal that ended it.
bool hl_subprocess_ended(int32_t pid, int32_t *status);
