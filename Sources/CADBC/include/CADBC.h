// Reads rows through an ADBC driver, in a process of its own: some drivers are Go programs, whose threads do not survive a fork. Requests
// and answers are those of `CReader`; a request to connect has the driver's file, then the name and value of each option.

#pragma once

/// Serves the requests until standard input ends, and never returns.
_Noreturn void hl_adbc_serve(void);
