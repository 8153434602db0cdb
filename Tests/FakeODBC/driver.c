// Connections and statements, of which there is one of each kind.

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fake.h"

fake_state fake;

static short give(int kind, void **handle)
{
    static int handles[4];
    *handle = &handles[kind & 3];
    return SQL_SUCCESS;
}

EXPORTED short SQLAllocHandle(short kind, void *parent, void **handle)
{
    (void)parent;
    return give(kind, handle);
}

EXPORTED short SQLFreeHandle(short kind, void *handle)
{
    (void)kind;
    (void)handle;
    return SQL_SUCCESS;
}

EXPORTED short SQLSetEnvAttr(void *handle, int name, void *value, int length)
{
    (void)handle;
    (void)name;
    (void)value;
    (void)length;
    return SQL_SUCCESS;
}

EXPORTED short SQLSetConnectAttr(void *handle, int name, void *value, int length)
{
    return SQLSetEnvAttr(handle, name, value, length);
}

EXPORTED short SQLSetStmtAttr(void *handle, int name, void *value, int length)
{
    (void)handle;
    (void)length;
    if (name == SQL_ATTR_ROW_ARRAY_SIZE) fake.block = (unsigned long)value;
    if (name == SQL_ATTR_ROW_STATUS_PTR) fake.states = value;
    if (name == SQL_ATTR_ROWS_FETCHED_PTR) fake.fetched = value;
    return SQL_SUCCESS;
}

EXPORTED short SQLDriverConnect(
    void *handle, void *window, char *text, short length, char *whole, short room, short *whole_length, unsigned short how)
{
    (void)handle;
    (void)window;
    (void)how;
    char copy[2048] = {0};
    size_t count = length < 0 ? strlen(text) : (size_t)length;
    memcpy(copy, text, count < sizeof copy ? count : sizeof copy - 1);
    const char *mode = strstr(copy, "Mode=");
    memset(fake.mode, 0, sizeof fake.mode);
    for (size_t i = 0; mode != NULL && i < sizeof fake.mode - 1 && mode[5 + i] != ';' && mode[5 + i] != 0; i++) fake.mode[i] = mode[5 + i];
    if (fake_is("no-connection")) {
        // Some drivers put the whole connection string into their message.
        snprintf(fake.error, sizeof fake.error, "cannot connect with %s", copy);
        return SQL_ERROR;
    }
    if (room > 0) whole[0] = 0;
    if (whole_length != NULL) *whole_length = 0;
    return SQL_SUCCESS;
}

EXPORTED short SQLDisconnect(void *handle)
{
    (void)handle;
    if (fake_is("end-badly")) _exit(3);
    return SQL_SUCCESS;
}

EXPORTED short SQLEndTran(short kind, void *handle, short how)
{
    (void)kind;
    (void)handle;
    (void)how;
    return SQL_SUCCESS;
}

EXPORTED short SQLGetDiagRec(
    short kind, void *handle, short record, char *state, int *number, char *text, short room, short *length)
{
    (void)kind;
    (void)handle;
    if (record > 1 || fake.error[0] == 0) return SQL_NO_DATA;
    memcpy(state, "HY000", 6);
    *number = 7;
    snprintf(text, (size_t)room, "[Fake][ODBC] %s", fake.error);
    *length = (short)strlen(text);
    return SQL_SUCCESS;
}

/// unixODBC asks for the records only of drivers that have this function, too.
EXPORTED short SQLGetDiagField(
    short kind, void *handle, short record, short field, void *value, short room, short *length)
{
    (void)kind;
    (void)handle;
    (void)record;
    (void)field;
    (void)value;
    (void)room;
    (void)length;
    return SQL_NO_DATA;
}

EXPORTED short SQLGetInfo(void *handle, unsigned short what, void *value, short room, short *length)
{
    (void)handle;
    if (what == SQL_GETDATA_EXTENSIONS) {
        *(unsigned int *)value = fake_reads_blocks() ? 15 : 3;
        return SQL_SUCCESS;
    }
    const char *text = what == SQL_DBMS_NAME ? "Fake" : what == SQL_DRIVER_NAME ? "libFake" : what == SQL_IDENTIFIER_QUOTE_CHAR ? "\"" : NULL;
    if (text == NULL) {
        // unixODBC asks about cursors, and reads a number of 16 bits.
        if (value != NULL) memset(value, 0, 2);
        return SQL_SUCCESS;
    }
    snprintf(value, (size_t)room, "%s", text);
    if (length != NULL) *length = (short)strlen(text);
    return SQL_SUCCESS;
}

EXPORTED short SQLExecDirect(void *handle, char *text, int length)
{
    (void)handle;
    (void)length;
    fake.is_description = strstr(text, "1 = 0") != NULL;
    fake.row = 0;
    fake.error[0] = 0;
    fake.given = 0;
    fake.asked = 0;
    fake.block = 1;
    fake.fetched = NULL;
    fake.states = NULL;
    memset(fake.bound, 0, sizeof fake.bound);
    return SQL_SUCCESS;
}

EXPORTED short SQLNumResultCols(void *handle, short *count)
{
    (void)handle;
    *count = fake_columns;
    return SQL_SUCCESS;
}

EXPORTED short SQLDescribeCol(
    void *handle, unsigned short column, char *name, short room, short *length, short *type, unsigned long *size, short *digits,
    short *nullable)
{
    static const char *const names[] = {"id", "note", "score"};
    static const short types[] = {SQL_INTEGER, SQL_VARCHAR, SQL_DOUBLE};
    (void)handle;
    snprintf(name, (size_t)room, "%s", names[column - 1]);
    *length = (short)strlen(names[column - 1]);
    *type = types[column - 1];
    // As Simba's drivers do, whatever the length of the values.
    *size = 255;
    *digits = 0;
    *nullable = 1;
    return SQL_SUCCESS;
}

EXPORTED short SQLColAttribute(
    void *handle, unsigned short column, unsigned short what, void *text, short room, short *length, long *number)
{
    (void)handle;
    (void)column;
    (void)what;
    if (text != NULL && room > 0) ((char *)text)[0] = 0;
    if (length != NULL) *length = 0;
    if (number != NULL) *number = 0;
    return SQL_SUCCESS;
}

EXPORTED short SQLFreeStmt(void *handle, unsigned short what)
{
    (void)handle;
    if (what == SQL_UNBIND) memset(fake.bound, 0, sizeof fake.bound);
    return SQL_SUCCESS;
}

EXPORTED short SQLTables(
    void *handle, char *catalog, short catalog_length, char *schema, short schema_length, char *name, short name_length, char *type,
    short type_length)
{
    (void)catalog;
    (void)catalog_length;
    (void)schema;
    (void)schema_length;
    (void)name;
    (void)name_length;
    (void)type;
    (void)type_length;
    (void)handle;
    snprintf(fake.error, sizeof fake.error, "there are no tables");
    return SQL_ERROR;
}
