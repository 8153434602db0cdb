// The columns and rows of a statement that has been run.

#pragma once

#include "session.h"

/// Answers with the columns.
void hl_odbc_answer_columns(sql_handle statement);
/// Answers with the rows, then with their end.
void hl_odbc_answer_rows(hl_odbc_session *session, sql_handle statement);
