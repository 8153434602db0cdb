#include "session.h"

#include <stdlib.h>
#include <string.h>

void hl_odbc_answer_diagnosis(int16_t kind, sql_handle handle)
{
    sql_char state[6] = {0}, text[2048];
    int32_t number = 0;
    int16_t units = 0;
    if (!hl_odbc_succeeded(hl_odbc.GetDiagRec(kind, handle, 1, state, &number, text, sizeof text / sizeof *text, &units))) {
        hl_reader_answer_fault(HL_READER_DIAGNOSED, "HY000", "the driver does not say why");
        return;
    }
    hl_reader_begin_frame(HL_READER_FAULT);
    hl_reader_put((const char[]){HL_READER_DIAGNOSED}, 1);
    for (int i = 0; i < 5; i++) hl_reader_put((const char[]){state[i] < 0x80 && state[i] > 0x20 ? (char)state[i] : '0'}, 1);
    size_t most = sizeof text / sizeof *text - 1;
    hl_reader_put_wide(text, units < 0 ? 0 : (size_t)units > most ? most : (size_t)units);
    hl_reader_end_frame();
}

static void put_information(sql_handle connection, uint16_t what)
{
    sql_char text[256] = {0};
    int16_t bytes = 0;
    bool is_known = hl_odbc_succeeded(hl_odbc.GetInfo(connection, what, text, sizeof text, &bytes));
    size_t units = 0;
    while (is_known && units < 255 && text[units] != 0) units++;
    hl_reader_put_wide(text, units);
}

/// Whether texts come in UTF-32: then every second unit of an ASCII text is 0.
static bool has_wrong_width(sql_handle connection)
{
    sql_char text[256] = {0};
    int16_t bytes = 0;
    if (!hl_odbc_succeeded(hl_odbc.GetInfo(connection, SQL_DRIVER_NAME, text, sizeof text, &bytes))) return false;
    return bytes > 4 && text[0] != 0 && text[1] == 0 && text[2] != 0;
}

void hl_odbc_connect(hl_odbc_session *session, hl_reader_request *request)
{
    const char *missing = hl_odbc_load();
    if (missing != NULL) return hl_reader_answer_fault(HL_READER_MISSING, "HY000", missing);
    hl_odbc_disconnect(session);
    if (session->environment == NULL) {
        if (!hl_odbc_succeeded(hl_odbc.AllocHandle(SQL_HANDLE_ENV, NULL, &session->environment))
            || !hl_odbc_succeeded(hl_odbc.SetEnvAttr(session->environment, SQL_ATTR_ODBC_VERSION, (void *)3, 0))) {
            return hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "unixODBC does not begin");
        }
    }
    if (!hl_odbc_succeeded(hl_odbc.AllocHandle(SQL_HANDLE_DBC, session->environment, &session->connection))) {
        return hl_odbc_answer_diagnosis(SQL_HANDLE_ENV, session->environment);
    }
    uint32_t seconds = 0;
    if (request->length >= 4) memcpy(&seconds, request->bytes, 4);
    // A driver may refuse it, and is watched anyway.
    hl_odbc.SetConnectAttr(session->connection, SQL_ATTR_LOGIN_TIMEOUT, (void *)(uintptr_t)seconds, 0);
    size_t units = 0, count = request->length >= 4 ? request->length - 4 : 0;
    sql_char *text = hl_reader_wide(request->bytes + (request->length >= 4 ? 4 : 0), count, &units);
    memset(request->bytes, 0, request->length);
    sql_char whole[1024];
    int16_t whole_units = 0;
    sql_return result = hl_odbc.DriverConnect(
        session->connection, NULL, text, (int16_t)units, whole, sizeof whole / sizeof *whole, &whole_units, 0);
    memset(text, 0, units * sizeof *text);
    memset(whole, 0, sizeof whole);
    free(text);
    if (!hl_odbc_succeeded(result)) return hl_odbc_answer_diagnosis(SQL_HANDLE_DBC, session->connection);
    session->is_connected = true;
    if (has_wrong_width(session->connection)) {
        return hl_reader_answer_fault(
            HL_READER_BROKEN, "HY000",
            "the driver writes texts in UTF-32, and unixODBC reads UTF-16; set DriverManagerEncoding=UTF-16 in the driver's settings");
    }
    hl_reader_begin_frame(HL_READER_CONNECTED);
    put_information(session->connection, SQL_DBMS_NAME);
    put_information(session->connection, SQL_DRIVER_NAME);
    put_information(session->connection, SQL_IDENTIFIER_QUOTE_CHAR);
    hl_reader_end_frame();
}

void hl_odbc_disconnect(hl_odbc_session *session)
{
    if (session->connection == NULL) return;
    if (session->is_connected) {
        hl_odbc.EndTran(SQL_HANDLE_DBC, session->connection, SQL_ROLLBACK);
        hl_odbc.Disconnect(session->connection);
    }
    hl_odbc.FreeHandle(SQL_HANDLE_DBC, session->connection);
    session->connection = NULL;
    session->is_connected = false;
}

void hl_odbc_begin(hl_odbc_session *session)
{
    // A driver that knows the first refuses everything but queries. A database without transactions refuses the second.
    hl_odbc.SetConnectAttr(session->connection, SQL_ATTR_ACCESS_MODE, (void *)1, 0);
    hl_odbc.SetConnectAttr(session->connection, SQL_ATTR_AUTOCOMMIT, (void *)0, 0);
    hl_reader_begin_frame(HL_READER_DONE);
    hl_reader_end_frame();
}

sql_handle hl_odbc_statement(hl_odbc_session *session)
{
    sql_handle statement = NULL;
    if (!session->is_connected) {
        hl_reader_answer_fault(HL_READER_BROKEN, "08003", "there is no connection");
    } else if (!hl_odbc_succeeded(hl_odbc.AllocHandle(SQL_HANDLE_STMT, session->connection, &statement))) {
        hl_odbc_answer_diagnosis(SQL_HANDLE_DBC, session->connection);
        return NULL;
    }
    // Otherwise braces in a text would be read as ODBC's own words.
    if (statement != NULL) hl_odbc.SetStmtAttr(statement, SQL_ATTR_NOSCAN, (void *)1, 0);
    return statement;
}
