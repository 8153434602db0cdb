// Starting workers, all from one thread.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "CLuaJail.h"
#include "jail.h"

enum { SEND_SECONDS = 60 };

/// A program to start, and the result.
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

/// The few variables that the dynamic loader may need, and none of the caller's secrets.
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
    // A process group of its own: Ctrl-C in the terminal is meant for the caller, which may still need the worker.
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

static void start_program(order *order)
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

/// Starts all workers of this process. The kernel signals a worker when the thread that started it ends, not when the process does, so
/// this thread lives as long as the process.
static void *start_workers(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (pending == NULL || pending->is_done) pthread_cond_wait(&changed, &lock);
        start_program(pending);
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

/// A copy of a descriptor above those that a worker receives, so that none is overwritten before it is copied; -1 stays -1.
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
    // A worker that stops reading must not block its caller.
    struct timeval timeout = {.tv_sec = SEND_SECONDS};
    setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
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
