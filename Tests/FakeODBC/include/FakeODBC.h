// An ODBC driver of the tests' own, which unixODBC loads by the path of its library. How it behaves is the setting Mode of the connection.

#pragma once
