#include "digest.h"

#include <CMD5.h>
#include <string.h>

static uint32_t rotated_right(uint32_t x, int bits)
{
    return x >> bits | x << (32 - bits);
}

/// Calls `block` for each block of 64 bytes, padded as the digest requires: a one bit, zeros, the length in bits.
static void for_each_block(const uint8_t *bytes, size_t length, void (*block)(void *, const uint8_t *), void *state)
{
    size_t whole = length / 64 * 64;
    for (size_t i = 0; i < whole; i += 64) block(state, bytes + i);
    uint8_t tail[128] = {0};
    size_t rest = length - whole;
    if (rest > 0) memcpy(tail, bytes + whole, rest);
    tail[rest] = 0x80;
    size_t padded = rest < 56 ? 64 : 128;
    uint64_t bits = (uint64_t)length * 8;
    for (int i = 0; i < 8; i++) tail[padded - 8 + (size_t)i] = (uint8_t)(bits >> (56 - 8 * i));
    for (size_t i = 0; i < padded; i += 64) block(state, tail + i);
}

void hl_md5(const uint8_t *bytes, size_t length, uint8_t digest[16])
{
    // A script has at most 4 GB of memory, so its texts are shorter.
    uint32_t end = (uint32_t)length;
    hl_md5_digest found;
    hl_md5_texts(HL_MD5_ONE_LANE, bytes, &end, 1, &found);
    for (int i = 0; i < 8; i++) {
        digest[i] = (uint8_t)(found.high >> (56 - 8 * i));
        digest[8 + i] = (uint8_t)(found.low >> (56 - 8 * i));
    }
}

// FIPS 180-4, section 4.2.2.
static const uint32_t sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static void sha256_block(void *context, const uint8_t *block)
{
    uint32_t *state = context;
    uint32_t words[64];
    for (int i = 0; i < 16; i++) {
        words[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | (uint32_t)block[4 * i + 3];
    }
    for (int i = 16; i < 64; i++) {
        uint32_t x = words[i - 15], y = words[i - 2];
        words[i] = words[i - 16] + (rotated_right(x, 7) ^ rotated_right(x, 18) ^ x >> 3) + words[i - 7] +
                   (rotated_right(y, 17) ^ rotated_right(y, 19) ^ y >> 10);
    }
    uint32_t v[8];
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t first = v[7] + (rotated_right(v[4], 6) ^ rotated_right(v[4], 11) ^ rotated_right(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) +
                         sha256_constants[i] + words[i];
        uint32_t second = (rotated_right(v[0], 2) ^ rotated_right(v[0], 13) ^ rotated_right(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += first;
        v[0] = first + second;
    }
    for (int i = 0; i < 8; i++) state[i] += v[i];
}

void hl_sha256(const uint8_t *bytes, size_t length, uint8_t digest[32])
{
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    for_each_block(bytes, length, sha256_block, state);
    for (int i = 0; i < 32; i++) digest[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}
