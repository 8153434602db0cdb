// The caller's end of a worker: talking to it, and making sure that it ends.

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "CLuaJail.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

int32_t hl_host_send(const hl_worker *worker, const void *bytes, size_t length)
{
    const uint8_t *next = bytes;
    while (length > 0) {
        ssize_t count = send(worker->channel, next, length, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        next += count;
        length -= (size_t)count;
    }
    return 0;
}

int64_t hl_host_receive(const hl_worker *worker, void *bytes, size_t capacity, int32_t milliseconds)
{
    struct pollfd descriptor = {.fd = worker->channel, .events = POLLIN};
    int ready = poll(&descriptor, 1, milliseconds);
    if (ready == 0 || (ready < 0 && errno == EINTR)) return -1;
    if (ready < 0) return -2;
    ssize_t count = read(worker->channel, bytes, capacity);
    if (count < 0) return errno == EINTR ? -1 : errno == ECONNRESET ? 0 : -2;
    return count;
}

uint64_t hl_host_processor_time(const hl_worker *worker)
{
#ifdef __linux__
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(worker->pid, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
#else
    (void)worker;
    return 0;
#endif
}

int32_t hl_host_end(hl_worker *worker, int32_t kill_it)
{
    if (worker->pid <= 0) return 0;
    if (kill_it) kill(worker->pid, SIGKILL);
    close(worker->channel);
    int status = 0;
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) {}
    *worker = (hl_worker){0};
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}
