// Memory that a caller and its workers share.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "CLuaJail.h"

int32_t hl_host_memory(uint64_t bytes)
{
#ifdef __linux__
    int descriptor = memfd_create("hookline", MFD_CLOEXEC | MFD_ALLOW_SEALING);
#else
    char name[64];
    snprintf(name, sizeof name, "/hookline-%d-%llx", (int)getpid(), (unsigned long long)clock());
    int descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (descriptor >= 0) shm_unlink(name);
#endif
    if (descriptor < 0) return -1;
    if (ftruncate(descriptor, (off_t)bytes) == 0) {
#ifdef F_ADD_SEALS
        // If a worker shrank it, its caller would die of SIGBUS.
        fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
#endif
        return descriptor;
    }
    close(descriptor);
    return -1;
}
