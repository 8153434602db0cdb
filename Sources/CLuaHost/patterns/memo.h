// The steps that a matcher takes, and what it remembers about positions from which a node has failed.
//
// In a header, so that match.c can inline it: it runs at every step.

#pragma once

#include <string.h>

#include "pattern.h"

enum { HL_STEPS_BETWEEN_CHARGES = 4096, HL_LARGEST_MEMO = 8 << 20 };

static inline void count_steps(hl_matcher *m, size_t steps)
{
    m->uncharged += (uint32_t)(steps < UINT32_MAX / 2 ? steps : UINT32_MAX / 2);
    if (m->uncharged < HL_STEPS_BETWEEN_CHARGES) return;
    m->steps_until_memo -= m->uncharged < m->steps_until_memo ? m->uncharged : m->steps_until_memo;
    if (m->steps_until_memo == 0 && m->memo == NULL && !m->pattern->has_references) m->wants_memo = true;
    hl_matcher_charge(m);
}

static inline size_t bit(const hl_matcher *m, uint32_t node, const uint8_t *s)
{
    return node * (size_t)(m->end - m->subject + 1) + (size_t)(s - m->subject);
}

static inline bool has_failed(const hl_matcher *m, uint32_t node, const uint8_t *s)
{
    if (m->memo == NULL) return false;
    size_t position = bit(m, node, s);
    return (m->memo[position >> 3] >> (position & 7)) & 1;
}

/// Remembers that a node fails at every position from `first` to `last`.
static inline void remember_failure(hl_matcher *m, uint32_t node, const uint8_t *first, const uint8_t *last)
{
    if (m->memo == NULL) return;
    for (const uint8_t *s = first; s <= last; s++) {
        size_t position = bit(m, node, s);
        m->memo[position >> 3] |= (uint8_t)(1u << (position & 7));
    }
}

static inline void start_memo(hl_matcher *m)
{
    size_t bytes = (m->pattern->count * (size_t)(m->end - m->subject + 1) + 7) / 8;
    m->wants_memo = false;
    m->steps_until_memo = UINT64_MAX;
    if (bytes > HL_LARGEST_MEMO) return;
    m->memo = lua_newuserdatauv(m->L, bytes, 0);
    memset(m->memo, 0, bytes);
    lua_replace(m->L, m->memo_slot);
}
