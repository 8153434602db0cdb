// Frames on standard input and output.

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CReader.h"

static int output = -1;
static char *frame;
static size_t length, room, kept;

void hl_reader_open_frames(void)
{
    output = fcntl(1, F_DUPFD_CLOEXEC, 16);
    if (output < 0 || dup2(2, 1) < 0) _exit(70);
}

static bool read_all(void *bytes, size_t count)
{
    for (size_t done = 0; done < count;) {
        ssize_t step = read(0, (char *)bytes + done, count - done);
        if (step < 0 && errno == EINTR) continue;
        if (step <= 0) return false;
        done += (size_t)step;
    }
    return true;
}

bool hl_reader_next_request(hl_reader_request *request)
{
    free(request->bytes);
    request->bytes = NULL;
    if (!read_all(&request->length, sizeof request->length) || !read_all(&request->kind, 1)) return false;
    request->bytes = malloc((size_t)request->length + 1);
    if (request->bytes == NULL) _exit(71);
    request->bytes[request->length] = 0;
    return read_all(request->bytes, request->length);
}

static void reserve(size_t count)
{
    if (length + count <= room) return;
    room = (length + count) * 2;
    frame = realloc(frame, room);
    if (frame == NULL) _exit(71);
}

void hl_reader_begin_frame(char kind)
{
    if (kept > 5) {
        length = kept;
        hl_reader_end_frame();
    }
    length = 0;
    reserve(5);
    memset(frame, 0, 4);
    frame[4] = kind;
    length = 5;
}

void hl_reader_put(const void *bytes, size_t count)
{
    reserve(count);
    if (count > 0) memcpy(frame + length, bytes, count);
    length += count;
}

void hl_reader_put_number(int32_t number) { hl_reader_put(&number, sizeof number); }

void hl_reader_put_text(const char *text, size_t count)
{
    hl_reader_put_number((int32_t)count);
    hl_reader_put(text, count);
}

size_t hl_reader_frame_length(void) { return length; }

void hl_reader_shorten_frame(size_t shorter) { length = shorter; }

void hl_reader_patch_number(size_t place, int32_t number) { memcpy(frame + place, &number, sizeof number); }

void hl_reader_keep(void) { kept = length; }

void hl_reader_end_frame(void)
{
    kept = 0;
    uint32_t count = (uint32_t)(length - 5);
    memcpy(frame, &count, sizeof count);
    for (size_t done = 0; done < length;) {
        ssize_t step = write(output, frame + done, length - done);
        if (step < 0 && errno == EINTR) continue;
        // Nobody reads any more.
        if (step <= 0) _exit(72);
        done += (size_t)step;
    }
    length = 0;
}

void hl_reader_answer_fault(char kind, const char *state, const char *text)
{
    hl_reader_begin_frame(HL_READER_FAULT);
    hl_reader_put(&kind, 1);
    hl_reader_put(state, 5);
    hl_reader_put_text(text, strlen(text));
    hl_reader_end_frame();
}
