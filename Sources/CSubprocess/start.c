// Starting programs, all from one thread.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "jail.h"

/// An order, and what became of it.
typedef struct {
    const hl_subprocess_order *order;
    hl_subprocess *started;
    int32_t result;
    bool is_done;
} task;

/// What the child tells before its program runs.
typedef struct {
    int32_t jail;
    int32_t error;
} message;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static task *pending;

static void close_all_from(int first)
{
#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
    for (int i = first; i < 4096; i++) close(i);
}

/// The child's side, from fork to exec: only calls that are safe although other threads are gone in the middle of their work.
static void become_program(const hl_subprocess_order *order, const int ends[3], int told, pid_t caller)
{
    message message = {0, 0};
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != caller) _exit(127);
    for (int i = 1; i < NSIG; i++) {
        if (i != SIGKILL && i != SIGSTOP) signal(i, SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    bool is_ready = chdir(order->folder) == 0;
    for (int i = 0; i < 3; i++) is_ready = is_ready && dup2(ends[i], i) >= 0;
    is_ready = is_ready && dup2(told, 3) == 3 && fcntl(3, F_SETFD, FD_CLOEXEC) == 0;
    if (is_ready) {
        close_all_from(4);
        if (order->wants_jail) message.jail = hl_subprocess_jail(order);
        if (write(3, &message, sizeof message) == sizeof message) {
            execve(order->path, (char *const *)order->arguments, (char *const *)order->environment);
        }
        told = 3;
    }
    message.error = errno;
    (void)!write(told, &message, sizeof message);
    _exit(127);
}

/// A pipe whose ends are above those that a program has.
static int make_pipe(int ends[2])
{
    int low[2];
    if (pipe(low) != 0) return errno;
    for (int i = 0; i < 2; i++) {
        ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, 16);
        close(low[i]);
    }
    return ends[0] < 0 || ends[1] < 0 ? EMFILE : 0;
}

static void close_pipe(const int ends[2])
{
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0) close(ends[i]);
    }
}

static int32_t start_with(const hl_subprocess_order *order, hl_subprocess *started, int pipes[3][2])
{
    int input = fcntl(order->input, F_DUPFD_CLOEXEC, 16);
    if (input < 0) return errno;
    int ends[3] = {input, pipes[0][1], pipes[1][1]};
    pid_t caller = getpid();
    pid_t pid = fork();
    if (pid == 0) become_program(order, ends, pipes[2][1], caller);
    int32_t result = pid < 0 ? errno : 0;
    close(input);
    for (int i = 0; i < 3; i++) {
        close(pipes[i][1]);
        pipes[i][1] = -1;
    }
    if (result != 0) return result;
    // The child and the caller both do this, so that it is done whoever goes first.
    setpgid(pid, pid);
    message message = {0, 0};
    int32_t jail = 0;
    for (;;) {
        ssize_t count = read(pipes[2][0], &message, sizeof message);
        if (count < 0 && errno == EINTR) continue;
        // The pipe closes when the program runs.
        if (count != sizeof message) break;
        if (message.error != 0) result = message.error;
        else jail = message.jail;
    }
    if (result != 0) {
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
        return result;
    }
#ifdef F_SETPIPE_SZ
    fcntl(pipes[0][0], F_SETPIPE_SZ, 1 << 20);
#endif
    *started = (hl_subprocess){.pid = pid, .output = pipes[0][0], .errors = pipes[1][0], .jail = jail};
    pipes[0][0] = pipes[1][0] = -1;
    return 0;
}

static int32_t start_program(const hl_subprocess_order *order, hl_subprocess *started)
{
    int pipes[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    int32_t result = 0;
    for (int i = 0; i < 3 && result == 0; i++) result = make_pipe(pipes[i]);
    if (result == 0) result = start_with(order, started, pipes);
    for (int i = 0; i < 3; i++) close_pipe(pipes[i]);
    return result;
}

/// The kernel signals a program when the thread that started it ends, not when the process does, so this thread lives as long.
static void *start_programs(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (pending == NULL || pending->is_done) pthread_cond_wait(&changed, &lock);
        pending->result = start_program(pending->order, pending->started);
        pending->is_done = true;
        pthread_cond_broadcast(&changed);
    }
    return NULL;
}

static bool has_thread;

static void start_thread(void)
{
    pthread_t thread;
    has_thread = pthread_create(&thread, NULL, start_programs, NULL) == 0;
    if (has_thread) pthread_detach(thread);
}

int32_t hl_subprocess_start(const hl_subprocess_order *order, hl_subprocess *started)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_thread);
    if (!has_thread) return EAGAIN;
    task task = {.order = order, .started = started};
    pthread_mutex_lock(&lock);
    while (pending != NULL) pthread_cond_wait(&changed, &lock);
    pending = &task;
    pthread_cond_broadcast(&changed);
    while (!task.is_done) pthread_cond_wait(&changed, &lock);
    pending = NULL;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return task.result;
}

void hl_subprocess_kill(int32_t pid)
{
    kill(-pid, SIGKILL);
}

bool hl_subprocess_ended(int32_t pid, int32_t *status)
{
    int found;
    pid_t result = waitpid(pid, &found, WNOHANG);
    if (result == 0 || (result < 0 && errno == EINTR)) return false;
    // Somebody else has waited for it: how it ended is not known, and it did not end well.
    *status = result < 0 ? 127 : WIFEXITED(found) ? WEXITSTATUS(found) : -WTERMSIG(found);
    return true;
}
