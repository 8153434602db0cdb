// The pattern functions of CLuaHost against those of the system's Lua, on random patterns and subjects.

#pragma once

#include <stdint.h>

/// Deliberate flaws of the reference: a fuzz that does not notice them proves nothing.
enum {
    PATTERN_FLAW_NONE = 0,
    /// `x-` takes as many as it can.
    PATTERN_FLAW_GREEDY,
    /// Back-references match any byte, or none.
    PATTERN_FLAW_REFERENCE,
    /// `%bxy` matches any four bytes.
    PATTERN_FLAW_BALANCE,
    /// `%f[set]` takes a byte of the set.
    PATTERN_FLAW_FRONTIER,
    /// A leading `^` is missing.
    PATTERN_FLAW_ANCHOR,
    /// Position captures take two bytes.
    PATTERN_FLAW_POSITION,
    /// The pattern ends at its first zero.
    PATTERN_FLAW_PATTERN_ZERO,
    /// The subject ends at its first zero.
    PATTERN_FLAW_SUBJECT_ZERO,
    /// `init` is off by one.
    PATTERN_FLAW_INIT,
    /// The number of replacements is off by one.
    PATTERN_FLAW_COUNT,
    /// Errors have different texts.
    PATTERN_FLAW_WORDS,
    PATTERN_FLAWS,
};

enum { PATTERN_FIND, PATTERN_MATCH, PATTERN_GMATCH, PATTERN_GSUB, PATTERN_FUNCTIONS };

/// The features of a case.
enum {
    PATTERN_HAS_REFERENCE,
    PATTERN_HAS_BALANCE,
    PATTERN_HAS_FRONTIER,
    PATTERN_HAS_ANCHOR,
    PATTERN_HAS_END,
    PATTERN_HAS_CAPTURE,
    PATTERN_HAS_POSITION,
    PATTERN_HAS_SET,
    PATTERN_HAS_LAZY,
    PATTERN_HAS_PATTERN_ZERO,
    PATTERN_HAS_SUBJECT_ZERO,
    PATTERN_HAS_INIT,
    PATTERN_HAS_COUNT,
    PATTERN_HAS_TEXT_REPLACEMENT,
    PATTERN_HAS_TABLE_REPLACEMENT,
    PATTERN_HAS_FUNCTION_REPLACEMENT,
    PATTERN_HAS_LONG_SUBJECT,
    PATTERN_FEATURES,
};

/// Cases `first` to `first + cases - 1` of a seed; every case depends only on the seed and its own number.
typedef struct {
    uint64_t seed;
    uint64_t first;
    uint64_t cases;
    /// After how many steps our matcher begins to remember failures; 0 for the default.
    uint32_t memo_after_steps;
    /// One of PATTERN_FLAW_….
    int32_t flaw;
} pattern_fuzz_plan;

typedef struct {
    uint64_t cases;
    uint64_t mismatches;
    /// Cases in which the reference raised an error.
    uint64_t errors;
    uint64_t functions[PATTERN_FUNCTIONS];
    /// Cases in which the reference found at least one match.
    uint64_t matched[PATTERN_FUNCTIONS];
    uint64_t features[PATTERN_FEATURES];
    uint64_t features_matched[PATTERN_FEATURES];
    /// The first mismatch: its number, and a NUL-terminated text with seed, call, pattern, subject and both outcomes.
    uint64_t first_mismatch;
    char description[4096];
} pattern_fuzz_report;

/// Runs the cases on a machine of its own, so that several threads may call it. Returns 0, or -1 when the machine failed; then the
/// description says why.
int32_t pattern_fuzz(const pattern_fuzz_plan *plan, pattern_fuzz_report *report);
