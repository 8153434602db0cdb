// The system call filter, where the kernel offers one: Linux on x86-64 and arm64.

#include <errno.h>

#include "jail.h"

#if defined(__linux__) && defined(__x86_64__)
#include <linux/audit.h>
#define MACHINE AUDIT_ARCH_X86_64
// The bit of the x32 calling convention, whose numbers are a second way to make the same calls.
#define FOREIGN_CALLS 0x40000000
#elif defined(__linux__) && defined(__aarch64__)
#include <linux/audit.h>
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIELD(name) (uint32_t) offsetof(struct seccomp_data, name)
/// The lower half of an argument; descriptors and flags have no more.
#define ARGUMENT(number) (FIELD(args) + 8 * (number))
#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/// Continues with the next line if the value is equal; otherwise skips `count` lines.
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
    // Memory: what malloc asks for, never from a file and never executable.
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
