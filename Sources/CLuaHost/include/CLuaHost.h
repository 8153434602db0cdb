// The C side of the Lua host: everything that can raise a Lua error happens behind these functions, under a protected call.
//
// A Lua error is a longjmp, and one that crosses a Swift frame is undefined behaviour. So nothing here shows a Lua type, nothing calls
// back into the caller, and every function returns normally whatever a script does. A batch is plain memory (no pointers inside the
// buffers), so that it can lie in memory shared with another process.

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

/// Where and why a call failed. The pointers belong to the machine and last until its next call.
typedef struct {
    int32_t status;
    /// From 1; 0 when no line is known.
    int32_t line;
    /// The row of the batch, and the step of that row; -1 outside a batch.
    int64_t row;
    int32_t step;
    /// The chunk name, empty when unknown; NUL-terminated.
    const char *file;
    /// At most 2,048 bytes, perhaps not UTF-8.
    const char *message;
    size_t message_length;
} hl_error;

/// Bytes that grow; free them with hl_buffer_free.
typedef struct {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
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

/// One column of a batch.
typedef struct {
    /// Text, decimal, date and json: all values, one after the other.
    const uint8_t *bytes;
    /// Text, decimal, date and json: rows + 1 positions in `bytes`.
    const uint32_t *offsets;
    /// Integer, boolean (0 and 1) and timestamp (Unix seconds).
    const int64_t *integers;
    const double *numbers;
    /// Per row: 0 for NULL.
    const uint8_t *valid;
    uint32_t type;
} hl_column;

/// Rows to run; the columns are those of hl_set_fields, in the same order.
typedef struct {
    const hl_column *columns;
    uint32_t column_count;
    uint32_t row_count;
    /// Per row: 0 for a row that is to be left out. NULL: all run.
    const uint8_t *selected;
    /// Per row: its number in the source, from which `math.random` is seeded. NULL: the position in the batch.
    const int64_t *row_numbers;
} hl_batch;

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

/// The values that the mapping gave to one field, all of them text.
typedef struct {
    /// Per row: one of HL_MAPPED_….
    uint8_t *states;
    /// Per row: where its value starts in `bytes`, and how long it is.
    uint32_t *starts;
    uint32_t *lengths;
    hl_buffer bytes;
} hl_mapped_field;

/// The outcome of a batch; made by hl_outcome_create, reused from batch to batch.
typedef struct {
    uint32_t row_capacity;
    /// Per row: one of HL_ROW_….
    uint8_t *verdicts;
    /// Per dropped row: a reason for hl_reason.
    uint16_t *reasons;
    /// One for each of the output fields.
    hl_mapped_field *mapped;
    uint32_t mapped_count;
    /// Where to go on: 0 and 0 at the start; after an error, the row and step that the caller chose.
    uint32_t next_row;
    uint32_t next_step;
    /// Processor time that this batch has used up so far, in nanoseconds.
    uint64_t processor_nanoseconds;
} hl_outcome;

/// What a step of a row does with what its function returns.
enum {
    /// The function returns a table of fields to lay over the row, or nil.
    HL_STEP_MAP = 0,
    /// The function returns true, or false and a reason.
    HL_STEP_FILTER = 1,
};

/// One function that every row passes through.
typedef struct {
    uint32_t kind;
    /// From hl_script_function.
    int32_t function;
} hl_step;

/// Makes a machine with the sandbox in place; NULL when the memory cannot be had.
hl_vm *hl_vm_create(const hl_limits *limits);
/// Sets what `math.random` starts from, for all that is run from now on.
void hl_vm_set_seed(hl_vm *vm, uint64_t seed);
/// Drops the machine and all its memory at once; runs no Lua code.
void hl_vm_destroy(hl_vm *vm);
/// The most memory that was in use at once, in bytes.
uint64_t hl_vm_peak_memory(const hl_vm *vm);

/// Makes a source text known under a module name (for `require`) and a chunk name (for messages). The text is copied, not compiled.
int32_t hl_add_source(hl_vm *vm, const char *module, const char *chunk, const uint8_t *text, size_t length);
/// Compiles and runs a known source, which must return a table; `script` becomes its number.
int32_t hl_load_script(hl_vm *vm, const char *module, int32_t *script, hl_error *error);
/// The entries of a script's table: an encoded table of name and type name.
int32_t hl_script_entries(hl_vm *vm, int32_t script, hl_buffer *entries, hl_error *error);
/// A function of a script's table, for hl_call and steps; `function` becomes 0 when there is none.
int32_t hl_script_function(hl_vm *vm, int32_t script, const char *name, int32_t *function, hl_error *error);
/// From here on, globals are read-only.
void hl_seal_globals(hl_vm *vm);

/// Sets the value that every step gets as its second argument, and that an encoded argument may refer to.
int32_t hl_set_context(hl_vm *vm, const uint8_t *encoded, size_t length, hl_error *error);
/// Calls a function with an encoded list of arguments; `results` becomes an encoded list of at most two results.
int32_t hl_call(hl_vm *vm, int32_t function, const uint8_t *arguments, size_t length, hl_buffer *results, hl_error *error);

/// Sets the names of a row's fields: the columns of every batch that follows.
int32_t hl_set_fields(hl_vm *vm, const char *const *names, uint32_t count, hl_error *error);
/// Sets the names of the fields whose mapped values are wanted.
int32_t hl_set_outputs(hl_vm *vm, const char *const *names, uint32_t count, hl_error *error);
/// Sets what every row passes through, in order.
int32_t hl_set_steps(hl_vm *vm, const hl_step *steps, uint32_t count);

/// Room for the outcome of batches of so many rows; NULL when there is no memory.
hl_outcome *hl_outcome_create(uint32_t rows, uint32_t mapped_fields);
void hl_outcome_destroy(hl_outcome *outcome);
/// Makes the outcome ready for the next batch.
void hl_outcome_reset(hl_outcome *outcome);
/// Takes rows through the steps from `next_row` and `next_step` on, to the end or to the first error.
int32_t hl_run_batch(hl_vm *vm, const hl_batch *batch, hl_outcome *outcome, hl_error *error);

/// How many reasons are known; numbers below it are valid for hl_reason.
uint32_t hl_reason_count(const hl_vm *vm);
/// The text of a reason: UTF-8, at most 200 bytes.
const char *hl_reason(const hl_vm *vm, uint32_t reason, size_t *length);

enum { HL_LOG_DEBUG = 0, HL_LOG_INFO = 1, HL_LOG_WARN = 2 };

/// How many lines scripts have logged and hl_log_clear has not taken away.
uint32_t hl_log_count(const hl_vm *vm);
/// A logged line: UTF-8, at most 500 bytes.
const char *hl_log_line(const hl_vm *vm, uint32_t index, uint32_t *level, size_t *length);
void hl_log_clear(hl_vm *vm);
/// How many lines did not fit.
uint64_t hl_log_dropped(const hl_vm *vm);

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
