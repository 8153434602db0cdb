#include "lanes.h"

#if defined(__x86_64__)
#define LANES 8
#define NAME hl_md5_eight
#define TARGET __attribute__((target("avx2")))
#include "rounds.h"
#endif
