// What the driver knows of its only statement. Its rows: a number, a text whose length depends on the number, and a half.

#pragma once

#include <stdbool.h>
#include <stddef.h>

#define EXPORTED __attribute__((visibility("default")))

enum { SQL_SUCCESS = 0, SQL_SUCCESS_WITH_INFO = 1, SQL_NO_DATA = 100, SQL_ERROR = -1 };
enum { SQL_NULL_DATA = -1, SQL_NO_TOTAL = -4 };
enum { SQL_INTEGER = 4, SQL_VARCHAR = 12, SQL_DOUBLE = 8, SQL_C_DOUBLE = 8, SQL_UNBIND = 2 };
enum { SQL_ATTR_ROW_ARRAY_SIZE = 27, SQL_ATTR_ROW_STATUS_PTR = 25, SQL_ATTR_ROWS_FETCHED_PTR = 26 };
enum { SQL_DRIVER_NAME = 6, SQL_DBMS_NAME = 17, SQL_IDENTIFIER_QUOTE_CHAR = 29, SQL_GETDATA_EXTENSIONS = 81 };

enum { fake_columns = 3, fake_rows = 8 };

typedef struct {
    void *cells;
    long room;
    long *lengths;
} fake_binding;

typedef struct {
    char mode[64];
    char error[2400];
    bool is_description;
    /// The last row that was fetched, from 1, the first of its block, and the one whose values are asked for.
    long row, first, place;
    /// How much of a value has been given in pieces, and of which column.
    size_t given;
    long asked;
    unsigned long block;
    unsigned short *states;
    unsigned long *fetched;
    fake_binding bound[fake_columns];
} fake_state;

extern fake_state fake;

bool fake_is(const char *mode);
/// Whether the driver can give the rest of a value of a block, so that the reader asks for blocks.
bool fake_reads_blocks(void);
