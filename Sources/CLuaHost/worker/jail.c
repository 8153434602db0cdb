#include "jail.h"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

// A long run may take hours; a worker that nobody watches any more must still end some day.
static const rlim_t processor_seconds = 24 * 3600;
static const rlim_t stack_bytes = 64 << 20;

static void set_limit(int resource, rlim_t value)
{
    struct rlimit limit = {value, value};
    setrlimit(resource, &limit);
}

void hl_jail_raise_stack(void)
{
    // The main thread's stack grows up to the current limit, not to the one at the start.
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= stack_bytes) return;
    limit.rlim_cur = limit.rlim_max < stack_bytes ? limit.rlim_max : stack_bytes;
    setrlimit(RLIMIT_STACK, &limit);
}

/// The bytes of address space in use; 0 when the system does not tell.
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

void hl_jail_follow(int64_t caller)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    // The caller may have ended before the request. Outside Linux, the worker ends later when it sees the channel close.
    if (getppid() != caller) _exit(0);
}
