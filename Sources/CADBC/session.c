#include "session.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"

/// The class of a fault in SQLSTATE, where the driver does not say it.
static const char *state_of(adbc_status status)
{
    switch (status) {
    case ADBC_NOT_FOUND: return "42S02";
    case ADBC_INVALID_DATA: return "22000";
    case ADBC_IO: return "08000";
    case ADBC_CANCELLED: return "57014";
    case ADBC_TIMEOUT: return "HYT00";
    case ADBC_UNAUTHENTICATED: return "28000";
    case ADBC_UNAUTHORIZED: return "42501";
    default: return "HY000";
    }
}

static void answer(adbc_status status, const char *message, const char *given)
{
    char state[6] = {0};
    bool has_state = given != NULL;
    for (int i = 0; i < 5 && has_state; i++) has_state = (given[i] >= '0' && given[i] <= '9') || (given[i] >= 'A' && given[i] <= 'Z');
    memcpy(state, has_state && memcmp(given, "00000", 5) != 0 ? given : state_of(status), 5);
    hl_reader_answer_fault(HL_READER_DIAGNOSED, state, message != NULL && message[0] != 0 ? message : "the driver does not say why");
}

void hl_adbc_answer(adbc_session *session, adbc_status status, adbc_error *error)
{
    (void)session;
    answer(status, error->message, error->message == NULL ? NULL : error->state);
    if (error->release != NULL) error->release(error);
}

void hl_adbc_answer_stream(adbc_session *session, arrow_stream *stream, int code)
{
    adbc_status status = ADBC_OK;
    const adbc_error *error = session->driver.error_from_stream == NULL ? NULL : session->driver.error_from_stream(stream, &status);
    const char *text = stream->get_last_error == NULL ? NULL : stream->get_last_error(stream);
    if (text == NULL && error != NULL) text = error->message;
    answer(status, text != NULL ? text : strerror(code), error == NULL ? NULL : error->state);
}

char *hl_adbc_text(hl_reader_request *request, uint32_t *at)
{
    uint32_t length = 0;
    if (request->length < 4 || *at > request->length - 4) return NULL;
    memcpy(&length, request->bytes + *at, 4);
    if (length >= request->length - *at - 4) return NULL;
    char *text = request->bytes + *at + 4;
    *at += 4 + length + 1;
    return text[length] == 0 ? text : NULL;
}

/// Loads a driver, by its path or, without a slash, from where the system looks for libraries. False after a fault that was answered.
static bool load(adbc_session *session, const char *path)
{
    adbc_error error = adbc_no_error();
    if (session->library == NULL) session->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (session->library == NULL) {
        hl_reader_answer_fault(HL_READER_MISSING, "HY000", dlerror());
        return false;
    }
    void *found = dlsym(session->library, "AdbcDriverInit");
    if (found == NULL) {
        hl_reader_answer_fault(HL_READER_MISSING, "HY000", "the library is no driver of ADBC: it has no function AdbcDriverInit");
        return false;
    }
    adbc_driver_init init;
    memcpy(&init, &found, sizeof init);
    memset(&session->driver, 0, sizeof session->driver);
    adbc_status status = init(ADBC_VERSION_1_1, &session->driver, &error);
    if (status == ADBC_NOT_IMPLEMENTED) {
        if (error.release != NULL) error.release(&error);
        error = adbc_no_error();
        memset(&session->driver, 0, sizeof session->driver);
        status = init(ADBC_VERSION_1_0, &session->driver, &error);
    }
    if (status != ADBC_OK) {
        hl_adbc_answer(session, status, &error);
        return false;
    }
    const adbc_driver *driver = &session->driver;
    bool is_whole = driver->database_new && driver->database_set_option && driver->database_init && driver->database_release
                    && driver->connection_new && driver->connection_init && driver->connection_set_option && driver->connection_release
                    && driver->connection_get_info && driver->connection_get_objects && driver->statement_new
                    && driver->statement_set_query && driver->statement_execute_query && driver->statement_release;
    if (!is_whole) hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the driver lacks functions of ADBC 1.0");
    return is_whole;
}

/// Connects with the options of a request. False after a fault that was answered.
static bool open_connection(adbc_session *session, hl_reader_request *request, uint32_t at)
{
    adbc_error error = adbc_no_error();
    adbc_driver *driver = &session->driver;
    adbc_status status = driver->database_new(&session->database, &error);
    session->has_database = status == ADBC_OK;
    for (char *name; status == ADBC_OK && (name = hl_adbc_text(request, &at)) != NULL;) {
        char *value = hl_adbc_text(request, &at);
        if (value == NULL) {
            hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the request is incomplete");
            return false;
        }
        status = driver->database_set_option(&session->database, name, value, &error);
    }
    if (status == ADBC_OK) status = driver->database_init(&session->database, &error);
    if (status == ADBC_OK) {
        status = driver->connection_new(&session->connection, &error);
        session->has_connection = status == ADBC_OK;
    }
    if (status == ADBC_OK) status = driver->connection_init(&session->connection, &session->database, &error);
    if (status == ADBC_OK) return true;
    hl_adbc_answer(session, status, &error);
    return false;
}

void hl_adbc_connect(adbc_session *session, hl_reader_request *request)
{
    uint32_t at = 4;
    char vendor[256] = {0}, name[256] = {0};
    hl_adbc_disconnect(session);
    const char *path = hl_adbc_text(request, &at);
    if (path == NULL) return hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the request is incomplete");
    bool is_open = load(session, path) && open_connection(session, request, at);
    memset(request->bytes, 0, request->length);
    if (!is_open) return;
    hl_adbc_names(session, vendor, name, sizeof vendor);
    hl_reader_begin_frame(HL_READER_CONNECTED);
    hl_reader_put_text(vendor, strlen(vendor));
    hl_reader_put_text(name, strlen(name));
    hl_reader_put_text("\"", 1);
    hl_reader_end_frame();
}

void hl_adbc_disconnect(adbc_session *session)
{
    adbc_error error = adbc_no_error();
    adbc_driver *driver = &session->driver;
    if (session->has_connection) {
        if (driver->connection_rollback != NULL) driver->connection_rollback(&session->connection, &error);
        driver->connection_release(&session->connection, &error);
    }
    if (session->has_database) driver->database_release(&session->database, &error);
    session->has_connection = session->has_database = false;
    session->connection = session->database = (adbc_handle){0};
}

void hl_adbc_begin(adbc_session *session)
{
    // Databases without transactions refuse the second, and most drivers the first.
    const char *const names[] = {"adbc.connection.readonly", "adbc.connection.autocommit"};
    for (int i = 0; i < 2; i++) {
        adbc_error error = adbc_no_error();
        session->driver.connection_set_option(&session->connection, names[i], i == 0 ? "true" : "false", &error);
        if (error.release != NULL) error.release(&error);
    }
    hl_reader_begin_frame(HL_READER_DONE);
    hl_reader_end_frame();
}
