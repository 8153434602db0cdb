// MD5's rounds over the lanes of a vector, each lane a text of its own (RFC 1321 §3.4).
//
// A file that includes this defines LANES, and NAME for the function; and TARGET, the attribute that lets the compiler use larger vectors than
// every processor has.

#include <string.h>

#include "padding.h"

#if LANES == 1
typedef uint32_t hl_words;
#else
typedef uint32_t hl_words __attribute__((vector_size(4 * LANES)));
#endif

#define LEFT(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define F(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))
#define G(x, y, z) ((y) ^ ((z) & ((x) ^ (y))))
#define H(x, y, z) ((x) ^ (y) ^ (z))
#define I(x, y, z) ((y) ^ ((x) | ~(z)))
#define STEP(f, a, b, c, d, word, shift, constant) a = (b) + LEFT((a) + f(b, c, d) + in[word] + (uint32_t)(constant), shift)
#define FOUR(f, w0, w1, w2, w3, s0, s1, s2, s3, k0, k1, k2, k3) \
    STEP(f, a, b, c, d, w0, s0, k0); \
    STEP(f, d, a, b, c, w1, s1, k1); \
    STEP(f, c, d, a, b, w2, s2, k2); \
    STEP(f, b, c, d, a, w3, s3, k3)

/// The digests of LANES texts; a lane beyond `count` gets no text.
TARGET void NAME(const uint8_t *bytes, const uint32_t *ends, size_t start, size_t count, hl_md5_digest *digests)
{
    const uint8_t *texts[LANES];
    size_t lengths[LANES];
    size_t blocks = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        texts[lane] = bytes + start;
        lengths[lane] = lane < count ? ends[lane] - start : 0;
        start += lengths[lane];
        size_t own = hl_block_count(lengths[lane]);
        if (own > blocks) blocks = own;
    }
    hl_words a = (hl_words){0} + 0x67452301u, b = (hl_words){0} + 0xefcdab89u;
    hl_words c = (hl_words){0} + 0x98badcfeu, d = (hl_words){0} + 0x10325476u;
    for (size_t block = 0; block < blocks; block++) {
        union {
            uint32_t lanes[16][LANES];
            hl_words words[16];
        } input;
        union {
            uint32_t lanes[LANES];
            hl_words words;
        } going;
        for (size_t lane = 0; lane < LANES; lane++) {
            uint32_t own[16];
            going.lanes[lane] = block < hl_block_count(lengths[lane]) ? UINT32_MAX : 0;
            hl_padded_block(texts[lane], lengths[lane], block, own);
            for (size_t word = 0; word < 16; word++) input.lanes[word][lane] = own[word];
        }
        const hl_words *in = input.words;
        const hl_words a0 = a, b0 = b, c0 = c, d0 = d;
        FOUR(F, 0, 1, 2, 3, 7, 12, 17, 22, 0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee);
        FOUR(F, 4, 5, 6, 7, 7, 12, 17, 22, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501);
        FOUR(F, 8, 9, 10, 11, 7, 12, 17, 22, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be);
        FOUR(F, 12, 13, 14, 15, 7, 12, 17, 22, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821);
        FOUR(G, 1, 6, 11, 0, 5, 9, 14, 20, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa);
        FOUR(G, 5, 10, 15, 4, 5, 9, 14, 20, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8);
        FOUR(G, 9, 14, 3, 8, 5, 9, 14, 20, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed);
        FOUR(G, 13, 2, 7, 12, 5, 9, 14, 20, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a);
        FOUR(H, 5, 8, 11, 14, 4, 11, 16, 23, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c);
        FOUR(H, 1, 4, 7, 10, 4, 11, 16, 23, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70);
        FOUR(H, 13, 0, 3, 6, 4, 11, 16, 23, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05);
        FOUR(H, 9, 12, 15, 2, 4, 11, 16, 23, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665);
        FOUR(I, 0, 7, 14, 5, 6, 10, 15, 21, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039);
        FOUR(I, 12, 3, 10, 1, 6, 10, 15, 21, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1);
        FOUR(I, 8, 15, 6, 13, 6, 10, 15, 21, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1);
        FOUR(I, 4, 11, 2, 9, 6, 10, 15, 21, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391);
        // A text that ended in an earlier block keeps its digest.
        a = a0 + (a & going.words);
        b = b0 + (b & going.words);
        c = c0 + (c & going.words);
        d = d0 + (d & going.words);
    }
    union {
        uint32_t lanes[4][LANES];
        hl_words words[4];
    } state = {.words = {a, b, c, d}};
    for (size_t lane = 0; lane < count; lane++) {
        digests[lane].high = hl_big_endian(state.lanes[0][lane], state.lanes[1][lane]);
        digests[lane].low = hl_big_endian(state.lanes[2][lane], state.lanes[3][lane]);
    }
}
