#include "lanes.h"

#define LANES 4
#define NAME hl_md5_four
#define TARGET
#include "rounds.h"
