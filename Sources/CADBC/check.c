// What can be checked of an array before it is read: everything but the size of its buffers.

#include "arrow.h"

#include <stdlib.h>
#include <string.h>

static const char wrong_null_count[] = "the driver marks another number of values as NULL than it counts";
static const char wrong_offset[] = "the driver says that a value ends before it begins";

static int64_t read_index(const arrow_type *type, const void *buffer, int64_t at)
{
    switch (type->width) {
    case 1: return type->is_signed ? ((const int8_t *)buffer)[at] : ((const uint8_t *)buffer)[at];
    case 2: return type->is_signed ? ((const int16_t *)buffer)[at] : ((const uint16_t *)buffer)[at];
    case 4: return type->is_signed ? ((const int32_t *)buffer)[at] : ((const uint32_t *)buffer)[at];
    default: return ((const int64_t *)buffer)[at];
    }
}

static int64_t read_offset(const arrow_type *type, const void *offsets, int64_t at)
{
    return type->width == 4 ? ((const int32_t *)offsets)[at] : ((const int64_t *)offsets)[at];
}

static bool is_marked(const arrow_array *array, int64_t index)
{
    const uint8_t *marks = array->buffer_count > 0 ? array->buffers[0] : NULL;
    if (marks == NULL) return false;
    int64_t at = array->offset + index;
    return (marks[at >> 3] >> (at & 7) & 1) == 0;
}

static int64_t buffers_of(const arrow_type *type)
{
    if (type->is_indexed) return 2;
    switch (type->kind) {
    case ARROW_NULL: return 0;
    case ARROW_STRUCT:
    case ARROW_FIXED_LIST: return 1;
    case ARROW_TEXT:
    case ARROW_BYTES: return 3;
    default: return 2;
    }
}

bool hl_arrow_is_null(const arrow_type *type, const arrow_array *array, int64_t index)
{
    if (type->kind == ARROW_NULL || is_marked(array, index)) return true;
    if (!type->is_indexed) return false;
    return hl_arrow_is_null(&type->children[0], array->dictionary, read_index(type, array->buffers[1], array->offset + index));
}

/// Checks that offsets do not fall, and end within `most`.
static const char *check_offsets(const arrow_type *type, const arrow_array *array, int64_t most)
{
    const void *offsets = array->buffers[1];
    // An array of no items may have no offsets.
    if (array->length == 0) return NULL;
    if (offsets == NULL) return "the driver gives no offsets";
    int64_t last = read_offset(type, offsets, array->offset);
    if (last < 0) return wrong_offset;
    for (int64_t i = 1; i <= array->length; i++) {
        int64_t next = read_offset(type, offsets, array->offset + i);
        if (next < last) return wrong_offset;
        last = next;
    }
    return last > most ? "the driver says that a list has more items than there are" : NULL;
}

static const char *check_indexes(const arrow_type *type, const arrow_array *array)
{
    if (array->dictionary == NULL || array->dictionary->release == NULL) return "the driver gives no dictionary";
    if (array->length > 0 && array->buffers[1] == NULL) return "the driver gives no values";
    const char *fault = hl_arrow_check(&type->children[0], array->dictionary);
    for (int64_t i = 0; fault == NULL && i < array->length; i++) {
        int64_t index = is_marked(array, i) ? 0 : read_index(type, array->buffers[1], array->offset + i);
        if (index < 0 || (index >= array->dictionary->length && !is_marked(array, i))) return "the driver names a value that is not in its dictionary";
    }
    return fault;
}

const char *hl_arrow_check(const arrow_type *type, const arrow_array *array)
{
    if (type->kind == ARROW_UNKNOWN) return "a type of Arrow is not read";
    if (array == NULL || array->release == NULL) return "the driver gives no array";
    if (array->length < 0 || array->offset < 0 || array->length > INT64_MAX / 64 || array->offset > INT64_MAX / 64) {
        return "the driver tells a length that cannot be";
    }
    if (array->buffer_count != buffers_of(type)) {
        // Before Arrow 1.0, an array of NULLs had a buffer.
        if (type->kind != ARROW_NULL || array->buffer_count > 1) return "the driver gives another number of buffers than the type has";
    }
    if (array->buffer_count > 0 && array->buffers == NULL) return "the driver gives no buffers";
    if (array->null_count >= 0 && type->kind != ARROW_NULL) {
        int64_t marked = 0;
        for (int64_t i = 0; i < array->length; i++) marked += is_marked(array, i);
        if (marked != array->null_count) return wrong_null_count;
    }
    if (type->is_indexed) return check_indexes(type, array);
    if (array->child_count != type->child_count || (type->child_count > 0 && array->children == NULL)) {
        return "the driver gives another number of columns than it described";
    }
    for (int64_t i = 0; i < type->child_count; i++) {
        const char *fault = hl_arrow_check(&type->children[i], array->children[i]);
        if (fault != NULL) return fault;
    }
    switch (type->kind) {
    case ARROW_NULL: return NULL;
    case ARROW_TEXT:
    case ARROW_BYTES: {
        const char *fault = check_offsets(type, array, INT64_MAX);
        if (fault != NULL || array->length == 0) return fault;
        bool is_empty = read_offset(type, array->buffers[1], array->offset + array->length) == 0;
        return array->buffers[2] == NULL && !is_empty ? "the driver gives no values" : NULL;
    }
    case ARROW_LIST:
    case ARROW_MAP: return check_offsets(type, array, array->children[0]->length);
    case ARROW_FIXED_LIST: {
        int64_t end = array->offset + array->length;
        bool fits = type->width == 0 || end <= array->children[0]->length / type->width;
        return fits ? NULL : "the driver says that a list has more items than there are";
    }
    case ARROW_STRUCT:
        for (int64_t i = 0; i < type->child_count; i++) {
            if (array->children[i]->length < array->offset + array->length) return "the driver gives a column that is shorter than the rows";
        }
        return NULL;
    default: return array->length > 0 && array->buffers[1] == NULL ? "the driver gives no values" : NULL;
    }
}

const char *hl_arrow_bytes(const arrow_type *type, const arrow_array *array, int64_t index, int64_t *length)
{
    if (type->is_indexed) {
        return hl_arrow_bytes(
            &type->children[0], array->dictionary, read_index(type, array->buffers[1], array->offset + index), length);
    }
    int64_t at = array->offset + index;
    if (type->kind == ARROW_FIXED_BYTES) {
        *length = type->width;
        return (const char *)array->buffers[1] + at * type->width;
    }
    int64_t first = read_offset(type, array->buffers[1], at);
    *length = read_offset(type, array->buffers[1], at + 1) - first;
    return *length == 0 ? "" : (const char *)array->buffers[2] + first;
}

void hl_arrow_items(const arrow_type *type, const arrow_array *array, int64_t index, int64_t *first, int64_t *count)
{
    int64_t at = array->offset + index;
    if (type->kind == ARROW_FIXED_LIST) {
        *first = at * type->width;
        *count = type->width;
        return;
    }
    *first = read_offset(type, array->buffers[1], at);
    *count = read_offset(type, array->buffers[1], at + 1) - *first;
}
