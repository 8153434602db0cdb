// How MD5 pads a text to blocks of 64 bytes, and reads them (RFC 1321 §3.1 and §3.2).

#pragma once

#include <stdint.h>
#include <string.h>

/// The blocks of a text with a 1 bit, zeros, and its length behind it.
static inline size_t hl_block_count(size_t length)
{
    return (length + 8) / 64 + 1;
}

static inline uint32_t hl_little_endian(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static inline uint64_t hl_big_endian(uint32_t first, uint32_t second)
{
    return (uint64_t)__builtin_bswap32(first) << 32 | __builtin_bswap32(second);
}

/// Writes the words of one block of a padded text. A block behind its last one is all zeros but for the length.
static inline void hl_padded_block(const uint8_t *text, size_t length, size_t block, uint32_t words[16])
{
    uint8_t bytes[64] = {0};
    size_t start = block * 64;
    if (start < length) memcpy(bytes, text + start, length - start < 64 ? length - start : 64);
    if (start <= length && length - start < 64) bytes[length - start] = 0x80;
    for (size_t word = 0; word < 16; word++) words[word] = hl_little_endian(bytes + 4 * word);
    if (block + 1 == hl_block_count(length)) {
        uint64_t bits = (uint64_t)length * 8;
        words[14] = (uint32_t)bits;
        words[15] = (uint32_t)(bits >> 32);
    }
}
