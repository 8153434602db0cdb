// The system's libarchive.
#include <archive.h>
#include <archive_entry.h>
