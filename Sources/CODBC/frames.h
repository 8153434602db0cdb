// Frames on standard input and output.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "library.h"

/// A request, with a NUL byte behind its bytes.
typedef struct {
    char kind;
    uint32_t length;
    char *bytes;
} hl_odbc_request;

/// Keeps standard output for frames: what a driver prints goes to standard error.
void hl_odbc_open_frames(void);

/// Reads the next request; false at the end of standard input.
bool hl_odbc_next_request(hl_odbc_request *request);

/// Begins a frame. What is put follows, and only `hl_odbc_end_frame` ends it.
void hl_odbc_begin_frame(char kind);
void hl_odbc_put(const void *bytes, size_t count);
void hl_odbc_put_number(int32_t number);
void hl_odbc_put_text(const char *text, size_t count);
/// Puts UTF-16 as a text.
void hl_odbc_put_wide(const sql_char *text, size_t count);
size_t hl_odbc_frame_length(void);
/// Takes back what was put behind a length.
void hl_odbc_shorten_frame(size_t length);
/// Writes a length of a cell at a place in the frame.
void hl_odbc_patch_number(size_t place, int32_t number);
/// Keeps what the frame has so far, whatever becomes of the rest: a frame that begins before this one ends sends it first.
void hl_odbc_keep(void);
void hl_odbc_end_frame(void);

/// Answers with a fault. `state` has five letters; `text` is UTF-8.
void hl_odbc_answer_fault(char kind, const char *state, const char *text);

/// UTF-8 as UTF-16 with a NUL behind it, to be freed; bytes that are not UTF-8 become U+FFFD.
sql_char *hl_odbc_wide(const char *text, size_t count, size_t *units);
