// libarchive as the system installed it.
#include <archive.h>
#include <archive_entry.h>
