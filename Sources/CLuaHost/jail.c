#include "jail.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

// A long run may take hours; a worker that nobody watches any more must end some day.
static const rlim_t processor_seconds = 24 * 3600;
static const rlim_t stack_bytes = 64 << 20;

static void set_limit(int resource, rlim_t value)
{
    struct rlimit limit = {value, value};
    setrlimit(resource, &limit);
}

void hl_jail_raise_stack(void)
{
    // The main thread's stack grows up to the limit of the moment, not to that of the start.
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= stack_bytes) return;
    limit.rlim_cur = limit.rlim_max < stack_bytes ? limit.rlim_max : stack_bytes;
    setrlimit(RLIMIT_STACK, &limit);
}

/// The bytes of address space in use; 0 when the system does not say.
static uint64_t mapped_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL) return 0;
    unsigned long long pages = 0;
    if (fscanf(file, "%llu", &pages) != 1) pages = 0;
    fclose(file);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

void hl_jail_limit(uint64_t spare_bytes)
{
    uint64_t mapped = mapped_bytes();
    if (mapped != 0) set_limit(RLIMIT_AS, mapped + spare_bytes + stack_bytes);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, 0);
    set_limit(RLIMIT_NOFILE, 0);
    set_limit(RLIMIT_NPROC, 0);
    set_limit(RLIMIT_CPU, processor_seconds);
}

#ifdef __linux__

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

void hl_jail_follow(int64_t caller)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // It may have ended before the request.
    if (getppid() != caller) _exit(0);
}

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
// The bit of the x32 calling convention, whose numbers are a second door to the same calls.
#define FOREIGN_CALLS 0x40000000
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE

#define FIELD(name) (uint32_t) offsetof(struct seccomp_data, name)
/// The lower half of an argument; descriptors and flags have no more.
#define ARGUMENT(number) (FIELD(args) + 8 * (number))
#define LOAD(place) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, place)
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/// Goes on with the next line if the value is equal, else past `count` of them.
#define IF_EQUAL(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)
#define ALLOW_CALL(call) IF_EQUAL(call, 1), ALLOW
/// Allows a call whose first argument is that descriptor.
#define ALLOW_ON(call, descriptor) IF_EQUAL(call, 4), LOAD(ARGUMENT(0)), IF_EQUAL(descriptor, 1), ALLOW, KILL

static struct sock_filter filter[] = {
    LOAD(FIELD(arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
    KILL,
    LOAD(FIELD(nr)),
#ifdef FOREIGN_CALLS
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, FOREIGN_CALLS, 0, 1),
    KILL,
#endif
    ALLOW_ON(SYS_read, HL_CHANNEL),
    ALLOW_ON(SYS_write, HL_CHANNEL),
    ALLOW_CALL(SYS_clock_gettime),
    ALLOW_CALL(SYS_exit),
    ALLOW_CALL(SYS_exit_group),
    ALLOW_CALL(SYS_rt_sigreturn),
    // Memory: what malloc asks for, never of a file and never executable.
    ALLOW_CALL(SYS_brk),
    ALLOW_CALL(SYS_munmap),
    ALLOW_CALL(SYS_mremap),
    ALLOW_CALL(SYS_madvise),
    IF_EQUAL(SYS_mmap, 6),
    LOAD(ARGUMENT(2)),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 3, 0),
    LOAD(ARGUMENT(3)),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 0, 1),
    ALLOW,
    KILL,
    KILL,
};

int32_t hl_jail_filter(void)
{
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    prctl(PR_SET_DUMPABLE, 0);
    // For all threads of the process, whoever started them.
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0) return 0;
    return errno == 0 ? EINVAL : errno;
}

#else

int32_t hl_jail_filter(void)
{
    return ENOSYS;
}

#endif

#else

void hl_jail_follow(int64_t caller)
{
    // The end of the channel, which it notices between two requests, ends the worker here.
    if (getppid() != caller) _exit(0);
}

int32_t hl_jail_filter(void)
{
    return ENOSYS;
}

#endif
