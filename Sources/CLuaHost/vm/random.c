#include "random.h"

/// A splitmix64 step: spreads a counter over all 64 bits.
static uint64_t spread(uint64_t *counter)
{
    uint64_t z = (*counter += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint64_t rotated(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

void hl_random_reseed(hl_random *random, uint64_t stream)
{
    random->stream = stream;
    random->is_ready = false;
}

uint64_t hl_random_next(hl_random *random, uint64_t seed)
{
    uint64_t *s = random->state;
    if (!random->is_ready) {
        uint64_t mixed = seed ^ rotated(random->stream, 32);
        uint64_t counter = spread(&mixed) ^ random->stream;
        for (int i = 0; i < 4; i++) s[i] = spread(&counter);
        random->is_ready = true;
    }
    // A step of xoshiro256**.
    uint64_t result = rotated(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotated(s[3], 45);
    return result;
}

uint64_t hl_random_up_to(hl_random *random, uint64_t seed, uint64_t limit)
{
    if (limit == UINT64_MAX) return hl_random_next(random, seed);
    uint64_t range = limit + 1;
    // Numbers above the last whole multiple of the range would favor the small results.
    uint64_t rejected = (UINT64_MAX - range + 1) % range;
    for (;;) {
        uint64_t number = hl_random_next(random, seed);
        if (number <= UINT64_MAX - rejected) return number % range;
    }
}
