// The part of ADBC 1.1 that the reader uses (arrow.apache.org/adbc), without its header. A driver fills the table of its functions; of
// version 1.0, it leaves the end of the table as it is.

#pragma once

#include "arrow.h"

typedef uint8_t adbc_status;

enum { ADBC_OK = 0, ADBC_NOT_IMPLEMENTED = 2, ADBC_NOT_FOUND = 3, ADBC_INVALID_DATA = 7, ADBC_IO = 10, ADBC_CANCELLED = 11 };
enum { ADBC_TIMEOUT = 12, ADBC_UNAUTHENTICATED = 13, ADBC_UNAUTHORIZED = 14 };
enum { ADBC_VERSION_1_0 = 1000000, ADBC_VERSION_1_1 = 1001000 };
enum { ADBC_INFO_VENDOR_NAME = 0, ADBC_INFO_DRIVER_NAME = 100, ADBC_DEPTH_TABLES = 3 };
/// In a code, that the error has the members behind `release`.
#define ADBC_HAS_MORE INT32_MIN

typedef struct adbc_error {
    char *message;
    int32_t code;
    char state[5];
    void (*release)(struct adbc_error *);
    void *driver_data;
    void *driver;
} adbc_error;

/// A database, a connection, or a statement.
typedef struct {
    void *driver_data;
    void *driver;
} adbc_handle;

typedef adbc_status (*adbc_function)(adbc_handle *, adbc_error *);
typedef adbc_status (*adbc_set_option)(adbc_handle *, const char *, const char *, adbc_error *);

typedef struct adbc_driver {
    void *driver_data;
    void *manager_data;
    adbc_status (*release)(struct adbc_driver *, adbc_error *);

    adbc_function database_init;
    adbc_function database_new;
    adbc_set_option database_set_option;
    adbc_function database_release;

    adbc_function connection_commit;
    adbc_status (*connection_get_info)(adbc_handle *, const uint32_t *, size_t, arrow_stream *, adbc_error *);
    adbc_status (*connection_get_objects)(
        adbc_handle *, int, const char *, const char *, const char *, const char **, const char *, arrow_stream *, adbc_error *);
    adbc_function connection_get_table_schema;
    adbc_function connection_get_table_types;
    adbc_status (*connection_init)(adbc_handle *, adbc_handle *, adbc_error *);
    adbc_function connection_new;
    adbc_set_option connection_set_option;
    adbc_function connection_read_partition;
    adbc_function connection_release;
    adbc_function connection_rollback;

    adbc_function statement_bind;
    adbc_function statement_bind_stream;
    adbc_status (*statement_execute_query)(adbc_handle *, arrow_stream *, int64_t *, adbc_error *);
    adbc_function statement_execute_partitions;
    adbc_function statement_get_parameter_schema;
    adbc_status (*statement_new)(adbc_handle *, adbc_handle *, adbc_error *);
    adbc_function statement_prepare;
    adbc_function statement_release;
    adbc_set_option statement_set_option;
    adbc_status (*statement_set_query)(adbc_handle *, const char *, adbc_error *);
    adbc_function statement_set_plan;

    // Since 1.1.
    adbc_function error_detail_count;
    adbc_function error_detail;
    const adbc_error *(*error_from_stream)(arrow_stream *, adbc_status *);
    adbc_function database_options[7];
    adbc_function connection_cancel;
    adbc_status (*connection_get_option)(adbc_handle *, const char *, char *, size_t *, adbc_error *);
    adbc_function connection_options[8];
    adbc_function statement_functions[9];
} adbc_driver;

typedef adbc_status (*adbc_driver_init)(int, void *, adbc_error *);
