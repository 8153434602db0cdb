// Random cases: a pattern, a subject that it may well match, and the other arguments.

#include "cases.h"

#include <string.h>

#include "maker.h"

/// Short if the pattern repeats a lot; occasionally several hundred bytes if it does not.
static int subject_length(maker *m)
{
    static const int most[] = {48, 44, 40, 32, 20};
    if (m->repeats <= 2 && one_in(m, 64)) {
        note(m, PATTERN_HAS_LONG_SUBJECT);
        return (m->repeats == 2 ? 100 : 300) + below(m, m->repeats == 2 ? 100 : 300);
    }
    return below(m, most[m->repeats < 4 ? m->repeats : 4]);
}

static void make_subject(maker *m)
{
    static const char *const alphabets[] = {
        "ab", "aab", "ab()", "abc ", "aaabbc()x1 .%_]-", "a1 _.-",
        "AbZ\t\n~\x7f\x01", "a\xc3\xa9\x80\xff",
    };
    const char *alphabet = PICK(m, alphabets);
    int letters = (int)strlen(alphabet);
    bool has_zeros = one_in(m, 6) || ((m->made->features >> PATTERN_HAS_PATTERN_ZERO & 1) && !one_in(m, 3));
    int length = subject_length(m);
    fuzz_case *made = m->made;
    // Where the witness goes, if anywhere.
    int location = one_in(m, 3) ? INT32_MAX : below(m, one_in(m, 2) ? 3 : length + 1);
    if (location != INT32_MAX && location > length) location = length;
    for (;;) {
        if ((int)made->subject_length >= location) {
            memcpy(made->subject + made->subject_length, m->witness, m->witness_length);
            made->subject_length += m->witness_length;
            location = INT32_MAX;
            if (one_in(m, 3)) break;
        }
        if ((int)made->subject_length >= length) break;
        // Repeating a piece makes back-references and long runs likelier.
        size_t piece = (size_t)below(m, 6);
        if (one_in(m, 6) && piece > 0 && piece <= made->subject_length && (int)(made->subject_length + piece) <= length) {
            memcpy(made->subject + made->subject_length, made->subject + made->subject_length - piece, piece);
            made->subject_length += piece;
        } else if (has_zeros && one_in(m, 8)) {
            made->subject[made->subject_length++] = 0;
        } else {
            made->subject[made->subject_length++] = alphabet[below(m, letters)];
        }
    }
    if (memchr(made->subject, 0, made->subject_length) != NULL) note(m, PATTERN_HAS_SUBJECT_ZERO);
}

static void make_init(maker *m)
{
    fuzz_case *made = m->made;
    made->has_init = one_in(m, 3);
    if (!made->has_init) return;
    note(m, PATTERN_HAS_INIT);
    static const int64_t extremes[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT32_MAX, INT32_MIN, 0};
    int span = (int)made->subject_length + 4;
    made->init = one_in(m, 40) ? PICK(m, extremes) : below(m, 2 * span) - span;
}

static void make_replacement(maker *m)
{
    static const char *const texts[] = {"<%0%1>", "%1", "%2", "%%", "x", "", "%0%0", "[%1|%2]", "%3%0", "%x", "%", "a%9", "%0"};
    fuzz_case *made = m->made;
    made->replacement = below(m, 8) == 0 ? REPLACE_BY_NUMBER : REPLACE_BY_TEXT;
    if (one_in(m, 2)) made->replacement = one_in(m, 2) ? REPLACE_BY_TABLE : REPLACE_BY_FUNCTION;
    static const int features[] = {
        PATTERN_HAS_TEXT_REPLACEMENT, PATTERN_HAS_TEXT_REPLACEMENT, PATTERN_HAS_TABLE_REPLACEMENT, PATTERN_HAS_FUNCTION_REPLACEMENT,
    };
    note(m, features[made->replacement]);
    const char *text = PICK(m, texts);
    made->text_length = strlen(text);
    memcpy(made->text, text, made->text_length);
    if (one_in(m, 16)) made->text[made->text_length++] = 0;
    made->has_count = one_in(m, 3);
    if (!made->has_count) return;
    note(m, PATTERN_HAS_COUNT);
    made->count = below(m, 7) - 1;
}

void make_case(fuzz_case *made, uint64_t seed, uint64_t number)
{
    maker m = {.state = (seed * 0xD1342543DE82EF95u) ^ (number * 0x2545F4914F6CDD1Du), .made = made};
    made->pattern_length = made->subject_length = made->text_length = 0;
    made->features = 0;
    made->has_init = made->has_count = made->is_plain = false;
    made->function = below(&m, PATTERN_FUNCTIONS);
    make_pattern(&m);
    make_subject(&m);
    if (made->function == PATTERN_GSUB) make_replacement(&m);
    else make_init(&m);
    if (made->function == PATTERN_FIND) made->is_plain = one_in(&m, 16);
}

/// Replaces every occurrence of some bytes with as many others.
static void substitute(fuzz_case *spoilt, const char *wanted, const char *instead)
{
    size_t length = strlen(wanted);
    for (size_t i = 0; i + length <= spoilt->pattern_length; i++) {
        if (memcmp(spoilt->pattern + i, wanted, length) == 0) memcpy(spoilt->pattern + i, instead, length);
    }
}

static size_t length_to_zero(const char *bytes, size_t length)
{
    const char *zero = memchr(bytes, 0, length);
    return zero == NULL ? length : (size_t)(zero - bytes);
}

void spoil_case(fuzz_case *spoilt, int flaw)
{
    switch (flaw) {
    case PATTERN_FLAW_GREEDY: substitute(spoilt, "-", "*"); return;
    case PATTERN_FLAW_REFERENCE: substitute(spoilt, "%1", ".?"); return;
    case PATTERN_FLAW_BALANCE: substitute(spoilt, "%b()", "...."); return;
    case PATTERN_FLAW_FRONTIER: substitute(spoilt, "%f[", ".?["); return;
    case PATTERN_FLAW_ANCHOR:
        if (spoilt->pattern_length == 0 || spoilt->pattern[0] != '^') return;
        memmove(spoilt->pattern, spoilt->pattern + 1, --spoilt->pattern_length);
        return;
    case PATTERN_FLAW_POSITION: substitute(spoilt, "()", ".."); return;
    case PATTERN_FLAW_PATTERN_ZERO: spoilt->pattern_length = length_to_zero(spoilt->pattern, spoilt->pattern_length); return;
    case PATTERN_FLAW_SUBJECT_ZERO: spoilt->subject_length = length_to_zero(spoilt->subject, spoilt->subject_length); return;
    case PATTERN_FLAW_INIT: spoilt->init += spoilt->has_init && spoilt->init < INT32_MAX; return;
    case PATTERN_FLAW_COUNT: spoilt->count += spoilt->has_count; return;
    }
}
