#include "library.h"

#include <dlfcn.h>

hl_odbc_library hl_odbc;

/// The names under which systems have it: Debian and most others, Homebrew on both kinds of Mac, and old ones.
static const char *const names[] = {
    "libodbc.so.2", "libodbc.2.dylib", "/opt/homebrew/lib/libodbc.2.dylib", "/usr/local/lib/libodbc.2.dylib", "libodbc.so.1", NULL,
};

const char *hl_odbc_load(void)
{
    if (hl_odbc.AllocHandle != NULL) return NULL;
    void *library = NULL;
    for (int i = 0; library == NULL && names[i] != NULL; i++) library = dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
    if (library == NULL) return "the library libodbc of unixODBC is not on this machine";
    const struct {
        const char *name;
        void *place;
    } functions[] = {
        {"SQLFreeHandle", &hl_odbc.FreeHandle},
        {"SQLSetEnvAttr", &hl_odbc.SetEnvAttr},
        {"SQLSetConnectAttrW", &hl_odbc.SetConnectAttr},
        {"SQLSetStmtAttrW", &hl_odbc.SetStmtAttr},
        {"SQLDriverConnectW", &hl_odbc.DriverConnect},
        {"SQLDisconnect", &hl_odbc.Disconnect},
        {"SQLEndTran", &hl_odbc.EndTran},
        {"SQLGetDiagRecW", &hl_odbc.GetDiagRec},
        {"SQLGetInfoW", &hl_odbc.GetInfo},
        {"SQLExecDirectW", &hl_odbc.ExecDirect},
        {"SQLTablesW", &hl_odbc.Tables},
        {"SQLNumResultCols", &hl_odbc.NumResultCols},
        {"SQLDescribeColW", &hl_odbc.DescribeCol},
        {"SQLColAttributeW", &hl_odbc.ColAttribute},
        {"SQLBindCol", &hl_odbc.BindCol},
        {"SQLFetch", &hl_odbc.Fetch},
        {"SQLSetPos", &hl_odbc.SetPos},
        {"SQLGetData", &hl_odbc.GetData},
        {"SQLFreeStmt", &hl_odbc.FreeStmt},
        {"SQLAllocHandle", &hl_odbc.AllocHandle},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *found = dlsym(library, functions[i].name);
        if (found == NULL) return "the library libodbc on this machine lacks functions of ODBC 3";
        *(void **)functions[i].place = found;
    }
    return NULL;
}
