// Reads rows through ODBC, in a process of its own: drivers crash, leak, and start threads that do not survive a fork.
//
// Requests come from standard input, answers go to standard output. Both are frames: a 32-bit length, a letter, and as many bytes
// as the length says. Numbers have the machine's byte order, texts are UTF-8 with a 32-bit length before them.

#pragma once

/// The requests.
enum {
    /// Connects: the most seconds (32 bits), and the connection string. Ends an earlier connection.
    HL_ODBC_CONNECT = 'C',
    /// Runs a statement without rows: the statement.
    HL_ODBC_EXECUTE = 'X',
    /// Sets the session to one transaction, which only reads where the driver supports it.
    HL_ODBC_BEGIN = 'B',
    /// Describes the columns of a query that it runs: the statement.
    HL_ODBC_DESCRIBE = 'D',
    /// Reads the rows of a query: the most seconds (32 bits, 0 for no limit), and the statement.
    HL_ODBC_QUERY = 'Q',
    /// Lists tables: the pattern of the schema (empty for any), and of the name.
    HL_ODBC_TABLES = 'T',
};

/// The answers.
enum {
    /// Connected: the names of the server's product and the driver, and the mark around names.
    HL_ODBC_CONNECTED = 'I',
    HL_ODBC_DONE = 'K',
    /// Columns: for each, its ODBC type, size, and digits (32 bits each), its name, and the name of its type.
    HL_ODBC_COLUMNS = 'F',
    /// Whole rows: for each cell, a 32-bit length, which is -1 for NULL, and its text.
    HL_ODBC_ROWS = 'R',
    /// The end of the rows: how many there were (64 bits).
    HL_ODBC_END = 'Z',
    /// A fault: a letter for its kind, five letters of SQLSTATE, and what the driver says.
    HL_ODBC_FAULT = 'E',
};

/// The kinds of faults.
enum {
    /// The driver or its server.
    HL_ODBC_DIAGNOSED = 'D',
    /// There is no unixODBC on this machine.
    HL_ODBC_MISSING = 'M',
    /// The driver gave less of a value than it said, or would not give all of it.
    HL_ODBC_CUT = 'T',
    /// A value is larger than 128 MB.
    HL_ODBC_LARGE = 'L',
    /// The driver or the request broke a rule of its interface.
    HL_ODBC_BROKEN = 'P',
};

/// Serves the requests until standard input ends, and never returns.
_Noreturn void hl_odbc_serve(void);
