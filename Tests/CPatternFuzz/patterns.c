// Random patterns, mostly well formed, each with a text that it is likely to match.

#include <string.h>

#include "maker.h"

static void append(maker *m, const char *bytes, size_t length)
{
    fuzz_case *made = m->made;
    if (made->pattern_length + length > MOST_PATTERN_BYTES - 8) return;
    memcpy(made->pattern + made->pattern_length, bytes, length);
    made->pattern_length += length;
}

static void append_text(maker *m, const char *text)
{
    append(m, text, strlen(text));
}

static void witness(maker *m, const char *bytes, size_t length)
{
    if (m->witness_length + length > sizeof m->witness) return;
    memcpy(m->witness + m->witness_length, bytes, length);
    m->witness_length += length;
}

static void witness_text(maker *m, const char *text)
{
    witness(m, text, strlen(text));
}

/// An element, and bytes each of which it matches.
typedef struct {
    const char *text;
    const char *bytes;
} element;

static void append_zero(maker *m)
{
    note(m, PATTERN_HAS_PATTERN_ZERO);
    append(m, "", 1);
}

static char append_element(maker *m, const element *element)
{
    append_text(m, element->text);
    // If no bytes are listed, the zero at the end matches.
    size_t count = strlen(element->bytes);
    return count == 0 ? 0 : element->bytes[below(m, (int)count)];
}

static char append_set(maker *m)
{
    static const element sets[] = {
        {"[ab]", "ab"}, {"[^a]", "b1"}, {"[a-c]", "abc"}, {"[%a_]", "ax_"}, {"[]a]", "]a"}, {"[^]]", "ab"}, {"[a-]", "a-"}, {"[%]a]", "]a"},
        {"[a-%%]", "a-%"}, {"[%W]", " ("}, {"[^%s]", "ab"}, {"[%d%.]", "1."}, {"[%-x]", "-x"}, {"[^ab]", "c "}, {"[a^]", "a^"},
        {"[c-a]", "b"}, {"[ -~]", "ab"}, {"[%z]", ""}, {"[\x80-\xff]", "\x80\xff"}, {"[()]", "()"}, {"[%a-z]", "a-z"}, {"[a-c-e]", "b-e"},
    };
    note(m, PATTERN_HAS_SET);
    if (!one_in(m, 12)) return append_element(m, &PICK(m, sets));
    append_text(m, "[a");
    append_zero(m);
    append_text(m, "]");
    return one_in(m, 2) ? 'a' : 0;
}

/// Appends an element that matches a single byte. Returns such a byte.
static char append_single(maker *m)
{
    static const element plain[] = {
        {"a", "a"}, {"b", "b"}, {"a", "a"}, {"b", "b"}, {"c", "c"}, {"x", "x"}, {"1", "1"}, {" ", " "}, {".", "ab"}, {".", "ab1"},
        {"_", "_"}, {"-", "-"}, {"]", "]"}, {"%.", "."}, {"%%", "%"}, {"%(", "("}, {"%)", ")"}, {"\xc3", "\xc3"},
    };
    static const element classes[] = {
        {"%a", "ab"}, {"%d", "1"}, {"%s", " \t\n"}, {"%w", "a1"}, {"%W", " ."}, {"%A", "1 "}, {"%x", "a1"}, {"%U", "ab"}, {"%u", "AZ"},
        {"%l", "ab"}, {"%p", ".-_"}, {"%c", "\x01\x7f"}, {"%g", "a.~"}, {"%D", "ab"}, {"%S", "ab"}, {"%P", "ab"}, {"%z", ""}, {"%Z", "ab"},
        {"%y", "y"}, {"%Q", "Q"},
    };
    int kind = below(m, 20);
    if (kind < 11) return append_element(m, &PICK(m, plain));
    if (kind < 15) return append_element(m, &PICK(m, classes));
    if (kind < 19) return append_set(m);
    append_zero(m);
    return 0;
}

/// Appends a suffix or none. Returns how often the witness repeats the element before it.
static int append_suffix(maker *m)
{
    static const char *const suffixes[] = {"", "", "", "", "*", "+", "-", "?"};
    const char *suffix = PICK(m, suffixes);
    bool is_unbounded = *suffix != 0 && *suffix != '?';
    if (*suffix == 0 || (is_unbounded && m->repeats >= 4)) return 1;
    m->repeats += is_unbounded;
    if (*suffix == '-') note(m, PATTERN_HAS_LAZY);
    append_text(m, suffix);
    return *suffix == '?' ? below(m, 2) : (*suffix == '+') + below(m, 4);
}

static void append_repeatable(maker *m)
{
    char byte = append_single(m);
    for (int left = append_suffix(m); left > 0; left--) witness(m, &byte, 1);
}

static void open_capture(maker *m)
{
    append_text(m, "(");
    m->starts[m->opened] = m->ends[m->opened] = m->witness_length;
    m->open_captures[m->open++] = m->opened++;
}

static void close_capture(maker *m)
{
    append_text(m, ")");
    m->ends[m->open_captures[--m->open]] = m->witness_length;
    m->closed++;
}

static void append_capture_mark(maker *m)
{
    int kind = below(m, 8);
    if (kind == 0) {
        note(m, PATTERN_HAS_POSITION);
        open_capture(m);
        close_capture(m);
    } else if (m->open > 0 && kind < 5) {
        close_capture(m);
    } else {
        note(m, PATTERN_HAS_CAPTURE);
        open_capture(m);
        if (one_in(m, 2)) append_repeatable(m);
    }
}

static void append_reference(maker *m)
{
    char reference[] = {'%', '1', 0};
    int number = 0;
    if (m->closed > 0) number = below(m, m->opened < 9 ? m->opened : 9);
    else if (!one_in(m, 8)) return append_repeatable(m);
    reference[1] = (char)('1' + number);
    note(m, PATTERN_HAS_REFERENCE);
    append_text(m, reference);
    if (m->opened > number) witness(m, m->witness + m->starts[number], m->ends[number] - m->starts[number]);
}

static void append_balance(maker *m)
{
    static const element balances[] = {
        {"%b()", "(a(b)c)"}, {"%b()", "()"}, {"%b()", "(()())"}, {"%bab", "ab"}, {"%bab", "aabb"}, {"%bba", "b1a"}, {"%baa", "aba"},
        {"%b[]", "[[]]"}, {"%b1x", "11xx"},
    };
    note(m, PATTERN_HAS_BALANCE);
    if (one_in(m, 16)) {
        append_text(m, "%ba");
        append_zero(m);
        witness(m, "aa\0b", 5);
    } else {
        const element *balance = &PICK(m, balances);
        append_text(m, balance->text);
        witness_text(m, balance->bytes);
    }
}

/// Whether a frontier matches depends on its neighbors, so most examples include them.
static void append_frontier(maker *m)
{
    static const element frontiers[] = {
        {"b%f[a]", "ba"}, {"%f[^a]", "b"}, {" %f[%w]", " a"}, {"a%f[%W]", "a "}, {"%w%f[%W]", "a"}, {"%f[%z]", ""}, {"%f[ab]", "a"},
        {".-%f[%w]", " a"}, {"%f[]]", "]"}, {"%f[^%z]", "a"}, {"%w%f[%s]", "a "}, {"%f[%a]%a+%f[%A]", "ab"},
    };
    note(m, PATTERN_HAS_FRONTIER);
    const element *frontier = &PICK(m, frontiers);
    if (strpbrk(frontier->text, "-+") != NULL) m->repeats++;
    append_text(m, frontier->text);
    witness_text(m, frontier->bytes);
}

static void append_malformed(maker *m)
{
    static const char *const ends[] = {
        "[", "[^", "[%", "[a", "[a-", "[]", "[^]", "%f", "%fa", "%b", "%ba", "%0", ")", "(", "%1", "%9", "()%1",
    };
    append_text(m, PICK(m, ends));
}

void make_pattern(maker *m)
{
    if (one_in(m, 6)) {
        note(m, PATTERN_HAS_ANCHOR);
        append_text(m, "^");
    }
    for (int left = below(m, 7) + !one_in(m, 40); left > 0; left--) {
        int kind = below(m, 100);
        if (kind < 58) append_repeatable(m);
        else if (kind < 80) append_capture_mark(m);
        else if (kind < 89) append_reference(m);
        else if (kind < 93) append_balance(m);
        else if (kind < 97 && m->repeats < 4) append_frontier(m);
        else if (kind < 98) append_text(m, "$");
        else if (kind < 99) append_text(m, "^");
        else append_malformed(m);
        // After an element that cannot repeat, a suffix is an ordinary byte.
        if (kind >= 58 && one_in(m, 8)) append_suffix(m);
    }
    while (m->open > 0 && !one_in(m, 24)) close_capture(m);
    if (one_in(m, 4)) append_reference(m);
    if (one_in(m, 50)) append_text(m, "%");
    if (one_in(m, 300)) {
        for (int i = 0; i < 34; i++) append_text(m, "()");
    }
    if (one_in(m, 7)) {
        note(m, PATTERN_HAS_END);
        append_text(m, "$");
    }
}
