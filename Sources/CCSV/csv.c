#include "CCSV.h"

#include "masks.h"

bool hl_csv_has(hl_csv_way way)
{
    switch (way) {
    case HL_CSV_PLAIN: return true;
#if defined(__x86_64__)
    case HL_CSV_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
#endif
    default: return false;
    }
}

hl_csv_way hl_csv_best_way(void)
{
    return hl_csv_has(HL_CSV_AVX2) ? HL_CSV_AVX2 : HL_CSV_PLAIN;
}

size_t hl_csv_find(
    hl_csv_way way, const uint8_t *bytes, size_t length, uint8_t delimiter, size_t width, size_t most_records, size_t most_bytes,
    hl_csv_field *fields, hl_csv_record *records)
{
#if defined(__x86_64__)
    if (way == HL_CSV_AVX2) return hl_csv_find_avx2(bytes, length, delimiter, width, most_records, most_bytes, fields, records);
#endif
    (void)way;
    return hl_csv_find_plain(bytes, length, delimiter, width, most_records, most_bytes, fields, records);
}

hl_csv_cut hl_csv_cut_records(
    hl_csv_way way, const uint8_t *bytes, size_t length, bool has_quotes, size_t most_records, size_t most_bytes)
{
#if defined(__x86_64__)
    if (way == HL_CSV_AVX2) return hl_csv_cut_avx2(bytes, length, has_quotes, most_records, most_bytes);
#endif
    (void)way;
    return hl_csv_cut_plain(bytes, length, has_quotes, most_records, most_bytes);
}
