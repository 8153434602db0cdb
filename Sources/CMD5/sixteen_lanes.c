#include "lanes.h"

#if defined(__x86_64__)
#define LANES 16
#define NAME hl_md5_sixteen
#define TARGET __attribute__((target("avx512f")))
#include "rounds.h"
#endif
