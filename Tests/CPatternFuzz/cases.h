// One case of the fuzz: a call of one of the four functions.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "include/CPatternFuzz.h"

enum { MOST_PATTERN_BYTES = 160, MOST_SUBJECT_BYTES = 640 };

enum { REPLACE_BY_TEXT, REPLACE_BY_NUMBER, REPLACE_BY_TABLE, REPLACE_BY_FUNCTION };

typedef struct {
    int function;
    char pattern[MOST_PATTERN_BYTES];
    size_t pattern_length;
    char subject[MOST_SUBJECT_BYTES];
    size_t subject_length;
    bool has_init;
    int64_t init;
    /// The fourth argument of find.
    bool is_plain;
    bool has_count;
    int64_t count;
    int replacement;
    char text[32];
    size_t text_length;
    /// One bit for each PATTERN_HAS_….
    uint32_t features;
} fuzz_case;

void make_case(fuzz_case *made, uint64_t seed, uint64_t number);
/// Turns the case into what a reference with this flaw would make of it.
void spoil_case(fuzz_case *spoilt, int flaw);
