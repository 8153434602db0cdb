// What processes that read with drivers have in common: drivers crash, leak, and start threads that do not survive a fork.
//
// Requests come from standard input, answers go to standard output. Both are frames: a 32-bit length, a letter, and as many bytes
// as the length says. Numbers have the machine's byte order, texts are UTF-8 with a 32-bit length before them.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The requests.
enum {
    /// Connects: the most seconds (32 bits), and what the kind of driver needs. Ends an earlier connection.
    HL_READER_CONNECT = 'C',
    /// Runs a statement without rows: the statement.
    HL_READER_EXECUTE = 'X',
    /// Sets the session to one transaction, which only reads where the driver supports it.
    HL_READER_BEGIN = 'B',
    /// Describes the columns of a query that it runs: the statement.
    HL_READER_DESCRIBE = 'D',
    /// Reads the rows of a query: the most seconds (32 bits, 0 for no limit), and the statement.
    HL_READER_QUERY = 'Q',
    /// Lists tables: the pattern of the schema (empty for any), and of the name.
    HL_READER_TABLES = 'T',
};

/// The answers.
enum {
    /// Connected: the names of the server's product and the driver, and the mark around names.
    HL_READER_CONNECTED = 'I',
    HL_READER_DONE = 'K',
    /// Columns: for each, its type, size, and digits (32 bits each), its name, and the name of its type.
    HL_READER_COLUMNS = 'F',
    /// Whole rows: for each cell, a 32-bit length, which is -1 for NULL, and its text.
    HL_READER_ROWS = 'R',
    /// The end of the rows: how many there were (64 bits).
    HL_READER_END = 'Z',
    /// A fault: a letter for its kind, five letters of SQLSTATE, and what the driver says.
    HL_READER_FAULT = 'E',
};

/// The kinds of faults.
enum {
    /// The driver or its server.
    HL_READER_DIAGNOSED = 'D',
    /// The driver, or unixODBC, is not on this machine.
    HL_READER_MISSING = 'M',
    /// The driver gave less of a value than it said, or would not give all of it.
    HL_READER_CUT = 'T',
    /// A value is larger than 128 MB.
    HL_READER_LARGE = 'L',
    /// The driver or the request broke a rule of its interface.
    HL_READER_BROKEN = 'P',
};

/// Types of columns, by the numbers that ODBC gives them (learn.microsoft.com/sql/odbc/reference/appendixes/sql-data-types).
enum {
    HL_TYPE_DECIMAL = 3,
    HL_TYPE_INTEGER = 4,
    HL_TYPE_FLOAT = 6,
    HL_TYPE_REAL = 7,
    HL_TYPE_DOUBLE = 8,
    HL_TYPE_VARCHAR = 12,
    HL_TYPE_DATE = 91,
    HL_TYPE_TIMESTAMP = 93,
    HL_TYPE_BINARY = -2,
    HL_TYPE_BIGINT = -5,
    HL_TYPE_BOOLEAN = -7,
    HL_TYPE_GUID = -11,
};

/// A request, with a NUL byte behind its bytes.
typedef struct {
    char kind;
    uint32_t length;
    char *bytes;
} hl_reader_request;

/// Keeps standard output for frames: what a driver prints goes to standard error.
void hl_reader_open_frames(void);

/// Reads the next request; false at the end of standard input.
bool hl_reader_next_request(hl_reader_request *request);

/// Begins a frame. What is put follows, and only `hl_reader_end_frame` ends it.
void hl_reader_begin_frame(char kind);
void hl_reader_put(const void *bytes, size_t count);
void hl_reader_put_number(int32_t number);
void hl_reader_put_text(const char *text, size_t count);
/// Puts the shortest digits that mean the number, without a length; `NaN` and `Infinity` as PostgreSQL spells them.
void hl_reader_put_float(float number);
void hl_reader_put_double(double number);
/// Puts UTF-16 as a text.
void hl_reader_put_wide(const uint16_t *text, size_t count);
size_t hl_reader_frame_length(void);
/// Takes back what was put behind a length.
void hl_reader_shorten_frame(size_t length);
/// Writes a length of a cell at a place in the frame.
void hl_reader_patch_number(size_t place, int32_t number);
/// Keeps what the frame has so far, whatever becomes of the rest: a frame that begins before this one ends sends it first.
void hl_reader_keep(void);
void hl_reader_end_frame(void);

/// Answers with a fault. `state` has five letters; `text` is UTF-8.
void hl_reader_answer_fault(char kind, const char *state, const char *text);

/// UTF-8 as UTF-16 with a NUL behind it, to be freed; bytes that are not UTF-8 become U+FFFD.
uint16_t *hl_reader_wide(const char *text, size_t count, size_t *units);
