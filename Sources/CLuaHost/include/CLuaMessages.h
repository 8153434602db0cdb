// What travels between a machine and its caller: requests, answers, and how an answer says that a call failed.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// How a call ended.
enum {
    HL_OK = 0,
    /// The text does not compile.
    HL_SYNTAX = 1,
    /// The script raised an error or did something Lua forbids.
    HL_RUNTIME = 2,
    /// A function returned something it must not return, or the script has the wrong shape.
    HL_CONTRACT = 3,
    /// A returned text is not UTF-8.
    HL_ENCODING = 4,
    HL_INSTRUCTIONS = 5,
    HL_PROCESSOR_TIME = 6,
    HL_MEMORY = 7,
    HL_PATTERN_STEPS = 8,
    /// The caller passed something malformed.
    HL_MISUSE = 9,
};

/// The first byte of a request. The rest consists of numbers (4 or 8 bytes, little-endian), texts (a 4-byte length, then the bytes) and
/// encoded values (CLuaValues.h).
enum {
    /// Module name, chunk name, text: makes a source known to `require` and HL_LOAD. It is copied, not compiled.
    HL_ADD_SOURCE = 1,
    /// Module name: compiles and runs a known source, which must return a table. Answer: the script's number (4), then an encoded
    /// table of the names and type names of its entries.
    HL_LOAD = 2,
    /// Script (4), name: a function in a script's table. Answer: its number (4), or 0 when there is none.
    HL_FUNCTION = 3,
    /// From here on, globals are read-only.
    HL_SEAL_GLOBALS = 4,
    /// Seed (8) of `math.random` for everything that runs from now on.
    HL_SEED = 5,
    /// An encoded value that every step receives as its second argument, and that an encoded argument may refer to.
    HL_CONTEXT = 6,
    /// Function (4), an encoded list of arguments. Answer: an encoded list of two results.
    HL_CALL = 7,
    /// Count (4) and names of a row's fields, then the same for the fields whose mapped values are wanted, then what else is wanted (4;
    /// flags HL_WANTS_…), then the steps: count (4), and for each its kind (4) and function (4). Every later batch has this shape.
    HL_PREPARE = 8,
    /// Answer: the reasons, labels, log lines and costs described under HL_RUN.
    HL_UPDATE = 9,
    /// Answer: the peak memory use (8), in bytes.
    HL_MEMORY_USED = 10,
    /// Slot (4): takes the rows of a batch through the steps, from where the batch stands to its end or to the first error. Workers only,
    /// and the only request that may be sent before the previous one is answered.
    ///
    /// Answer: after the error part, what is new since the last time: count (4) and texts of reasons; count and texts of labels; count of
    /// log lines, and for each its level (4), the number (8) of its row (-1 for none) and its text; the number (8) of log lines dropped so
    /// far; for each step the most expensive row so far: instructions (8), pattern steps (8), row number (8).
    HL_RUN = 11,
    /// The caller's answer to HL_FETCH.
    HL_FETCHED = 12,
    /// Name, start (8) and length (8) in the memory of lookups: makes a file known to `hookline.lookup`.
    HL_ADD_LOOKUP = 13,
    /// Module name: compiles a known source without running it. Answer: its bytecode with line numbers and names, at most 8 MiB.
    HL_DUMP = 14,
    /// Answer: count (4) of sources, and for each its chunk name, then count (4) of lines that ran and the lines (4 each), then the same
    /// for the first lines of the functions that ran.
    HL_COVERAGE = 15,
};

/// The first byte of what a worker sends; an answer follows.
enum {
    HL_ANSWER = 1,
    /// Slot (4), then the answer to HL_RUN.
    HL_RAN = 2,
    /// Slot (4) and column (4): a script reads a column that the batch does not hold yet. The caller adds it and sends HL_FETCHED.
    HL_FETCH = 3,
};

// Every answer begins with how the request ended: status (4), line (4; from 1, or 0 when unknown), row of the batch (8) and step (4; -1
// outside a batch), then the chunk name and the message (at most 2,048 bytes, possibly not UTF-8).

/// The last one is for what the library itself finds wrong with a lookup.
enum { HL_LOG_DEBUG = 0, HL_LOG_INFO = 1, HL_LOG_WARN = 2, HL_LOG_LOOKUP = 3 };

/// Bytes that grow; free them with hl_buffer_free.
typedef struct {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
    /// 1: memory ran out, and nothing was added since.
    uint32_t is_cut;
} hl_buffer;

void hl_buffer_free(hl_buffer *buffer);
