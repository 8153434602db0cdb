// The state of making a case, and its source of randomness.

#pragma once

#include "cases.h"

typedef struct {
    uint64_t state;
    fuzz_case *made;
    int opened;
    int closed;
    int open;
    /// A text that the pattern probably matches, and the part of it in each capture.
    char witness[MOST_PATTERN_BYTES];
    size_t witness_length;
    size_t starts[MOST_PATTERN_BYTES];
    size_t ends[MOST_PATTERN_BYTES];
    int open_captures[MOST_PATTERN_BYTES];
    /// The number of elements that repeat without bound: the reference's time is exponential in it.
    int repeats;
} maker;

// SplitMix64, after Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
static inline uint64_t next_random(maker *m)
{
    uint64_t z = m->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline int below(maker *m, int bound)
{
    return (int)((next_random(m) >> 33) % (uint64_t)bound);
}

static inline bool one_in(maker *m, int chances)
{
    return below(m, chances) == 0;
}

static inline void note(maker *m, int feature)
{
    m->made->features |= 1u << feature;
}

#define PICK(m, list) ((list)[below((m), (int)(sizeof(list) / sizeof *(list)))])

/// Makes the pattern of the case, and a witness for it.
void make_pattern(maker *m);
