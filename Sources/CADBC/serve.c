#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CADBC.h"
#include "rows.h"

static void list_tables(adbc_session *session, hl_reader_request *request)
{
    // The schema's length before, the name's behind it; the texts end where they end.
    uint32_t lengths[2] = {0, 0};
    if (request->length < 8) return hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the request is incomplete");
    memcpy(&lengths[0], request->bytes, 4);
    if (lengths[0] > request->length - 8) return hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the request is incomplete");
    memcpy(&lengths[1], request->bytes + 4 + lengths[0], 4);
    if (lengths[1] != request->length - 8 - lengths[0]) {
        return hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the request is incomplete");
    }
    char *schema = strndup(request->bytes + 4, lengths[0]);
    char *name = strndup(request->bytes + 8 + lengths[0], lengths[1]);
    if (schema == NULL || name == NULL) _exit(71);
    hl_adbc_tables(session, schema, name);
    free(schema);
    free(name);
}

static void answer(adbc_session *session, hl_reader_request *request)
{
    if (request->kind == HL_READER_CONNECT) return hl_adbc_connect(session, request);
    if (!session->has_connection) return hl_reader_answer_fault(HL_READER_BROKEN, "08003", "there is no connection");
    switch (request->kind) {
    case HL_READER_BEGIN: return hl_adbc_begin(session);
    case HL_READER_EXECUTE: return hl_adbc_execute(session, request->bytes);
    case HL_READER_DESCRIBE: return hl_adbc_describe(session, request->bytes);
    case HL_READER_TABLES: return list_tables(session, request);
    case HL_READER_QUERY:
        // ADBC has no limit of time that all drivers know; a reader that takes too long is stopped from outside.
        if (request->length > 4) return hl_adbc_query(session, request->bytes + 4);
        break;
    default: break;
    }
    hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the request is unknown");
}

void hl_adbc_serve(void)
{
    hl_reader_open_frames();
    setlocale(LC_CTYPE, "C.UTF-8");
    adbc_session session = {0};
    hl_reader_request request = {0};
    while (hl_reader_next_request(&request)) answer(&session, &request);
    hl_adbc_disconnect(&session);
    // Without what drivers do at exit, where some crash or wait for their threads.
    _exit(0);
}
