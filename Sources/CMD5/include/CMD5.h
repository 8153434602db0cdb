// MD5 (RFC 1321) of many texts at once, in as many lanes of a vector as the processor has. Knows nothing of the product, and keeps no state.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The 16 bytes of a digest as two big-endian numbers.
typedef struct {
    uint64_t high;
    uint64_t low;
} hl_md5_digest;

/// How many texts go through the rounds together.
typedef enum {
    HL_MD5_ONE_LANE = 1,
    /// Vectors of 128 bits: SSE2, NEON, or what the compiler makes of them.
    HL_MD5_FOUR_LANES = 4,
    /// AVX2.
    HL_MD5_EIGHT_LANES = 8,
    /// AVX-512.
    HL_MD5_SIXTEEN_LANES = 16
} hl_md5_lanes;

/// Whether this processor can do it.
bool hl_md5_has(hl_md5_lanes lanes);

/// The most lanes that this processor can do.
hl_md5_lanes hl_md5_most_lanes(void);

/// Writes the digest of each text to `digests`.
///
/// The texts are in `bytes`, one right after the other. `ends` has the end of each, counted from the start of `bytes`; the first starts
/// at 0. A text may have any length. The processor must have the lanes.
void hl_md5_texts(hl_md5_lanes lanes, const uint8_t *bytes, const uint32_t *ends, size_t count, hl_md5_digest *digests);
