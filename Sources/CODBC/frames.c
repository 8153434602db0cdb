#include "frames.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CODBC.h"

static int output = -1;
static char *frame;
static size_t length, room, kept;

void hl_odbc_open_frames(void)
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

bool hl_odbc_next_request(hl_odbc_request *request)
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

void hl_odbc_begin_frame(char kind)
{
    if (kept > 5) {
        length = kept;
        hl_odbc_end_frame();
    }
    length = 0;
    reserve(5);
    memset(frame, 0, 4);
    frame[4] = kind;
    length = 5;
}

void hl_odbc_put(const void *bytes, size_t count)
{
    reserve(count);
    if (count > 0) memcpy(frame + length, bytes, count);
    length += count;
}

void hl_odbc_put_number(int32_t number) { hl_odbc_put(&number, sizeof number); }

void hl_odbc_put_text(const char *text, size_t count)
{
    hl_odbc_put_number((int32_t)count);
    hl_odbc_put(text, count);
}

static void put_scalar(uint32_t scalar)
{
    char bytes[4];
    size_t count = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
    if (count == 1) {
        bytes[0] = (char)scalar;
    } else {
        for (size_t i = count - 1; i > 0; i--, scalar >>= 6) bytes[i] = (char)(0x80 | (scalar & 0x3F));
        bytes[0] = (char)((0xF0 << (4 - count)) | scalar);
    }
    hl_odbc_put(bytes, count);
}

void hl_odbc_put_wide(const sql_char *text, size_t count)
{
    size_t place = length;
    hl_odbc_put_number(0);
    for (size_t i = 0; i < count; i++) {
        uint32_t scalar = text[i];
        if (scalar >= 0xD800 && scalar < 0xDC00 && i + 1 < count && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000) {
            scalar = 0x10000 + ((scalar - 0xD800) << 10) + (text[++i] - 0xDC00u);
        } else if (scalar >= 0xD800 && scalar < 0xE000) {
            scalar = 0xFFFD;
        }
        put_scalar(scalar);
    }
    hl_odbc_patch_number(place, (int32_t)(length - place - 4));
}

size_t hl_odbc_frame_length(void) { return length; }

void hl_odbc_shorten_frame(size_t shorter) { length = shorter; }

void hl_odbc_patch_number(size_t place, int32_t number) { memcpy(frame + place, &number, sizeof number); }

void hl_odbc_keep(void) { kept = length; }

void hl_odbc_end_frame(void)
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

void hl_odbc_answer_fault(char kind, const char *state, const char *text)
{
    hl_odbc_begin_frame(HL_ODBC_FAULT);
    hl_odbc_put(&kind, 1);
    hl_odbc_put(state, 5);
    hl_odbc_put_text(text, strlen(text));
    hl_odbc_end_frame();
}

/// The scalar at a place of UTF-8, and how many bytes it takes.
static uint32_t scalar_at(const unsigned char *text, size_t left, size_t *taken)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = text[0];
    size_t count = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF8 ? 4 : 0;
    *taken = 1;
    if (count == 0 || count > left) return 0xFFFD;
    if (count == 1) return first;
    uint32_t scalar = first & (0x7Fu >> count);
    for (size_t i = 1; i < count; i++) {
        if ((text[i] & 0xC0) != 0x80) return 0xFFFD;
        scalar = scalar << 6 | (text[i] & 0x3Fu);
    }
    if (scalar < least[count] || scalar > 0x10FFFF || (scalar >= 0xD800 && scalar < 0xE000)) return 0xFFFD;
    *taken = count;
    return scalar;
}

sql_char *hl_odbc_wide(const char *text, size_t count, size_t *units)
{
    sql_char *wide = malloc((count + 1) * sizeof *wide);
    if (wide == NULL) _exit(71);
    size_t used = 0;
    for (size_t i = 0, taken; i < count; i += taken) {
        uint32_t scalar = scalar_at((const unsigned char *)text + i, count - i, &taken);
        if (scalar < 0x10000) {
            wide[used++] = (sql_char)scalar;
        } else {
            wide[used++] = (sql_char)(0xD800 + ((scalar - 0x10000) >> 10));
            wide[used++] = (sql_char)(0xDC00 + ((scalar - 0x10000) & 0x3FF));
        }
    }
    wide[used] = 0;
    *units = used;
    return wide;
}
