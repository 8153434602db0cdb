// The part of ODBC 3 that the reader uses (learn.microsoft.com/sql/odbc/reference/syntax), without unixODBC's headers: it is loaded,
// not linked, so that Hookline builds and starts without it.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int16_t sql_return;
typedef void *sql_handle;
typedef intptr_t sql_length;
/// UTF-16 in unixODBC and iODBC's UTF-16 builds.
typedef uint16_t sql_char;

enum { SQL_SUCCESS = 0, SQL_SUCCESS_WITH_INFO = 1, SQL_NO_DATA = 100 };
enum { SQL_NULL_DATA = -1, SQL_NO_TOTAL = -4, SQL_NTS = -3 };
enum { SQL_HANDLE_ENV = 1, SQL_HANDLE_DBC = 2, SQL_HANDLE_STMT = 3 };
enum { SQL_C_CHAR = 1, SQL_C_FLOAT = 7, SQL_C_DOUBLE = 8 };
enum { SQL_FLOAT = 6, SQL_REAL = 7, SQL_DOUBLE = 8 };
enum { SQL_ATTR_ODBC_VERSION = 200, SQL_ATTR_ACCESS_MODE = 101, SQL_ATTR_AUTOCOMMIT = 102, SQL_ATTR_LOGIN_TIMEOUT = 103 };
enum { SQL_ATTR_QUERY_TIMEOUT = 0, SQL_ATTR_NOSCAN = 2, SQL_ATTR_ROW_ARRAY_SIZE = 27 };
enum { SQL_ATTR_ROW_STATUS_PTR = 25, SQL_ATTR_ROWS_FETCHED_PTR = 26 };
enum { SQL_DRIVER_NAME = 6, SQL_DBMS_NAME = 17, SQL_IDENTIFIER_QUOTE_CHAR = 29, SQL_GETDATA_EXTENSIONS = 81 };
enum { SQL_GD_BLOCK = 4, SQL_GD_BOUND = 8, SQL_DESC_TYPE_NAME = 14 };
enum { SQL_CLOSE = 0, SQL_UNBIND = 2, SQL_ROLLBACK = 1, SQL_ROW_ERROR = 5 };

/// unixODBC's functions.
typedef struct {
    sql_return (*AllocHandle)(int16_t, sql_handle, sql_handle *);
    sql_return (*FreeHandle)(int16_t, sql_handle);
    sql_return (*SetEnvAttr)(sql_handle, int32_t, void *, int32_t);
    sql_return (*SetConnectAttr)(sql_handle, int32_t, void *, int32_t);
    sql_return (*SetStmtAttr)(sql_handle, int32_t, void *, int32_t);
    sql_return (*DriverConnect)(sql_handle, void *, sql_char *, int16_t, sql_char *, int16_t, int16_t *, uint16_t);
    sql_return (*Disconnect)(sql_handle);
    sql_return (*EndTran)(int16_t, sql_handle, int16_t);
    sql_return (*GetDiagRec)(int16_t, sql_handle, int16_t, sql_char *, int32_t *, sql_char *, int16_t, int16_t *);
    sql_return (*GetInfo)(sql_handle, uint16_t, void *, int16_t, int16_t *);
    sql_return (*ExecDirect)(sql_handle, sql_char *, int32_t);
    sql_return (*Tables)(sql_handle, sql_char *, int16_t, sql_char *, int16_t, sql_char *, int16_t, sql_char *, int16_t);
    sql_return (*NumResultCols)(sql_handle, int16_t *);
    sql_return (*DescribeCol)(sql_handle, uint16_t, sql_char *, int16_t, int16_t *, int16_t *, uintptr_t *, int16_t *, int16_t *);
    sql_return (*ColAttribute)(sql_handle, uint16_t, uint16_t, void *, int16_t, int16_t *, sql_length *);
    sql_return (*BindCol)(sql_handle, uint16_t, int16_t, void *, sql_length, sql_length *);
    sql_return (*Fetch)(sql_handle);
    sql_return (*SetPos)(sql_handle, uintptr_t, uint16_t, uint16_t);
    sql_return (*GetData)(sql_handle, uint16_t, int16_t, void *, sql_length, sql_length *);
    sql_return (*FreeStmt)(sql_handle, uint16_t);
} hl_odbc_library;

extern hl_odbc_library hl_odbc;

/// Loads unixODBC. Returns NULL, or why it cannot be loaded.
const char *hl_odbc_load(void);

static inline bool hl_odbc_succeeded(sql_return result) { return result == SQL_SUCCESS || result == SQL_SUCCESS_WITH_INFO; }
