// A connection of the reader.

#pragma once

#include "CReader.h"
#include "library.h"

typedef struct {
    sql_handle environment;
    sql_handle connection;
    bool is_connected;
} hl_odbc_session;

/// Connects and answers. The text of the request is overwritten once it has been used.
void hl_odbc_connect(hl_odbc_session *session, hl_reader_request *request);
void hl_odbc_disconnect(hl_odbc_session *session);
void hl_odbc_begin(hl_odbc_session *session);

/// Answers with what the driver says about its last fault.
void hl_odbc_answer_diagnosis(int16_t kind, sql_handle handle);

/// A new statement, whose texts the driver sends as they are; NULL after a fault that was answered.
sql_handle hl_odbc_statement(hl_odbc_session *session);
