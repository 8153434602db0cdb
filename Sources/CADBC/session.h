// A connection of the reader.

#pragma once

#include "CReader.h"
#include "adbc.h"

typedef struct {
    void *library;
    adbc_driver driver;
    adbc_handle database;
    adbc_handle connection;
    bool has_driver, has_database, has_connection;
} adbc_session;

/// Loads the driver, connects, and answers. The request is overwritten once it has been used.
void hl_adbc_connect(adbc_session *session, hl_reader_request *request);
void hl_adbc_disconnect(adbc_session *session);
/// Begins one transaction, where the driver has such.
void hl_adbc_begin(adbc_session *session);

/// Answers with what the driver says about a fault, and releases it.
void hl_adbc_answer(adbc_session *session, adbc_status status, adbc_error *error);
/// Answers with what a stream says about its fault.
void hl_adbc_answer_stream(adbc_session *session, arrow_stream *stream, int code);

/// The next text of a request, of which `at` is the place, with a NUL byte behind it; NULL if there is none.
char *hl_adbc_text(hl_reader_request *request, uint32_t *at);

static inline adbc_error adbc_no_error(void) { return (adbc_error){.code = ADBC_HAS_MORE}; }
