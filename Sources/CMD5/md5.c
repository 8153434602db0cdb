#include "CMD5.h"

#include "lanes.h"

bool hl_md5_has(hl_md5_lanes lanes)
{
    switch (lanes) {
    case HL_MD5_ONE_LANE:
    case HL_MD5_FOUR_LANES: return true;
#if defined(__x86_64__)
    case HL_MD5_EIGHT_LANES: return __builtin_cpu_supports("avx2");
    case HL_MD5_SIXTEEN_LANES: return __builtin_cpu_supports("avx512f");
#endif
    default: return false;
    }
}

hl_md5_lanes hl_md5_most_lanes(void)
{
    if (hl_md5_has(HL_MD5_SIXTEEN_LANES)) return HL_MD5_SIXTEEN_LANES;
    return hl_md5_has(HL_MD5_EIGHT_LANES) ? HL_MD5_EIGHT_LANES : HL_MD5_FOUR_LANES;
}

void hl_md5_texts(hl_md5_lanes lanes, const uint8_t *bytes, const uint32_t *ends, size_t count, hl_md5_digest *digests)
{
    size_t step = (size_t)lanes;
    for (size_t first = 0; first < count; first += step) {
        size_t start = first == 0 ? 0 : ends[first - 1];
        size_t here = count - first < step ? count - first : step;
        switch (lanes) {
#if defined(__x86_64__)
        case HL_MD5_SIXTEEN_LANES: hl_md5_sixteen(bytes, ends + first, start, here, digests + first); break;
        case HL_MD5_EIGHT_LANES: hl_md5_eight(bytes, ends + first, start, here, digests + first); break;
#endif
        case HL_MD5_FOUR_LANES: hl_md5_four(bytes, ends + first, start, here, digests + first); break;
        default:
            for (size_t one = 0; one < here; one++) {
                hl_md5_one(bytes, ends + first + one, one == 0 ? start : ends[first + one - 1], 1, digests + first + one);
            }
        }
    }
}
