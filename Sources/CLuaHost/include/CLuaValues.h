// The encoding of values: a tag byte, then what the tag calls for. Numbers are little-endian.

#pragma once

enum {
    HL_TAG_NIL = 0,
    HL_TAG_FALSE = 1,
    HL_TAG_TRUE = 2,
    /// Eight bytes.
    HL_TAG_INTEGER = 3,
    /// Eight bytes.
    HL_TAG_NUMBER = 4,
    /// Four bytes of length, then the bytes.
    HL_TAG_STRING = 5,
    /// Four bytes of count, then the values.
    HL_TAG_LIST = 6,
    /// Four bytes of count, then pairs of a key (length and bytes) and a value.
    HL_TAG_TABLE = 7,
    /// Like a table, with a name (length and bytes) before the count: read-only, ordered, and reading an unknown field is an error.
    HL_TAG_RECORD = 8,
    /// `hookline.null`.
    HL_TAG_NULL = 9,
    /// The value of HL_CONTEXT; only in arguments.
    HL_TAG_CONTEXT = 10,
    /// A value that cannot leave Lua: a function, or a table that contains itself. Only in results; the type name as length and bytes.
    HL_TAG_OPAQUE = 11,
};
