// Arrow's C data and stream interfaces (arrow.apache.org/docs/format/CDataInterface.html), and what Hookline makes of them.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The type and name of an array. One without `release` is empty, as with arrays and streams.
typedef struct arrow_schema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t child_count;
    struct arrow_schema **children;
    struct arrow_schema *dictionary;
    void (*release)(struct arrow_schema *);
    void *driver_data;
} arrow_schema;

typedef struct arrow_array {
    int64_t length;
    /// -1 if the driver has not counted.
    int64_t null_count;
    int64_t offset;
    int64_t buffer_count;
    int64_t child_count;
    const void **buffers;
    struct arrow_array **children;
    struct arrow_array *dictionary;
    void (*release)(struct arrow_array *);
    void *driver_data;
} arrow_array;

typedef struct arrow_stream {
    int (*get_schema)(struct arrow_stream *, arrow_schema *);
    int (*get_next)(struct arrow_stream *, arrow_array *);
    const char *(*get_last_error)(struct arrow_stream *);
    void (*release)(struct arrow_stream *);
    void *driver_data;
} arrow_stream;

typedef enum {
    /// Not read: a column of it is described, and must not be asked for.
    ARROW_UNKNOWN,
    ARROW_NULL,
    ARROW_BOOLEAN,
    ARROW_INTEGER,
    ARROW_FLOAT,
    ARROW_DECIMAL,
    ARROW_TEXT,
    ARROW_BYTES,
    ARROW_FIXED_BYTES,
    ARROW_DATE,
    ARROW_TIME,
    ARROW_TIMESTAMP,
    ARROW_LIST,
    ARROW_FIXED_LIST,
    ARROW_STRUCT,
    ARROW_MAP,
} arrow_kind;

/// A type whose values can be read.
typedef struct arrow_type {
    arrow_kind kind;
    /// The bytes of a value, or of an offset; of a fixed list, its items.
    int32_t width;
    bool is_signed;
    /// The decimals of a number, or of a second.
    int32_t digits;
    bool has_zone;
    /// What the server calls it, if the driver says so; else a name for its kind.
    char name[64];
    /// The key, in an object.
    const char *key;
    /// For an array whose values are numbers in a list of its own.
    bool is_indexed;
    int64_t child_count;
    struct arrow_type *children;
} arrow_type;

/// Understands a schema, which must live as long as the type. Returns NULL, or the format that is not one of columns; `type` is to be freed
/// either way. A column that cannot be read is of kind `ARROW_UNKNOWN`, and has its format as its name.
const char *hl_arrow_understand(const arrow_schema *schema, arrow_type *type);
void hl_arrow_free(arrow_type *type);

/// Compares an array with its type: lengths, offsets, marks of NULL, and that its buffers are there. How large they are, a driver does not
/// say. Returns NULL, or what is wrong.
const char *hl_arrow_check(const arrow_type *type, const arrow_array *array);

/// Whether an array that was checked marks an item as NULL.
bool hl_arrow_is_null(const arrow_type *type, const arrow_array *array, int64_t index);

/// Puts the text of an item that is not NULL, without its length; of lists and structures, JSON. False if it is larger than 128 MB.
bool hl_arrow_put(const arrow_type *type, const arrow_array *array, int64_t index);

/// Where an item of a text or of bytes is, and its length.
const char *hl_arrow_bytes(const arrow_type *type, const arrow_array *array, int64_t index, int64_t *length);
/// The items of a list.
void hl_arrow_items(const arrow_type *type, const arrow_array *array, int64_t index, int64_t *first, int64_t *count);
