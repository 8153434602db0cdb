// unixODBC as the system installed it.
#include <sql.h>
#include <sqlext.h>
