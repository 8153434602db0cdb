// The two digests that scripts may use: MD5 (RFC 1321), which `CMD5` computes, and SHA-256 (FIPS 180-4). They are written out because a
// script that breaks Lua could reach any library linked into the worker.

#pragma once

#include <stddef.h>
#include <stdint.h>

void hl_md5(const uint8_t *bytes, size_t length, uint8_t digest[16]);
void hl_sha256(const uint8_t *bytes, size_t length, uint8_t digest[32]);
