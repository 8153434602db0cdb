// What a program is sent while it runs.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

#include "CSubprocess.h"

int32_t hl_subprocess_pair(int32_t ends[2])
{
    int pair[2];
#ifdef SOCK_CLOEXEC
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return -1;
#else
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return -1;
    for (int i = 0; i < 2; i++) fcntl(pair[i], F_SETFD, FD_CLOEXEC);
#endif
#ifdef SO_NOSIGPIPE
    int on = 1;
    setsockopt(pair[0], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    ends[0] = pair[0];
    ends[1] = pair[1];
    return 0;
}

intptr_t hl_subprocess_send(int32_t end, const void *bytes, uintptr_t count)
{
#ifdef MSG_NOSIGNAL
    const int flags = MSG_NOSIGNAL;
#else
    const int flags = 0;
#endif
    for (;;) {
        intptr_t sent = send(end, bytes, count, flags);
        if (sent >= 0 || errno != EINTR) return sent;
    }
}

void hl_subprocess_end_sending(int32_t end)
{
    shutdown(end, SHUT_WR);
}
