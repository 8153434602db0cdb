// Reads rows through ODBC, in a process of its own. Requests and answers are those of `CReader`; a request to connect has the connection
// string.

#pragma once

/// Serves the requests until standard input ends, and never returns.
_Noreturn void hl_odbc_serve(void);
