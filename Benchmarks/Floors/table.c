#include "table.h"

#include <stdlib.h>

enum { AHEAD = 16 };

/// A power of two of which `count` fill at most seven tenths.
static size_t size_for(size_t count)
{
    size_t size = 64;
    while (size * 7 < count * 10) size *= 2;
    return size;
}

size_t table_of_hashes(const hl_md5_digest *hashes, size_t count)
{
    size_t mask = size_for(count) - 1, different = 0;
    hl_md5_digest *slots = calloc(mask + 1, sizeof *slots);
    uint8_t *used = calloc(mask + 1, 1);
    for (size_t i = 0; slots != NULL && used != NULL && i < count; i++) {
        if (i + AHEAD < count) {
            size_t next = hashes[i + AHEAD].low & mask;
            __builtin_prefetch(used + next, 1);
            __builtin_prefetch(slots + next, 1);
        }
        size_t slot = hashes[i].low & mask;
        while (used[slot] && (slots[slot].high != hashes[i].high || slots[slot].low != hashes[i].low)) slot = (slot + 1) & mask;
        if (used[slot]) continue;
        used[slot] = 1;
        slots[slot] = hashes[i];
        different++;
    }
    free(slots);
    free(used);
    return different;
}

size_t table_of_numbers(const uint64_t *numbers, size_t count)
{
    size_t size = size_for(count), different = 0;
    int shift = 64 - __builtin_ctzll(size);
    uint64_t *slots = calloc(size, sizeof *slots);
    for (size_t i = 0; slots != NULL && i < count; i++) {
        size_t slot = (size_t)(numbers[i] * 0x9E3779B97F4A7C15 >> shift);
        while (slots[slot] != 0 && slots[slot] != numbers[i]) slot = (slot + 1) & (size - 1);
        if (slots[slot] != 0) continue;
        slots[slot] = numbers[i];
        different++;
    }
    free(slots);
    return different;
}
