// A stream of rows, every part of which is checked.

#pragma once

#include "session.h"

typedef struct {
    adbc_session *session;
    adbc_handle statement;
    bool has_statement;
    arrow_stream stream;
    arrow_schema schema;
    arrow_type type;
    arrow_array array;
} adbc_rows;

/// Starts a query. False after a fault that was answered; the rows are to be closed either way.
bool hl_adbc_start(adbc_session *session, const char *query, adbc_rows *rows);
/// Understands the columns of a stream that has been opened. False after a fault that was answered.
bool hl_adbc_understand(adbc_rows *rows);
/// Fetches the next array; `is_end` if there is none. False after a fault that was answered.
bool hl_adbc_next(adbc_rows *rows, bool *is_end);
void hl_adbc_close(adbc_rows *rows);
