// Starting workers, all from one thread: as programs, or from the second on as copies of a starter.

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
#include <sys/wait.h>
#include <unistd.h>

#include "CLuaJail.h"
#include "jail.h"
#include "starter.h"

enum { SEND_SECONDS = 60, STARTER_FAILURES = 3 };

/// A program to start, and the result.
typedef struct {
    const char *path;
    const char *argument;
    const char *starter;
    hl_worker_descriptors given;
    int result;
    pid_t pid;
    bool is_done;
} order;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static order *pending;

/// The starter, and the first program of which workers were wanted. Only the thread that starts workers changes it.
static struct {
    char *path;
    uint64_t wanted;
    int control;
    int failures;
    _Atomic int32_t pid;
} starter = {.control = -1};

static _Atomic uint64_t programs_started;

#ifdef __linux__
static const bool can_copy = true;
#else
static const bool can_copy = false;
#endif

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

static void set_descriptors(posix_spawn_file_actions_t *actions, const hl_worker_descriptors *given)
{
    posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
    int next = HL_CHANNEL;
    for (int i = 0; i < 3; i++, next++) {
        if (given->descriptors[i] >= 0) posix_spawn_file_actions_adddup2(actions, given->descriptors[i], next);
        else posix_spawn_file_actions_addopen(actions, next, "/dev/null", O_RDONLY, 0);
    }
#ifdef __GLIBC__
    posix_spawn_file_actions_addclosefrom_np(actions, next);
#endif
}

extern char **environ;

/// Returns 0 or an errno.
static int start_program(const char *path, const char *argument, const hl_worker_descriptors *given, pid_t *pid)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
    set_attributes(&attributes);
    set_descriptors(&actions, given);
    char *const arguments[] = {(char *)"hookline", (char *)argument, NULL};
    char *environment[4];
    choose_environment(environment, environ);
    int result = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (result == 0) programs_started++;
    return result;
}

/// A copy of a descriptor above those that a worker receives, so that none is overwritten before it is copied; -1 stays -1.
static int raised(int descriptor)
{
    return descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, 16);
}

static void close_all(const hl_worker_descriptors *given)
{
    for (int i = 0; i < 3; i++) {
        if (given->descriptors[i] >= 0) close(given->descriptors[i]);
    }
}

/// Makes a channel: this process keeps the first end. Returns false with errno set.
static bool open_channel(int ends[2])
{
#ifdef SOCK_CLOEXEC
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
#else
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int on = 1;
    setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    // A process that stops reading must not block its caller, and neither must a starter that stops answering.
    struct timeval timeout = {.tv_sec = SEND_SECONDS};
    setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    return true;
}

static void end_starter(void)
{
    kill(starter.pid, SIGKILL);
    while (waitpid(starter.pid, NULL, 0) < 0 && errno == EINTR) {}
    close(starter.control);
    starter.control = -1;
    starter.pid = 0;
    starter.failures++;
}

static bool start_starter(const order *order)
{
    int ends[2];
    if (!open_channel(ends)) return false;
    hl_worker_descriptors given = {{raised(ends[1]), -1, -1}};
    close(ends[1]);
    pid_t pid;
    bool is_started = given.descriptors[0] >= 0 && start_program(order->path, order->starter, &given, &pid) == 0;
    close_all(&given);
    if (!is_started) {
        close(ends[0]);
        starter.failures++;
        return false;
    }
    starter.control = ends[0];
    starter.pid = pid;
    if (hl_starter_greet(starter.control) == 0) return true;
    end_starter();
    return false;
}

/// Starts a worker as a copy of the starter, if there is one or can be. A process that needs only one worker has no use for a starter.
static bool copy_starter(order *order)
{
    if (!can_copy || order->starter == NULL || starter.failures >= STARTER_FAILURES) return false;
    if (starter.path == NULL) starter.path = strdup(order->path);
    if (starter.path == NULL || strcmp(starter.path, order->path) != 0 || starter.wanted++ == 0) return false;
    if (starter.control < 0 && !start_starter(order)) return false;
    order->result = hl_starter_ask(starter.control, &order->given, &order->pid);
    if (order->result == 0) return true;
    end_starter();
    return false;
}

/// Starts all workers of this process. The kernel signals a worker when the thread that started it ends, not when the process does, so
/// this thread lives as long as the process.
static void *start_workers(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (pending == NULL || pending->is_done) pthread_cond_wait(&changed, &lock);
        if (!copy_starter(pending)) {
            pending->result = start_program(pending->path, pending->argument, &pending->given, &pending->pid);
        }
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

int32_t hl_host_spawn(const char *path, const char *argument, const char *starter, int32_t slots, int32_t lookups, hl_worker *worker)
{
    int ends[2];
    if (!open_channel(ends)) return errno;
    order order = {
        .path = path, .argument = argument, .starter = starter, .given = {{raised(ends[1]), raised(slots), raised(lookups)}}};
    close(ends[1]);
    const int32_t *given = order.given.descriptors;
    bool has_all = given[0] >= 0 && (slots < 0 || given[1] >= 0) && (lookups < 0 || given[2] >= 0);
    if (!has_all) order.result = EMFILE;
    else submit(&order);
    close_all(&order.given);
    if (order.result != 0) {
        close(ends[0]);
        return order.result;
    }
    *worker = (hl_worker){.pid = order.pid, .channel = ends[0]};
    return 0;
}

uint64_t hl_host_programs_started(void) { return programs_started; }

int32_t hl_host_starter(void) { return starter.pid; }
