// What a program renounces between fork and exec: files that are not its own, the network, and other programs.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "jail.h"

#ifdef __linux__

#include <fcntl.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Landlock, as its stable interface has it (docs.kernel.org/userspace-api/landlock.html): headers may be older than the kernel.
#define CREATE_RULESET 444
#define ADD_RULE 445
#define RESTRICT_SELF 446
#define EXECUTE (1ULL << 0)
#define WRITE_FILE (1ULL << 1)
#define READ_FILE (1ULL << 2)
#define READ_DIR (1ULL << 3)
#define FIRST_RIGHTS ((1ULL << 13) - 1)
#define REFER (1ULL << 13)
#define TRUNCATE (1ULL << 14)

struct path_rule {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

static void allow(int ruleset, const char *path, uint64_t rights)
{
    struct stat status;
    int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0) return;
    // A rule of a file must not have rights that only folders have.
    if (fstat(file, &status) == 0 && !S_ISDIR(status.st_mode)) rights &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE;
    struct path_rule rule = {rights, file};
    syscall(ADD_RULE, ruleset, 1, &rule, 0);
    close(file);
}

/// The program's libraries, and what the system tells about the process itself.
static const char *const system_paths[] = {
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/nix/store", "/etc/ld.so.cache",
    "/etc/ld.so.preload", "/proc/self", "/proc/meminfo", "/sys/fs/cgroup", "/sys/devices/system/cpu", "/dev/urandom", NULL,
};

/// The loaders, which the kernel runs for a program.
static const char *const loaders[] = {
    "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1",
    "/nix/store", NULL,
};

static bool restrict_files(const hl_subprocess_order *order)
{
    long version = syscall(CREATE_RULESET, NULL, 0, 1);
    if (version < 1) return false;
    uint64_t handled = FIRST_RIGHTS | (version >= 2 ? REFER : 0) | (version >= 3 ? TRUNCATE : 0);
    int ruleset = (int)syscall(CREATE_RULESET, &handled, sizeof handled, 0);
    if (ruleset < 0) return false;
    const uint64_t reading = READ_FILE | READ_DIR;
    if (order->wants_network) allow(ruleset, "/", reading);
    for (int i = 0; system_paths[i] != NULL; i++) allow(ruleset, system_paths[i], reading);
    for (int i = 0; loaders[i] != NULL; i++) allow(ruleset, loaders[i], reading | EXECUTE);
    allow(ruleset, order->path, READ_FILE | EXECUTE);
    allow(ruleset, "/dev/null", READ_FILE | WRITE_FILE);
    if (!order->wants_network) allow(ruleset, order->folder, handled & ~EXECUTE);
    for (int i = 0; order->readable[i] != NULL; i++) allow(ruleset, order->readable[i], READ_FILE);
    bool is_restricted = syscall(RESTRICT_SELF, ruleset, 0) == 0;
    close(ruleset);
    return is_restricted;
}

#if defined(__x86_64__) || defined(__aarch64__)

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>

#ifdef __x86_64__
#define MACHINE AUDIT_ARCH_X86_64
#define FOREIGN_CALLS 0x40000000
#else
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define ANSWER(number) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (number))
#define REFUSE(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), ANSWER(EPERM)

/// Other programs, and other processes.
static struct sock_filter alone[] = {
    LOAD(offsetof(struct seccomp_data, arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    LOAD(offsetof(struct seccomp_data, nr)),
#ifdef FOREIGN_CALLS
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, FOREIGN_CALLS, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    REFUSE(SYS_fork),
    REFUSE(SYS_vfork),
#endif
    REFUSE(SYS_ptrace),
    REFUSE(SYS_process_vm_readv),
    REFUSE(SYS_process_vm_writev),
    REFUSE(SYS_bpf),
    REFUSE(SYS_keyctl),
    REFUSE(SYS_unshare),
    REFUSE(SYS_setns),
    REFUSE(SYS_mount),
    REFUSE(425), // io_uring_setup, whose requests pass by this filter
    // clone3 has its flags in memory, which a filter cannot read; libraries then use clone.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 435, 0, 1),
    ANSWER(ENOSYS),
    // Threads, but no processes.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
    LOAD(offsetof(struct seccomp_data, args)),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
    ANSWER(EPERM),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static struct sock_filter network[] = {
    LOAD(offsetof(struct seccomp_data, nr)),
    REFUSE(SYS_socket),
    REFUSE(SYS_socketpair),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static bool add(struct sock_filter *filter, unsigned short count)
{
    struct sock_fprog program = {count, filter};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

static bool restrict_calls(bool wants_network)
{
    if (!add(alone, sizeof alone / sizeof *alone)) return false;
    return wants_network || add(network, sizeof network / sizeof *network);
}

#else

static bool restrict_calls(bool wants_network)
{
    (void)wants_network;
    return false;
}

#endif

int32_t hl_subprocess_jail(const hl_subprocess_order *order)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 0;
    int32_t jail = restrict_files(order) ? HL_SUBPROCESS_FILES : 0;
    return jail | (restrict_calls(order->wants_network) ? HL_SUBPROCESS_CALLS : 0);
}

#else

int32_t hl_subprocess_jail(const hl_subprocess_order *order)
{
    (void)order;
    return 0;
}

#endif
