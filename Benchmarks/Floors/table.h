// Sets with open addressing, sized in advance: the least that telling apart addresses, and keys, takes.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CMD5.h"

/// Adds all hashes of addresses to a new set. Returns how many different ones there are; 0 without memory.
size_t table_of_hashes(const hl_md5_digest *hashes, size_t count);

/// Adds all numbers, none of which is 0, to a new set. Returns how many different ones there are; 0 without memory.
size_t table_of_numbers(const uint64_t *numbers, size_t count);
