// libpq as the system installed it.
#include <libpq-fe.h>
