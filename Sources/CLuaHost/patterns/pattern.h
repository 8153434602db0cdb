// Lua patterns (reference manual, section 6.4.1), compiled, and a matcher that remembers what failed and counts its steps.

#pragma once

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "byte_set.h"

enum {
    HL_MAX_CAPTURES = 32,
    HL_MAX_PATTERN_NODES = 1000,
};

/// What an element of a pattern asks of the subject.
enum {
    HL_NODE_SET,        // One byte of a set, perhaps repeated.
    HL_NODE_OPEN,       // `(`
    HL_NODE_POSITION,   // `()`
    HL_NODE_CLOSE,      // `)`
    HL_NODE_REFERENCE,  // `%1`
    HL_NODE_BALANCE,    // `%b()`
    HL_NODE_FRONTIER,   // `%f[set]`
    HL_NODE_END,        // `$`
    HL_NODE_MATCH,      // The end of the pattern.
    HL_NODE_MALFORMED,  // An error, but only for a subject that gets this far, as in Lua.
};

typedef struct {
    uint8_t kind;
    /// 0, or one of `*`, `-` and `?`; `x+` is compiled as `xx*`.
    uint8_t repeat;
    /// The pair of a balance; the number of a reference, from 0; the number of a malformation.
    uint8_t first;
    uint8_t second;
    hl_byte_set set;
} hl_node;

typedef struct {
    uint32_t count;
    bool anchored;
    bool has_references;
    hl_node nodes[];
} hl_pattern;

/// The state of a capture: a length, or one of these.
enum { HL_CAPTURE_OPEN = -1, HL_CAPTURE_POSITION = -2 };

typedef struct {
    const uint8_t *start;
    ptrdiff_t length;
} hl_capture;

typedef struct {
    lua_State *L;
    const hl_pattern *pattern;
    const uint8_t *subject;
    const uint8_t *end;
    uint64_t steps_until_memo;
    uint32_t uncharged;
    /// One bit per repeated node and position, set when matching from there has failed. NULL until a search has taken many steps.
    uint8_t *memo;
    int memo_slot;
    bool wants_memo;
    int level;
    hl_capture captures[HL_MAX_CAPTURES];
} hl_matcher;

/// Compiles a pattern and pushes it; `anchors` tells whether a leading `^` is an anchor.
const hl_pattern *hl_compile_pattern(lua_State *L, const char *text, size_t length, bool anchors);
/// Pushes the compiled pattern for the text at `index`, from the cache where possible.
const hl_pattern *hl_push_pattern(lua_State *L, int index, bool anchors);
_Noreturn void hl_raise_malformed(lua_State *L, const hl_node *node);

/// Starts matching on the string at `subject`. Leaves one value on the stack, which must stay there as long as the matcher is used.
void hl_matcher_begin(hl_matcher *matcher, lua_State *L, const hl_pattern *pattern, int subject);
/// The end of the match that begins at `start`; NULL for none.
const uint8_t *hl_match_at(hl_matcher *matcher, const uint8_t *start);
/// The first match that begins at `from` or later; at `from` only when the pattern is anchored.
const uint8_t *hl_search(hl_matcher *matcher, const uint8_t *from, const uint8_t **start);
/// Charges the steps that have not been charged yet.
void hl_matcher_charge(hl_matcher *matcher);

/// Pushes a capture; number 0 of a match without captures is the match itself.
void hl_push_capture(hl_matcher *matcher, int number, const uint8_t *start, const uint8_t *end);
/// Pushes all captures; without any, the match itself unless `start` is NULL. Returns how many.
int hl_push_captures(hl_matcher *matcher, const uint8_t *start, const uint8_t *end);

int hl_gsub(lua_State *L);
