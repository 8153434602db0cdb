// The search for the ends of records, over blocks of 64 bytes that a mask of bits describes.
//
// A file that includes this defines CUT for the function, and what `find.h` asks for, which comes before.

TARGET hl_csv_cut CUT(const uint8_t *bytes, size_t length, bool has_quotes, size_t most_records, size_t most_bytes)
{
    hl_csv_cut cut = {0};
    // Line feeds in the blocks before.
    size_t lines = 0;
    // All ones inside quotes.
    uint64_t open = 0;
    for (size_t base = 0; base < length; base += 64) {
        uint8_t rest[64];
        const uint8_t *block = bytes + base;
        if (length - base < 64) {
            memset(rest, 0, sizeof rest);
            memcpy(rest, block, length - base);
            block = rest;
        }
        const masks seen = look(block, ',');
        uint64_t quoted = open;
        if (has_quotes && seen.quotes != 0) quoted ^= behind_odd(seen.quotes);
        open = (uint64_t)((int64_t)quoted >> 63);
        uint64_t ends = seen.line_feeds & ~quoted;
        if (ends != 0) {
            const size_t found = (size_t)__builtin_popcountll(ends);
            if (cut.records + found >= most_records || base + 64 >= most_bytes) {
                while (ends != 0) {
                    const uint64_t bit = ends & -ends;
                    ends ^= bit;
                    cut.records++;
                    cut.end = base + (size_t)__builtin_ctzll(bit) + 1;
                    cut.lines = lines + (size_t)__builtin_popcountll(seen.line_feeds & (bit | (bit - 1)));
                    cut.is_full = cut.records >= most_records || cut.end >= most_bytes;
                    if (cut.is_full) return cut;
                }
            } else {
                const int last = 63 - __builtin_clzll(ends);
                cut.records += found;
                cut.end = base + (size_t)last + 1;
                cut.lines = lines + (size_t)__builtin_popcountll(seen.line_feeds & (UINT64_MAX >> (63 - last)));
            }
        }
        lines += (size_t)__builtin_popcountll(seen.line_feeds);
    }
    return cut;
}
