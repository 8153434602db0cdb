// Connections and statements.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake.h"

char fake_mode[64], fake_error[300];
static int next_array;
static bool is_description;
static char token[256];

bool fake_is(const char *mode) { return strcmp(fake_mode, mode) == 0; }

static adbc_status ok(adbc_handle *handle, adbc_error *error)
{
    (void)handle;
    (void)error;
    return ADBC_OK;
}

static adbc_status driver_release(adbc_driver *driver, adbc_error *error)
{
    (void)driver;
    (void)error;
    return ADBC_OK;
}

static void release_error(adbc_error *error)
{
    free(error->message);
    *error = (adbc_error){0};
}

static adbc_status fail(adbc_error *error, adbc_status status, const char *message)
{
    error->message = strdup(message);
    memcpy(error->state, "00000", 5);
    error->release = release_error;
    return status;
}

static adbc_status set_option(adbc_handle *handle, const char *name, const char *value, adbc_error *error)
{
    (void)handle;
    if (strcmp(name, "mode") == 0) snprintf(fake_mode, sizeof fake_mode, "%s", value);
    else if (strcmp(name, "token") == 0) snprintf(token, sizeof token, "%s", value);
    else return fail(error, ADBC_NOT_IMPLEMENTED, "no such option");
    return ADBC_OK;
}

static adbc_status connection_init(adbc_handle *connection, adbc_handle *database, adbc_error *error)
{
    char text[512];
    (void)connection;
    (void)database;
    snprintf(text, sizeof text, "cannot connect with the token %s", token);
    return fake_is("no-connection") ? fail(error, ADBC_UNAUTHENTICATED, text) : ADBC_OK;
}

static adbc_status connection_release(adbc_handle *connection, adbc_error *error)
{
    (void)connection;
    (void)error;
    if (fake_is("end-badly")) _exit(3);
    return ADBC_OK;
}

static adbc_status get_info(adbc_handle *connection, const uint32_t *codes, size_t count, arrow_stream *stream, adbc_error *error)
{
    (void)connection;
    (void)codes;
    (void)count;
    (void)stream;
    return fail(error, ADBC_NOT_IMPLEMENTED, "no names");
}

static adbc_status get_objects(
    adbc_handle *connection, int depth, const char *catalog, const char *schema, const char *table, const char **type, const char *column,
    arrow_stream *stream, adbc_error *error)
{
    (void)connection;
    (void)depth;
    (void)catalog;
    (void)schema;
    (void)table;
    (void)type;
    (void)column;
    (void)stream;
    return fail(error, ADBC_NOT_IMPLEMENTED, "no tables");
}

static adbc_status statement_new(adbc_handle *connection, adbc_handle *statement, adbc_error *error)
{
    (void)connection;
    (void)statement;
    (void)error;
    return ADBC_OK;
}

static adbc_status set_query(adbc_handle *statement, const char *query, adbc_error *error)
{
    (void)statement;
    (void)error;
    is_description = strstr(query, "1 = 0") != NULL;
    return ADBC_OK;
}

static int get_schema(arrow_stream *stream, arrow_schema *schema)
{
    (void)stream;
    fake_schema(schema);
    return 0;
}

static int get_next(arrow_stream *stream, arrow_array *array)
{
    (void)stream;
    memset(array, 0, sizeof *array);
    if (is_description) return 0;
    if (fake_is("noisy")) {
        for (int i = 0; i < 5000; i++) {
            printf("a row of somebody@example.com\n");
            fprintf(stderr, "a row of somebody@example.com\n");
        }
        fflush(stdout);
    }
    if (next_array == 1 && fake_is("error")) {
        snprintf(fake_error, sizeof fake_error, "invalid number \"ada@example.com\"");
        return 5;
    }
    if (next_array == 1 && fake_is("silent-error")) return 5;
    if (next_array == 1 && fake_is("crash")) abort();
    if (next_array == 1 && fake_is("exit")) exit(0);
    while (next_array == 1 && fake_is("hang")) pause();
    // A file that it writes, and a program that it starts, outside of its jail.
    if (next_array == 1 && fake_is("burglar") && (fopen("/tmp/hookline-burglar", "w") != NULL || fork() >= 0)) {
        snprintf(fake_error, sizeof fake_error, "the jail is open");
        return 5;
    }
    fake_array(next_array++, array);
    return 0;
}

static const char *get_last_error(arrow_stream *stream)
{
    (void)stream;
    return fake_error[0] != 0 ? fake_error : NULL;
}

static void release_stream(arrow_stream *stream) { memset(stream, 0, sizeof *stream); }

static adbc_status execute(adbc_handle *statement, arrow_stream *stream, int64_t *count, adbc_error *error)
{
    (void)statement;
    (void)error;
    *count = -1;
    next_array = 0;
    fake_error[0] = 0;
    if (fake_is("no-stream")) memset(stream, 0, sizeof *stream);
    else *stream = (arrow_stream){get_schema, get_next, get_last_error, release_stream, NULL};
    return ADBC_OK;
}

__attribute__((visibility("default"))) adbc_status AdbcDriverInit(int version, void *place, adbc_error *error)
{
    // A driver of 1.0, which leaves the end of the table alone.
    if (version != ADBC_VERSION_1_0) return fail(error, ADBC_NOT_IMPLEMENTED, "this is 1.0");
    adbc_driver *driver = place;
    driver->release = driver_release;
    driver->database_new = driver->database_init = driver->database_release = ok;
    driver->database_set_option = driver->connection_set_option = set_option;
    driver->connection_new = driver->connection_rollback = ok;
    driver->connection_init = connection_init;
    driver->connection_release = connection_release;
    driver->connection_get_info = get_info;
    driver->connection_get_objects = get_objects;
    driver->statement_new = statement_new;
    driver->statement_release = ok;
    driver->statement_set_query = set_query;
    driver->statement_execute_query = execute;
    return ADBC_OK;
}
