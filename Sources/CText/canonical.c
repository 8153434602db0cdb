#include "canonical.h"

#include <stdbool.h>
#include <string.h>

#include "canonical_tables.h"

// Hangul syllables follow a rule instead of a table (Unicode, §3.12).
enum {
    SYLLABLES = 0xAC00,
    LEADS = 0x1100,
    VOWELS = 0x1161,
    TAILS = 0x11A7,
    LEAD_COUNT = 19,
    VOWEL_COUNT = 21,
    TAIL_COUNT = 28,
    SYLLABLE_COUNT = LEAD_COUNT * VOWEL_COUNT * TAIL_COUNT
};

static uint8_t combining_class(uint32_t code)
{
    if (code < hl_combining_ranges[0].first) return 0;
    size_t low = 0, high = hl_combining_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (hl_combining_ranges[middle].last < code) low = middle + 1;
        else high = middle;
    }
    return low < hl_combining_count && code >= hl_combining_ranges[low].first ? hl_combining_ranges[low].value : 0;
}

static const hl_canonical_pair *pair_of(uint32_t code)
{
    size_t low = 0, high = hl_canonical_pair_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (hl_canonical_pairs[middle].code < code) low = middle + 1;
        else high = middle;
    }
    return low < hl_canonical_pair_count && hl_canonical_pairs[low].code == code ? &hl_canonical_pairs[low] : NULL;
}

/// Writes the parts of a character. Returns how many there are.
static size_t decompose(uint32_t code, uint32_t *out)
{
    if (code >= SYLLABLES && code < SYLLABLES + SYLLABLE_COUNT) {
        uint32_t index = code - SYLLABLES, tail = index % TAIL_COUNT;
        out[0] = LEADS + index / (VOWEL_COUNT * TAIL_COUNT);
        out[1] = VOWELS + index / TAIL_COUNT % VOWEL_COUNT;
        out[2] = TAILS + tail;
        return tail == 0 ? 2 : 3;
    }
    const hl_canonical_pair *pair = code < 0x80 ? NULL : pair_of(code);
    if (pair == NULL) {
        out[0] = code;
        return 1;
    }
    size_t count = decompose(pair->first, out);
    if (pair->second != 0) out[count++] = pair->second;
    return count;
}

/// Puts marks that follow each other in the order of their classes; those of one class keep theirs.
static void order_marks(uint32_t *codes, size_t length)
{
    for (size_t i = 1; i < length; i++) {
        uint32_t code = codes[i];
        uint8_t class = combining_class(code);
        size_t place = i;
        while (class != 0 && place > 0 && combining_class(codes[place - 1]) > class) {
            codes[place] = codes[place - 1];
            place--;
        }
        codes[place] = code;
    }
}

/// The character that two compose; 0 for none.
static uint32_t composed(uint32_t first, uint32_t second)
{
    if (first >= LEADS && first < LEADS + LEAD_COUNT && second >= VOWELS && second < VOWELS + VOWEL_COUNT) {
        return SYLLABLES + ((first - LEADS) * VOWEL_COUNT + second - VOWELS) * TAIL_COUNT;
    }
    if (first >= SYLLABLES && first < SYLLABLES + SYLLABLE_COUNT && (first - SYLLABLES) % TAIL_COUNT == 0 && second > TAILS
        && second < TAILS + TAIL_COUNT) {
        return first + second - TAILS;
    }
    size_t low = 0, high = hl_composition_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const hl_canonical_pair *pair = &hl_canonical_pairs[hl_compositions[middle]];
        if (pair->first < first || (pair->first == first && pair->second < second)) low = middle + 1;
        else high = middle;
    }
    if (low == hl_composition_count) return 0;
    const hl_canonical_pair *pair = &hl_canonical_pairs[hl_compositions[low]];
    return pair->first == first && pair->second == second ? pair->code : 0;
}

/// Composes decomposed characters in place. Returns how many are left.
static size_t recompose(uint32_t *codes, size_t length)
{
    size_t kept = 0, base = 0;
    bool has_base = false;
    for (size_t i = 0; i < length; i++) {
        uint32_t code = codes[i];
        uint8_t class = combining_class(code);
        // A mark behind another of its class or a higher one does not reach the base, nor does a letter behind any mark.
        bool is_reached = has_base && (kept == base + 1 || (class != 0 && combining_class(codes[kept - 1]) < class));
        uint32_t whole = is_reached ? composed(codes[base], code) : 0;
        if (whole != 0) {
            codes[base] = whole;
            continue;
        }
        if (class == 0) {
            base = kept;
            has_base = true;
        }
        codes[kept++] = code;
    }
    return kept;
}

size_t hl_compose(uint32_t *codes, size_t length)
{
    // From the end of the room, so that the parts do not run over what is still to be read.
    uint32_t *source = codes + length * (HL_DECOMPOSITION_LIMIT - 1);
    memmove(source, codes, length * sizeof *codes);
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        uint32_t parts[HL_DECOMPOSITION_LIMIT];
        size_t size = decompose(source[i], parts);
        memcpy(codes + count, parts, size * sizeof *parts);
        count += size;
    }
    order_marks(codes, count);
    return recompose(codes, count);
}
