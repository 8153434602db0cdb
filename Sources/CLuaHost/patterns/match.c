// Matching by backtracking. A search that takes many steps begins to remember where repeated nodes have failed, and then costs at most
// nodes times bytes. Only back-references and `%b` can cost more, and the step limit ends those.

#include <lauxlib.h>
#include <string.h>

#include "memo.h"
#include "pattern.h"
#include "vm/vm.h"

enum { STEPS_PER_INSTRUCTION = 8 };

void hl_matcher_charge(hl_matcher *m)
{
    uint32_t steps = m->uncharged;
    m->uncharged = 0;
    hl_charge_pattern(m->L, steps);
    hl_charge(m->L, steps / STEPS_PER_INSTRUCTION);
}

static const uint8_t *match_from(hl_matcher *m, uint32_t node, const uint8_t *s);

static const uint8_t *match_open(hl_matcher *m, uint32_t node, const uint8_t *s)
{
    if (m->level >= HL_MAX_CAPTURES) luaL_error(m->L, "too many captures");
    bool is_position = m->pattern->nodes[node].kind == HL_NODE_POSITION;
    m->captures[m->level++] = (hl_capture){s, is_position ? HL_CAPTURE_POSITION : HL_CAPTURE_OPEN};
    const uint8_t *end = match_from(m, node + 1, s);
    if (end == NULL) m->level--;
    return end;
}

static const uint8_t *match_close(hl_matcher *m, uint32_t node, const uint8_t *s)
{
    int level = m->level - 1;
    while (level >= 0 && m->captures[level].length != HL_CAPTURE_OPEN) level--;
    if (level < 0) luaL_error(m->L, "invalid pattern capture");
    m->captures[level].length = s - m->captures[level].start;
    const uint8_t *end = match_from(m, node + 1, s);
    if (end == NULL) m->captures[level].length = HL_CAPTURE_OPEN;
    return end;
}

/// Where the text of an earlier capture, found again at `s`, ends; NULL when it is not there.
static const uint8_t *after_reference(hl_matcher *m, const hl_node *node, const uint8_t *s)
{
    int number = node->first;
    if (number >= m->level || m->captures[number].length == HL_CAPTURE_OPEN) {
        luaL_error(m->L, "invalid capture index %%%d", number + 1);
    }
    // The length of a position capture is negative, and thus, as a size, longer than any subject.
    size_t length = (size_t)m->captures[number].length;
    if ((size_t)(m->end - s) < length) return NULL;
    count_steps(m, length / 16);
    return memcmp(m->captures[number].start, s, length) == 0 ? s + length : NULL;
}

/// Where the balanced text that begins at `s` ends; NULL when there is none.
static const uint8_t *after_balance(hl_matcher *m, const hl_node *node, const uint8_t *s)
{
    if (s >= m->end || *s != node->first) return NULL;
    size_t depth = 1;
    const uint8_t *next = s + 1;
    for (; next < m->end; next++) {
        if (*next == node->second) {
            if (--depth == 0) break;
        } else if (*next == node->first) {
            depth++;
        }
    }
    count_steps(m, (size_t)(next - s) / 4);
    return next < m->end ? next + 1 : NULL;
}

static bool is_frontier(const hl_matcher *m, const hl_node *node, const uint8_t *s)
{
    uint8_t before = s == m->subject ? 0 : s[-1];
    uint8_t here = s < m->end ? *s : 0;
    return !hl_in_set(&node->set, before) && hl_in_set(&node->set, here);
}

/// `x*`: as many as there are, then fewer.
static const uint8_t *match_longest(hl_matcher *m, uint32_t index, const uint8_t *s)
{
    const hl_node *node = &m->pattern->nodes[index];
    const uint8_t *last = s;
    // What failed at a later position of the run fails from here, too.
    while (last < m->end && hl_in_set(&node->set, *last) && !has_failed(m, index, last + 1)) last++;
    count_steps(m, (size_t)(last - s) / 8);
    for (const uint8_t *next = last; next >= s; next--) {
        const uint8_t *end = match_from(m, index + 1, next);
        if (end != NULL || m->wants_memo) return end;
    }
    remember_failure(m, index, s, last);
    return NULL;
}

/// `x-`: none, then more.
static const uint8_t *match_shortest(hl_matcher *m, uint32_t index, const uint8_t *s)
{
    const hl_node *node = &m->pattern->nodes[index];
    const uint8_t *next = s;
    for (;; next++) {
        const uint8_t *end = match_from(m, index + 1, next);
        if (end != NULL || m->wants_memo) return end;
        if (next >= m->end || !hl_in_set(&node->set, *next) || has_failed(m, index, next + 1)) break;
    }
    remember_failure(m, index, s, next);
    return NULL;
}

/// `x?`: one, then none.
static const uint8_t *match_optional(hl_matcher *m, uint32_t index, const uint8_t *s)
{
    const uint8_t *end = NULL;
    if (s < m->end && hl_in_set(&m->pattern->nodes[index].set, *s)) end = match_from(m, index + 1, s + 1);
    if (end != NULL || m->wants_memo) return end;
    end = match_from(m, index + 1, s);
    if (end == NULL && !m->wants_memo) remember_failure(m, index, s, s);
    return end;
}

static const uint8_t *match_repeated(hl_matcher *m, uint32_t index, const uint8_t *s)
{
    if (has_failed(m, index, s)) return NULL;
    switch (m->pattern->nodes[index].repeat) {
    case '*': return match_longest(m, index, s);
    case '-': return match_shortest(m, index, s);
    default: return match_optional(m, index, s);
    }
}

/// Where a match of the nodes from `index` on, beginning at `s`, ends. It calls itself once a node at most, never once a byte.
static const uint8_t *match_from(hl_matcher *m, uint32_t index, const uint8_t *s)
{
    for (;; index++) {
        const hl_node *node = &m->pattern->nodes[index];
        count_steps(m, 1);
        if (m->wants_memo) return NULL;
        switch (node->kind) {
        case HL_NODE_SET:
            if (node->repeat != 0) return match_repeated(m, index, s);
            if (s >= m->end || !hl_in_set(&node->set, *s)) return NULL;
            s++;
            break;
        case HL_NODE_OPEN:
        case HL_NODE_POSITION: return match_open(m, index, s);
        case HL_NODE_CLOSE: return match_close(m, index, s);
        case HL_NODE_REFERENCE: s = after_reference(m, node, s); break;
        case HL_NODE_BALANCE: s = after_balance(m, node, s); break;
        case HL_NODE_FRONTIER:
            if (!is_frontier(m, node, s)) return NULL;
            break;
        case HL_NODE_END: return s == m->end ? s : NULL;
        case HL_NODE_MATCH: return s;
        default: hl_raise_malformed(m->L, node);
        }
        if (s == NULL) return NULL;
    }
}

void hl_matcher_begin(hl_matcher *m, lua_State *L, const hl_pattern *pattern, int subject)
{
    size_t length;
    const char *text = lua_tolstring(L, subject, &length);
    m->L = L;
    m->pattern = pattern;
    m->subject = (const uint8_t *)text;
    m->end = m->subject + length;
    m->steps_until_memo = 8 * (uint64_t)length + 8 * HL_STEPS_BETWEEN_CHARGES;
    m->uncharged = 0;
    uint32_t early = hl_vm_of(L)->memo_after_steps;
    if (early != 0) {
        m->steps_until_memo = 0;
        m->uncharged = early < HL_STEPS_BETWEEN_CHARGES ? HL_STEPS_BETWEEN_CHARGES - early : 0;
    }
    m->memo = NULL;
    m->wants_memo = false;
    m->level = 0;
    lua_pushnil(L);
    m->memo_slot = lua_gettop(L);
}

const uint8_t *hl_match_at(hl_matcher *m, const uint8_t *start)
{
    m->level = 0;
    const uint8_t *end = match_from(m, 0, start);
    if (!m->wants_memo) return end;
    start_memo(m);
    m->level = 0;
    return match_from(m, 0, start);
}

const uint8_t *hl_search(hl_matcher *m, const uint8_t *from, const uint8_t **start)
{
    const hl_node *first = &m->pattern->nodes[0];
    bool starts_with_byte = first->kind == HL_NODE_SET && first->repeat == 0;
    for (const uint8_t *s = from;; s++) {
        if (starts_with_byte && !m->pattern->anchored) {
            const uint8_t *skipped = s;
            while (s < m->end && !hl_in_set(&first->set, *s)) s++;
            count_steps(m, (size_t)(s - skipped) / 8);
            if (s >= m->end) return NULL;
        }
        const uint8_t *end = hl_match_at(m, s);
        *start = s;
        if (end != NULL || m->pattern->anchored || s >= m->end) return end;
    }
}
