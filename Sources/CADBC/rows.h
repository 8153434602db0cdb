// What a connection is asked.

#pragma once

#include "session.h"

/// Runs a statement, whose rows do not matter, and answers.
void hl_adbc_execute(adbc_session *session, const char *statement);
/// Runs a query, and answers with its columns.
void hl_adbc_describe(adbc_session *session, const char *query);
/// Runs a query, and answers with its rows, then with their end.
void hl_adbc_query(adbc_session *session, const char *query);
/// Answers with tables, as ODBC lists them: catalog, schema, name, type, and a remark.
void hl_adbc_tables(adbc_session *session, const char *schema, const char *name);
/// Asks for the names of the server's product and of the driver, which stay empty if it does not say them.
void hl_adbc_names(adbc_session *session, char *vendor, char *name, size_t room);
