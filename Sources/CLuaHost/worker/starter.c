#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "starter.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLuaJail.h"
#include "jail.h"

#ifdef __linux__

enum { GREETING = 0x484C5354, COUNT = 3, RAISED = 16, BEYOND = 64 };

/// The first message, and its answer.
typedef struct {
    uint32_t greeting;
    /// The process that the starter must not outlive.
    int64_t caller;
} hello;

/// A request; the descriptors that it has travel beside it.
typedef struct {
    bool has[COUNT];
} request;

typedef struct {
    int32_t problem;
    int32_t pid;
} reply;

/// Room for the descriptors of a request.
typedef union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(COUNT * sizeof(int))];
} passengers;

static bool transfer(ssize_t (*move)(int, void *, size_t, int), int socket, void *bytes, size_t length, int flags)
{
    ssize_t count;
    do count = move(socket, bytes, length, flags);
    while (count < 0 && errno == EINTR);
    if (count >= 0 && count != (ssize_t)length) errno = EPROTO;
    return count == (ssize_t)length;
}

static ssize_t send_all(int socket, void *bytes, size_t length, int flags) { return send(socket, bytes, length, flags); }

static bool put(int socket, void *bytes, size_t length) { return transfer(send_all, socket, bytes, length, MSG_NOSIGNAL); }
static bool take(int socket, void *bytes, size_t length) { return transfer(recv, socket, bytes, length, MSG_WAITALL); }

static int32_t problem(void) { return errno == 0 ? EPROTO : errno; }

int32_t hl_starter_greet(int32_t control)
{
    hello mine = {GREETING, getpid()}, theirs;
    errno = 0;
    if (!put(control, &mine, sizeof mine) || !take(control, &theirs, sizeof theirs)) return problem();
    return theirs.greeting == GREETING ? 0 : EPROTO;
}

int32_t hl_starter_ask(int32_t control, const hl_worker_descriptors *descriptors, int32_t *pid)
{
    request wanted = {0};
    int passed[COUNT], count = 0;
    for (int i = 0; i < COUNT; i++) {
        wanted.has[i] = descriptors->descriptors[i] >= 0;
        if (wanted.has[i]) passed[count++] = descriptors->descriptors[i];
    }
    passengers room = {0};
    struct iovec content = {&wanted, sizeof wanted};
    struct msghdr message = {
        .msg_iov = &content, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = CMSG_SPACE((size_t)count * sizeof(int))};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN((size_t)count * sizeof(int));
    memcpy(CMSG_DATA(header), passed, (size_t)count * sizeof(int));
    ssize_t sent;
    errno = 0;
    do sent = sendmsg(control, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    reply answer;
    if (sent != sizeof wanted || !take(control, &answer, sizeof answer)) return problem();
    *pid = answer.pid;
    return answer.problem;
}

/// Receives a request with its descriptors, -1 for those that it has not. The caller's end closes the starter.
static void receive(hl_worker_descriptors *descriptors)
{
    request wanted;
    passengers room;
    struct iovec content = {&wanted, sizeof wanted};
    struct msghdr message = {.msg_iov = &content, .msg_iovlen = 1, .msg_control = room.bytes, .msg_controllen = sizeof room};
    ssize_t count;
    do count = recvmsg(HL_CHANNEL, &message, MSG_WAITALL);
    while (count < 0 && errno == EINTR);
    struct cmsghdr *header = count == sizeof wanted ? CMSG_FIRSTHDR(&message) : NULL;
    if (header == NULL || header->cmsg_type != SCM_RIGHTS || (message.msg_flags & MSG_CTRUNC)) _exit(0);
    size_t next = 0, passed = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (int i = 0; i < COUNT; i++) {
        descriptors->descriptors[i] = -1;
        if (!wanted.has[i]) continue;
        if (next == passed) _exit(0);
        memcpy(&descriptors->descriptors[i], CMSG_DATA(header) + next++ * sizeof(int), sizeof(int));
    }
}

static _Noreturn void become_worker(const hl_worker_descriptors *descriptors)
{
    setpgid(0, 0);
    int raised[COUNT];
    for (int i = 0; i < COUNT; i++) {
        int given = descriptors->descriptors[i];
        raised[i] = given >= 0 ? fcntl(given, F_DUPFD, RAISED) : open("/dev/null", O_RDONLY);
        if (raised[i] < 0) _exit(0);
    }
    // The first of them takes the place of the channel to the starter's caller.
    for (int i = 0; i < COUNT; i++) {
        if (dup2(raised[i], HL_CHANNEL + i) < 0) _exit(0);
    }
    for (int i = HL_CHANNEL + COUNT; i < BEYOND; i++) close(i);
    hl_worker_main();
}

_Noreturn void hl_starter_main(void)
{
    hello greeting;
    if (!take(HL_CHANNEL, &greeting, sizeof greeting) || greeting.greeting != GREETING) _exit(0);
    hl_jail_follow(greeting.caller);
    if (!put(HL_CHANNEL, &greeting, sizeof greeting)) _exit(0);
    for (;;) {
        hl_worker_descriptors descriptors;
        receive(&descriptors);
        // As fork, but the copy is a child of the starter's parent, who waits for it and whose end it follows. Nothing has read a script or
        // a row yet, and nothing ever will in this process: every worker begins with the same memory.
        long pid = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
        if (pid == 0) become_worker(&descriptors);
        reply answer = {.problem = pid < 0 ? errno : 0, .pid = (int32_t)pid};
        for (int i = 0; i < COUNT; i++) {
            if (descriptors.descriptors[i] >= 0) close(descriptors.descriptors[i]);
        }
        if (!put(HL_CHANNEL, &answer, sizeof answer)) _exit(0);
    }
}

#else

int32_t hl_starter_greet(int32_t control)
{
    (void)control;
    return ENOSYS;
}

int32_t hl_starter_ask(int32_t control, const hl_worker_descriptors *descriptors, int32_t *pid)
{
    (void)control, (void)descriptors, (void)pid;
    return ENOSYS;
}

_Noreturn void hl_starter_main(void)
{
    _exit(0);
}

#endif
