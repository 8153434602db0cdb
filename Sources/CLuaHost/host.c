// The caller's side of a worker: starting it, talking to it, and being sure of its end.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "include/CLuaHost.h"
#include "jail.h"

enum { SEND_SECONDS = 60 };

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

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
        // A worker that shrank it would end its caller with SIGBUS.
        fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
#endif
        return descriptor;
    }
    close(descriptor);
    return -1;
}

/// Something to start, and what came of it.
typedef struct {
    const char *path;
    const char *argument;
    int descriptors[3];
    int result;
    pid_t pid;
    bool is_done;
} order;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static order *pending;

/// The few variables that the loader of shared libraries may need; nothing of the caller's secrets.
static size_t choose_environment(char *chosen[4], char *const *all)
{
    static const char *const names[] = {"LD_LIBRARY_PATH=", "DYLD_LIBRARY_PATH=", "DYLD_FRAMEWORK_PATH="};
    size_t count = 0;
    for (; *all != NULL && count < 3; all++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (strncmp(*all, names[i], strlen(names[i])) == 0) chosen[count++] = *all;
        }
    }
    chosen[count] = NULL;
    return count;
}

static void set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    // A group of its own: Ctrl-C on the terminal is for the caller, which may still need the worker.
    posix_spawnattr_setpgroup(attributes, 0);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    posix_spawnattr_setflags(attributes, flags);
}

static void set_descriptors(posix_spawn_file_actions_t *actions, const order *order)
{
    posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
    int next = HL_CHANNEL;
    for (int i = 0; i < 3; i++, next++) {
        if (order->descriptors[i] >= 0) posix_spawn_file_actions_adddup2(actions, order->descriptors[i], next);
        else posix_spawn_file_actions_addopen(actions, next, "/dev/null", O_RDONLY, 0);
    }
#ifdef __GLIBC__
    posix_spawn_file_actions_addclosefrom_np(actions, next);
#endif
}

extern char **environ;

static void carry_out(order *order)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
    set_attributes(&attributes);
    set_descriptors(&actions, order);
    char *const arguments[] = {(char *)"hookline", (char *)order->argument, NULL};
    char *environment[4];
    choose_environment(environment, environ);
    order->result = posix_spawn(&order->pid, order->path, &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
}

/// Starts all workers of this process. The kernel tells a worker of the end of the thread that started it, not of the process: this one
/// lives as long as the process does.
static void *start_workers(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (pending == NULL || pending->is_done) pthread_cond_wait(&changed, &lock);
        carry_out(pending);
        pending->is_done = true;
        pthread_cond_broadcast(&changed);
    }
    return NULL;
}

static void *first_thread_result;

static void start_thread(void)
{
    pthread_t thread;
    first_thread_result = pthread_create(&thread, NULL, start_workers, NULL) == 0 ? &first_thread_result : NULL;
    if (first_thread_result != NULL) pthread_detach(thread);
}

static void submit(order *order)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_thread);
    if (first_thread_result == NULL) {
        order->result = EAGAIN;
        return;
    }
    pthread_mutex_lock(&lock);
    while (pending != NULL) pthread_cond_wait(&changed, &lock);
    pending = order;
    pthread_cond_broadcast(&changed);
    while (!order->is_done) pthread_cond_wait(&changed, &lock);
    pending = NULL;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

/// A copy of a descriptor above those that a worker gets, so that none is overwritten before it is copied; -1 stays -1.
static int raised(int descriptor)
{
    return descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, 16);
}

static void close_all(const int *descriptors, int count)
{
    for (int i = 0; i < count; i++) {
        if (descriptors[i] >= 0) close(descriptors[i]);
    }
}

int32_t hl_host_spawn(const char *path, const char *argument, int32_t slots, int32_t lookups, hl_worker *worker)
{
    int ends[2];
#ifdef SOCK_CLOEXEC
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return errno;
#else
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return errno;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int on = 1;
    setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    order order = {.path = path, .argument = argument, .descriptors = {raised(ends[1]), raised(slots), raised(lookups)}};
    close(ends[1]);
    // A worker that stops reading must not stop its caller.
    struct timeval patience = {.tv_sec = SEND_SECONDS};
    setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    bool has_all = order.descriptors[0] >= 0 && (slots < 0 || order.descriptors[1] >= 0) && (lookups < 0 || order.descriptors[2] >= 0);
    if (!has_all) order.result = EMFILE;
    else submit(&order);
    close_all(order.descriptors, 3);
    if (order.result != 0) {
        close(ends[0]);
        return order.result;
    }
    *worker = (hl_worker){.pid = order.pid, .channel = ends[0]};
    return 0;
}

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
