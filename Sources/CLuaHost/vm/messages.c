#include "messages.h"

#include <stdlib.h>
#include <string.h>

static const uint8_t *take(hl_cursor *cursor, size_t count)
{
    if ((size_t)(cursor->end - cursor->next) < count) {
        cursor->is_short = true;
        return NULL;
    }
    const uint8_t *bytes = cursor->next;
    cursor->next += count;
    return bytes;
}

uint32_t hl_take_u32(hl_cursor *cursor)
{
    uint32_t number = 0;
    const uint8_t *bytes = take(cursor, sizeof number);
    if (bytes != NULL) memcpy(&number, bytes, sizeof number);
    return number;
}

uint64_t hl_take_u64(hl_cursor *cursor)
{
    uint64_t number = 0;
    const uint8_t *bytes = take(cursor, sizeof number);
    if (bytes != NULL) memcpy(&number, bytes, sizeof number);
    return number;
}

const char *hl_take_text(hl_cursor *cursor, size_t *length)
{
    uint32_t count = hl_take_u32(cursor);
    const uint8_t *bytes = take(cursor, count);
    *length = bytes == NULL ? 0 : count;
    return bytes == NULL ? "" : (const char *)bytes;
}

const char *hl_take_name(hl_cursor *cursor, char name[256])
{
    size_t length;
    const char *text = hl_take_text(cursor, &length);
    if (length > 255 || memchr(text, 0, length) != NULL) {
        cursor->is_short = true;
        length = 0;
    }
    memcpy(name, text, length);
    name[length] = 0;
    return name;
}

void hl_put_bytes(hl_buffer *buffer, const void *bytes, size_t length)
{
    if (buffer->is_cut) return;
    if (length > buffer->capacity - buffer->length) {
        size_t capacity = (buffer->length + length) * 2 + 256;
        uint8_t *grown = realloc(buffer->bytes, capacity);
        if (grown == NULL) {
            buffer->is_cut = 1;
            return;
        }
        buffer->bytes = grown;
        buffer->capacity = capacity;
    }
    if (length > 0) memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
}

void hl_put_u32(hl_buffer *buffer, uint32_t number)
{
    hl_put_bytes(buffer, &number, sizeof number);
}

void hl_put_u64(hl_buffer *buffer, uint64_t number)
{
    hl_put_bytes(buffer, &number, sizeof number);
}

void hl_put_text(hl_buffer *buffer, const void *text, size_t length)
{
    hl_put_u32(buffer, (uint32_t)length);
    hl_put_bytes(buffer, text, length);
}

void hl_buffer_free(hl_buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (hl_buffer){0};
}
