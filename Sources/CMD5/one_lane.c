#include "lanes.h"

#define LANES 1
#define NAME hl_md5_one
#define TARGET
#include "rounds.h"
