// The rounds for each number of lanes.

#pragma once

#include <stddef.h>
#include <stdint.h>

#include "CMD5.h"

void hl_md5_one(const uint8_t *bytes, const uint32_t *ends, size_t start, size_t count, hl_md5_digest *digests);
void hl_md5_four(const uint8_t *bytes, const uint32_t *ends, size_t start, size_t count, hl_md5_digest *digests);
#if defined(__x86_64__)
void hl_md5_eight(const uint8_t *bytes, const uint32_t *ends, size_t start, size_t count, hl_md5_digest *digests);
void hl_md5_sixteen(const uint8_t *bytes, const uint32_t *ends, size_t start, size_t count, hl_md5_digest *digests);
#endif
