#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CODBC.h"
#include "rows.h"

/// The next text of a request, of which `at` is the place.
static char *next_text(hl_reader_request *request, uint32_t *at, size_t *count)
{
    uint32_t length = 0;
    if (*at + 4 > request->length) return NULL;
    memcpy(&length, request->bytes + *at, 4);
    if (length > request->length - *at - 4) return NULL;
    char *text = request->bytes + *at + 4;
    *at += 4 + length;
    *count = length;
    return text;
}

static sql_handle run(hl_odbc_session *session, const char *text, size_t count, uint32_t seconds)
{
    sql_handle statement = hl_odbc_statement(session);
    if (statement == NULL) return NULL;
    // A driver that knows no limit is stopped from outside.
    if (seconds > 0) hl_odbc.SetStmtAttr(statement, SQL_ATTR_QUERY_TIMEOUT, (void *)(uintptr_t)seconds, 0);
    size_t units = 0;
    sql_char *wide = hl_reader_wide(text, count, &units);
    sql_return result = hl_odbc.ExecDirect(statement, wide, (int32_t)units);
    free(wide);
    if (hl_odbc_succeeded(result) || result == SQL_NO_DATA) return statement;
    hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
    hl_odbc.FreeHandle(SQL_HANDLE_STMT, statement);
    return NULL;
}

static sql_handle list_tables(hl_odbc_session *session, hl_reader_request *request)
{
    uint32_t at = 0;
    size_t counts[2] = {0, 0}, units[2] = {0, 0};
    char *schema = next_text(request, &at, &counts[0]);
    char *name = next_text(request, &at, &counts[1]);
    if (schema == NULL || name == NULL) {
        hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the request is incomplete");
        return NULL;
    }
    sql_handle statement = hl_odbc_statement(session);
    if (statement == NULL) return NULL;
    sql_char *wide[2] = {hl_reader_wide(schema, counts[0], &units[0]), hl_reader_wide(name, counts[1], &units[1])};
    sql_return result = hl_odbc.Tables(
        statement, NULL, 0, units[0] > 0 ? wide[0] : NULL, (int16_t)units[0], wide[1], (int16_t)units[1], NULL, 0);
    free(wide[0]);
    free(wide[1]);
    if (hl_odbc_succeeded(result)) return statement;
    hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
    hl_odbc.FreeHandle(SQL_HANDLE_STMT, statement);
    return NULL;
}

static void answer(hl_odbc_session *session, hl_reader_request *request)
{
    sql_handle statement = NULL;
    uint32_t seconds = 0;
    switch (request->kind) {
    case HL_READER_CONNECT: hl_odbc_connect(session, request); return;
    case HL_READER_BEGIN: hl_odbc_begin(session); return;
    case HL_READER_EXECUTE:
        statement = run(session, request->bytes, request->length, 0);
        if (statement == NULL) return;
        hl_reader_begin_frame(HL_READER_DONE);
        hl_reader_end_frame();
        break;
    case HL_READER_DESCRIBE:
        statement = run(session, request->bytes, request->length, 0);
        if (statement == NULL) return;
        hl_odbc_answer_columns(statement);
        break;
    case HL_READER_QUERY:
        if (request->length < 4) break;
        memcpy(&seconds, request->bytes, 4);
        statement = run(session, request->bytes + 4, request->length - 4, seconds);
        if (statement == NULL) return;
        hl_odbc_answer_rows(session, statement);
        break;
    case HL_READER_TABLES:
        statement = list_tables(session, request);
        if (statement == NULL) return;
        hl_odbc_answer_rows(session, statement);
        break;
    default: break;
    }
    if (statement == NULL) return hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the request is unknown");
    hl_odbc.FreeHandle(SQL_HANDLE_STMT, statement);
}

void hl_odbc_serve(void)
{
    hl_reader_open_frames();
    // Drivers convert texts to the locale's encoding; numbers and messages stay those of C.
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL && setlocale(LC_CTYPE, "en_US.UTF-8") == NULL) setlocale(LC_CTYPE, "UTF-8");
    hl_odbc_session session = {0};
    hl_reader_request request = {0};
    while (hl_reader_next_request(&request)) answer(&session, &request);
    hl_odbc_disconnect(&session);
    // Without what drivers do at exit, where some crash or wait for their threads.
    _exit(0);
}
