// The C side of the Lua host: everything that can raise a Lua error happens behind these functions, under a protected call.
//
// A Lua error is a longjmp, and one that crosses a Swift frame is undefined behaviour. So nothing here shows a Lua type, nothing calls
// back into the caller, and every function returns normally whatever a script does. A machine is asked in messages, and a batch is one
// block of memory without pointers: both may cross into another process, the jail, which runs the same code (hl_worker_main).

#pragma once

#include <stddef.h>
#include <stdint.h>

/// A virtual machine with its memory, limits, modules and functions. Used by one thread at a time.
typedef struct hl_vm hl_vm;

/// What a script may use. Zero is not "without limit": every field must be set.
typedef struct {
    /// Bytes of memory of the whole machine.
    uint64_t memory_bytes;
    /// Virtual machine instructions of one call of a function; large library calls are charged to the same budget.
    uint64_t instructions;
    /// Processor time of one batch or of one call outside a batch, in nanoseconds.
    uint64_t processor_nanoseconds;
    /// Steps of the pattern matcher in one call of a function.
    uint64_t pattern_steps;
    /// Log lines kept over the life of the machine; later ones are only counted.
    uint32_t log_lines;
    /// What `math.random` starts from.
    uint64_t seed;
    /// 1: count every instruction, which makes scripts several times slower; 0: in steps of 1,000.
    uint32_t exact_instructions;
    /// 1, with exact_instructions: note every line and function that runs.
    uint32_t notes_coverage;
} hl_limits;

/// How a call ended.
enum {
    HL_OK = 0,
    /// The text does not compile.
    HL_SYNTAX = 1,
    /// The script raised an error, or did what Lua forbids.
    HL_RUNTIME = 2,
    /// A function returned what it may not, or the script has the wrong shape.
    HL_CONTRACT = 3,
    /// Text that is not UTF-8 came back.
    HL_ENCODING = 4,
    HL_INSTRUCTIONS = 5,
    HL_PROCESSOR_TIME = 6,
    HL_MEMORY = 7,
    HL_PATTERN_STEPS = 8,
    /// The caller handed over something malformed.
    HL_MISUSE = 9,
};

/// What a machine is asked: the first byte of a request. What follows is made of numbers (4 and 8 bytes, little-endian), texts (a
/// 4-byte length, then the bytes) and encoded values.
enum {
    /// Module name, chunk name, text: makes a source known to `require` and HL_LOAD. It is copied, not compiled.
    HL_ADD_SOURCE = 1,
    /// Module name: compiles and runs a known source, which must return a table. Answer: the script's number (4), then an encoded
    /// table of the names and type names of its entries.
    HL_LOAD = 2,
    /// Script (4), name: a function of a script's table. Answer: its number (4), 0 when there is none.
    HL_FUNCTION = 3,
    /// From here on, globals are read-only.
    HL_SEAL_GLOBALS = 4,
    /// Seed (8) of `math.random`, for all that is run from now on.
    HL_SEED = 5,
    /// An encoded value, which every step gets as its second argument, and which an encoded argument may refer to.
    HL_CONTEXT = 6,
    /// Function (4), an encoded list of arguments. Answer: an encoded list of two results.
    HL_CALL = 7,
    /// Count (4) and names of a row's fields, then the same for the fields whose mapped values are wanted, then the steps: count (4),
    /// for each its kind (4) and function (4). Every batch that follows is made so. The name `*` wants the whole mapping, as JSON,
    /// and `@` where each step came to its end: a line of text a step, its number, its line and its file.
    HL_PREPARE = 8,
    /// Answer: what HL_RUN tells of reasons, labels, log lines and costs.
    HL_NEWS = 9,
    /// Answer: the most memory (8) that was in use at once, in bytes.
    HL_MEMORY_USED = 10,
    /// Slot (4): takes the rows of a batch through the steps, from where it stands, to the end or to the first error. Only for a
    /// worker, and the only request that may be sent before the one before it is answered.
    ///
    /// Answer: after the error's part, what is new since the last time: count (4) and texts of reasons; count and texts of labels;
    /// count of log lines, for each its level (4), the number (8) of its row, -1 for none, and text; log lines that did not fit so far (8); for each step the dearest row so
    /// far: instructions (8), pattern steps (8), row number (8).
    HL_RUN = 11,
    /// The answer of a worker's caller to HL_FETCH.
    HL_FETCHED = 12,
    /// Name, start (8) and length (8) in the memory of lookups: makes a file known to `hookline.lookup`.
    HL_ADD_LOOKUP = 13,
    /// Module name: compiles a known source and runs nothing of it. Answer: its bytecode with line numbers and names, at most 8 MiB.
    HL_DUMP = 14,
    /// Answer: count (4) of sources, for each its chunk name, then count (4) of lines that ran and the lines (4 each), then the same for
    /// the lines at which functions that ran begin.
    HL_COVERAGE = 15,
};

/// The first byte of what a worker sends; an answer follows.
enum {
    HL_ANSWER = 1,
    /// Slot (4), then the answer to HL_RUN.
    HL_RAN = 2,
    /// Slot (4) and column (4): a script reads a column that the batch does not hold yet. The caller puts it there and sends HL_FETCHED.
    HL_FETCH = 3,
};

// Every answer begins with how the request ended: status (4), line (4; from 1, 0 when no line is known), row of the batch (8) and
// step (4; -1 outside a batch), then the chunk name and the message (at most 2,048 bytes, perhaps not UTF-8).

/// Bytes that grow; free them with hl_buffer_free.
typedef struct {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
    /// 1: there was no memory for all of it, and nothing was added since.
    uint32_t is_cut;
} hl_buffer;

/// The type of a column, and with it the buffer that holds its values.
enum {
    HL_TEXT = 0,
    HL_INTEGER = 1,
    HL_NUMBER = 2,
    HL_DECIMAL = 3,
    HL_BOOLEAN = 4,
    HL_TIMESTAMP = 5,
    HL_DATE = 6,
    HL_JSON = 7,
};

/// What became of a row.
enum {
    HL_ROW_LEFT_OUT = 0,
    HL_ROW_KEPT = 1,
    HL_ROW_DROPPED = 2,
    /// Set by the caller, by its policy; this side leaves the row as it was.
    HL_ROW_FAILED = 3,
};

/// Whether the mapping says something about a field.
enum {
    HL_MAPPED_ABSENT = 0,
    HL_MAPPED_CLEARED = 1,
    HL_MAPPED_SET = 2,
};

/// A batch with its outcome in one block of memory: this header, then arrays at the places (in bytes from its start) that it names.
///
/// The caller lays it out. Places may be written by the other process at any time, so the caller keeps its own copy of the layout.
typedef struct {
    uint32_t row_count;
    uint32_t column_count;
    uint32_t output_count;
    /// Where to go on: 0 and 0 at the start; after an error, the row and step that the caller chose. Always where the batch stands.
    uint32_t next_row;
    uint32_t next_step;
    /// Whether a mapping is laid over the row at which the batch stands.
    uint32_t has_overlay;
    /// Processor time that this batch has used up so far, in nanoseconds.
    uint64_t processor_nanoseconds;
    /// hl_slot_column of each column.
    uint64_t columns;
    /// Per row, one byte: 0 for a row that is to be left out.
    uint64_t selected;
    /// Per row, eight bytes: its number in the source, from which `math.random` is seeded.
    uint64_t row_numbers;
    /// Per row, one byte: one of HL_ROW_….
    uint64_t verdicts;
    /// Per dropped row, two bytes: the number of its reason, in the order of the news.
    uint64_t reasons;
    /// hl_slot_output of each of the output fields.
    uint64_t outputs;
    /// Per row, four bytes and two: where its labels start in `written`, and how many they are; each is a two-byte number in the
    /// order of the news.
    uint64_t label_starts;
    uint64_t label_counts;
    /// The values of outputs, and labels.
    uint64_t written;
    uint64_t written_capacity;
    uint64_t written_length;
} hl_slot;

/// One column of a batch: places of its arrays.
typedef struct {
    uint32_t type;
    /// 0: the arrays are not there yet; reading them asks for HL_FETCH.
    uint32_t present;
    /// Per row, one byte: 0 for NULL.
    uint64_t valid;
    /// Text, decimal, date and json: all values, one after the other; and rows + 1 four-byte positions in them.
    uint64_t bytes;
    uint64_t offsets;
    /// Integer, boolean (0 and 1), timestamp (Unix seconds): eight-byte integers. Number: eight-byte floats.
    uint64_t numbers;
} hl_slot_column;

/// The values that the mapping gave to one field, all of them text: places of its arrays.
typedef struct {
    /// Per row, one byte: one of HL_MAPPED_….
    uint64_t states;
    /// Per row, four bytes each: where its value starts in `written`, and how long it is.
    uint64_t starts;
    uint64_t lengths;
} hl_slot_output;

enum {
    /// The most bytes that `map` may give a field.
    HL_MAPPED_BYTES = 16 << 10,
    /// The most labels of one row.
    HL_ROW_LABELS = 64,
};

/// What a step of a row does with what its function returns.
enum {
    /// The function returns a table of fields to lay over the row, or nil.
    HL_STEP_MAP = 0,
    /// The function returns true, or false and a reason.
    HL_STEP_FILTER = 1,
    /// The function returns a label, a list of labels, or nil.
    HL_STEP_BREAKDOWN = 2,
};

/// Makes a machine with the sandbox in place; NULL when the memory cannot be had.
hl_vm *hl_vm_create(const hl_limits *limits);
/// Drops the machine and all its memory at once; runs no Lua code.
void hl_vm_destroy(hl_vm *vm);
/// The memory in which lookups lie; it must outlive the machine.
void hl_vm_set_lookups(hl_vm *vm, const void *base, uint64_t bytes);
/// Does what a request asks for, and appends the answer.
void hl_answer(hl_vm *vm, const uint8_t *request, size_t length, hl_buffer *answer);
/// HL_RUN for a machine of this process, whose batches hold all their columns.
void hl_run_slot(hl_vm *vm, hl_slot *slot, hl_buffer *answer);

/// An entry of the `hookline` library, for people and editors.
typedef struct {
    /// Behind `hookline.`.
    const char *name;
    /// In the notation of LuaLS, such as `text: string, bytes?: integer`; empty for a value or a function without any.
    const char *parameters;
    /// The type of what it gives, or is.
    const char *returns;
    const char *summary;
    /// A Lua expression that uses it, and one that gives the same; NULL where there is none.
    const char *example;
    const char *result;
} hl_library_item;

uint32_t hl_library_count(void);
/// NULL beyond the last one.
const hl_library_item *hl_library_item_at(uint32_t index);

enum { HL_LOG_DEBUG = 0, HL_LOG_INFO = 1, HL_LOG_WARN = 2 };

void hl_buffer_free(hl_buffer *buffer);

// The encoding of values: a tag byte, then what the tag calls for. Numbers are little-endian.
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
    /// As a table, with a name (length and bytes) before the count: read-only, in order, and asking for an unknown field is an error.
    HL_TAG_RECORD = 8,
    /// `hookline.null`.
    HL_TAG_NULL = 9,
    /// The value of hl_set_context; only in arguments.
    HL_TAG_CONTEXT = 10,
    /// A value that cannot leave Lua: a function, or a table that refers to itself. Only in results; type name as length and bytes.
    HL_TAG_OPAQUE = 11,
};

#include "CLuaJail.h"
