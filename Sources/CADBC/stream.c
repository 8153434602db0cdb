#include "stream.h"

#include <stdio.h>
#include <string.h>

bool hl_adbc_start(adbc_session *session, const char *query, adbc_rows *rows)
{
    adbc_error error = adbc_no_error();
    memset(rows, 0, sizeof *rows);
    rows->session = session;
    if (!session->has_connection) {
        hl_reader_answer_fault(HL_READER_BROKEN, "08003", "there is no connection");
        return false;
    }
    adbc_driver *driver = &session->driver;
    adbc_status status = driver->statement_new(&session->connection, &rows->statement, &error);
    rows->has_statement = status == ADBC_OK;
    if (status == ADBC_OK) status = driver->statement_set_query(&rows->statement, query, &error);
    int64_t count = -1;
    if (status == ADBC_OK) status = driver->statement_execute_query(&rows->statement, &rows->stream, &count, &error);
    if (status == ADBC_OK) return true;
    hl_adbc_answer(session, status, &error);
    return false;
}

bool hl_adbc_understand(adbc_rows *rows)
{
    if (rows->stream.release == NULL || rows->stream.get_schema == NULL || rows->stream.get_next == NULL) {
        hl_reader_answer_fault(HL_READER_DIAGNOSED, "07005", "the statement has no rows");
        return false;
    }
    int code = rows->stream.get_schema(&rows->stream, &rows->schema);
    if (code != 0) {
        hl_adbc_answer_stream(rows->session, &rows->stream, code);
        return false;
    }
    const char *fault = hl_arrow_understand(&rows->schema, &rows->type);
    if (fault == NULL && rows->type.kind == ARROW_STRUCT && !rows->type.is_indexed) return true;
    hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the driver gives no columns");
    return false;
}

bool hl_adbc_next(adbc_rows *rows, bool *is_end)
{
    if (rows->array.release != NULL) rows->array.release(&rows->array);
    memset(&rows->array, 0, sizeof rows->array);
    int code = rows->stream.get_next(&rows->stream, &rows->array);
    if (code != 0) {
        hl_adbc_answer_stream(rows->session, &rows->stream, code);
        return false;
    }
    *is_end = rows->array.release == NULL;
    const char *fault = *is_end ? NULL : hl_arrow_check(&rows->type, &rows->array);
    if (fault != NULL) hl_reader_answer_fault(HL_READER_BROKEN, "HY090", fault);
    return fault == NULL;
}

void hl_adbc_close(adbc_rows *rows)
{
    adbc_error error = adbc_no_error();
    hl_arrow_free(&rows->type);
    if (rows->array.release != NULL) rows->array.release(&rows->array);
    if (rows->schema.release != NULL) rows->schema.release(&rows->schema);
    if (rows->stream.release != NULL) rows->stream.release(&rows->stream);
    if (rows->has_statement) rows->session->driver.statement_release(&rows->statement, &error);
    if (error.release != NULL) error.release(&error);
    memset(rows, 0, sizeof *rows);
}
