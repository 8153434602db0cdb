// A generator of random numbers that the host seeds for each row: a row gets the same numbers regardless of order, batch and machine.

#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t state[4];
    uint64_t stream;
    bool is_ready;
} hl_random;

/// Starts the stream of numbers that belongs to a row or a call; costs nothing until a number is needed.
void hl_random_reseed(hl_random *random, uint64_t stream);
/// The next 64 random bits; `seed` is the seed of the run.
uint64_t hl_random_next(hl_random *random, uint64_t seed);
/// A number from 0 to `limit`, all equally likely.
uint64_t hl_random_up_to(hl_random *random, uint64_t seed, uint64_t limit);
