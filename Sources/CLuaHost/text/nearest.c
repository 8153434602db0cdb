#include "nearest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/// Edits between two words (insert, delete, replace, swap neighbors), ignoring case.
static int distance(const char *left, size_t left_length, const char *right, size_t right_length)
{
    int rows[3][HL_NAME_BYTES + 1];
    int *before = rows[0], *previous = rows[1], *current = rows[2];
    for (size_t j = 0; j <= right_length; j++) previous[j] = (int)j;
    for (size_t i = 1; i <= left_length; i++) {
        current[0] = (int)i;
        int a = tolower((unsigned char)left[i - 1]);
        for (size_t j = 1; j <= right_length; j++) {
            int b = tolower((unsigned char)right[j - 1]);
            int edits = smaller(previous[j - 1] + (a != b), smaller(previous[j], current[j - 1]) + 1);
            bool swapped = i > 1 && j > 1 && a == tolower((unsigned char)right[j - 2]) && tolower((unsigned char)left[i - 2]) == b;
            current[j] = swapped ? smaller(edits, before[j - 2] + 1) : edits;
        }
        int *oldest = before;
        before = previous;
        previous = current;
        current = oldest;
    }
    return previous[right_length];
}

/// Whether a name begins with a word of three letters or more, ignoring case: `length` with `len`.
static bool begins_with(const char *name, size_t name_length, const char *word, size_t length)
{
    if (length < 3 || length >= name_length) return false;
    for (size_t i = 0; i < length; i++) {
        if (tolower((unsigned char)name[i]) != tolower((unsigned char)word[i])) return false;
    }
    return true;
}

void hl_nearest_begin(hl_nearest *nearest, const char *name, size_t length)
{
    nearest->name = name;
    nearest->length = length;
    nearest->best[0] = 0;
    nearest->beginning = 0;
    // Up to a third of the letters may differ; one always may.
    nearest->edits = length < 6 ? 1 : (int)(length / 3);
}

void hl_nearest_consider(hl_nearest *nearest, const char *candidate, size_t length)
{
    if (nearest->length == 0 || nearest->length > HL_NAME_BYTES || length == 0 || length > HL_NAME_BYTES) return;
    int edits = distance(nearest->name, nearest->length, candidate, length);
    bool is_only_beginning = nearest->best[0] == 0 || nearest->beginning != 0;
    if (edits > nearest->edits || (!is_only_beginning && edits == nearest->edits)) {
        if (!is_only_beginning || length <= nearest->beginning || !begins_with(nearest->name, nearest->length, candidate, length)) return;
        nearest->beginning = length;
    } else {
        nearest->edits = edits;
        nearest->beginning = 0;
    }
    memcpy(nearest->best, candidate, length);
    nearest->best[length] = 0;
}
