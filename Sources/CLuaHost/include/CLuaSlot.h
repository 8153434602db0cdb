// A batch and its outcome in one block of memory, which the caller and the machine's process share.

#pragma once

#include <stdint.h>

/// The type of a column, which decides the buffer that holds its values.
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

/// The outcome of a row.
enum {
    HL_ROW_LEFT_OUT = 0,
    HL_ROW_KEPT = 1,
    HL_ROW_DROPPED = 2,
    /// Set by the caller, according to its policy; the machine leaves the row as it was.
    HL_ROW_FAILED = 3,
    /// The bits of an outcome; the others say what it relied on.
    HL_ROW_OUTCOME = 3,
};

/// What the outcome of a row relied on besides the row, the scripts, and what never changes in a run: flags beside the outcome.
enum {
    /// A module was loaded, or a lookup complained, while a row was in the hooks: another row would find it done.
    HL_RELIES_ON_BEING_FIRST = 0x04,
    /// The order of a table's keys, which differs from process to process.
    HL_RELIES_ON_ORDER = 0x08,
    /// The moment of the run, its ID, or its kind.
    HL_RELIES_ON_MOMENT = 0x10,
    /// The day.
    HL_RELIES_ON_DAY = 0x20,
    /// Random numbers, which the run and the row's number seed.
    HL_RELIES_ON_CHANCE = 0x40,
    /// The row's hooks logged something.
    HL_RELIES_ON_LOG = 0x80,
};

/// Whether the mapping says something about a field.
enum {
    HL_MAPPED_ABSENT = 0,
    HL_MAPPED_CLEARED = 1,
    HL_MAPPED_SET = 2,
};

/// What a step does with the result of its function.
enum {
    /// The function returns a table of fields to lay over the row, or nil.
    HL_STEP_MAP = 0,
    /// The function returns true, or false and a reason.
    HL_STEP_FILTER = 1,
    /// The function returns a label, a list of labels, or nil.
    HL_STEP_BREAKDOWN = 2,
};

/// What a batch hands back in addition to verdicts, reasons, labels and mapped fields: flags.
enum {
    /// The whole mapping of each row, as JSON.
    HL_WANTS_MAPPING = 1,
    /// Where each step of a row ended.
    HL_WANTS_LOCATIONS = 2,
};

enum {
    /// The most bytes that `map` may give a field.
    HL_MAPPED_BYTES = 16 << 10,
    /// The most labels a row may have.
    HL_ROW_LABELS = 64,
    /// The most steps a row may pass through.
    HL_ROW_STEPS = 128,
};

/// A text per row: the offsets of its arrays.
typedef struct {
    /// Per row, one byte: one of HL_MAPPED_….
    uint64_t states;
    /// Per row, four bytes each: where its text starts in `written`, and its length.
    uint64_t starts;
    uint64_t lengths;
} hl_slot_texts;

/// A list per row: the offsets of its arrays.
typedef struct {
    /// Per row, four bytes and two: where its elements start in `written`, and how many there are.
    uint64_t starts;
    uint64_t counts;
} hl_slot_lists;

/// Where a step of a row ended: an element of `locations`.
typedef struct {
    uint32_t step;
    /// Counts the sources in the order in which they were added, from 0.
    uint32_t source;
    uint32_t line;
} hl_slot_location;

/// One column of a batch: the offsets of its arrays.
typedef struct {
    uint32_t type;
    /// 0: the arrays are not there yet; reading them asks for HL_FETCH.
    uint32_t present;
    /// Per row, one byte: 0 for NULL.
    uint64_t valid;
    /// Text, decimal, date and JSON: all values in a row, and rows + 1 four-byte positions in them.
    uint64_t bytes;
    uint64_t offsets;
    /// Integer, boolean (0 and 1), timestamp (Unix seconds): eight-byte integers. Number: eight-byte floats.
    uint64_t numbers;
} hl_slot_column;

/// The start of a batch: this header, then arrays at the offsets (in bytes from the header) that it names.
///
/// The caller lays it out. The other process may overwrite an offset at any time, so the caller keeps its own copy of the layout.
typedef struct {
    uint32_t row_count;
    uint32_t column_count;
    /// The number of mapped fields that are handed back.
    uint32_t output_count;
    /// Flags HL_WANTS_…: which of `mapping` and `locations` there are.
    uint32_t wants;
    /// Where to continue: 0 and 0 at the start; after an error, the row and step that the caller chose. Always where the batch stands.
    uint32_t next_row;
    uint32_t next_step;
    /// Whether a mapping is laid over the row at which the batch stands.
    uint32_t has_overlay;
    /// Processor time that this batch has used so far, in nanoseconds.
    uint64_t processor_nanoseconds;
    /// hl_slot_column of each column.
    uint64_t columns;
    /// Per row, one byte: 0 for a row to leave out.
    uint64_t selected;
    /// Per row, eight bytes: its number in the source, which seeds `math.random`.
    uint64_t row_numbers;
    /// Per row, one byte: one of HL_ROW_…, with flags HL_RELIES_ON_….
    uint64_t verdicts;
    /// Per dropped row, two bytes: the number of its reason, in the order of the updates.
    uint64_t reasons;
    /// hl_slot_texts of each mapped field.
    uint64_t outputs;
    /// The whole mapping of each row, as JSON.
    hl_slot_texts mapping;
    /// Two-byte numbers, in the order of the updates.
    hl_slot_lists labels;
    /// hl_slot_location, in the order of the steps.
    hl_slot_lists locations;
    /// What the mapped fields, the mapping, the labels and the locations refer to.
    uint64_t written;
    uint64_t written_capacity;
    uint64_t written_length;
} hl_slot;
