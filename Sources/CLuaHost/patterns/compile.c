// From the text of a pattern to its nodes.

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "pattern.h"

enum { BAD_ESCAPE, BAD_SET, BAD_FRONTIER, BAD_BALANCE, BAD_REFERENCE_ZERO };

static const char *const malformations[] = {
    [BAD_ESCAPE] = "malformed pattern (ends with '%')",
    [BAD_SET] = "malformed pattern (missing ']')",
    [BAD_FRONTIER] = "missing '[' after '%f' in pattern",
    [BAD_BALANCE] = "malformed pattern (missing arguments to '%b')",
    [BAD_REFERENCE_ZERO] = "invalid capture index %0",
};

_Noreturn void hl_raise_malformed(lua_State *L, const hl_node *node)
{
    luaL_error(L, "%s", malformations[node->first]);
    abort();
}

typedef struct {
    lua_State *L;
    const uint8_t *next;
    const uint8_t *end;
    hl_pattern *pattern;
} compiler;

static hl_node *add_node(compiler *c, uint8_t kind)
{
    if (c->pattern->count >= HL_MAX_PATTERN_NODES) luaL_error(c->L, "pattern too complex");
    hl_node *node = &c->pattern->nodes[c->pattern->count++];
    memset(node, 0, sizeof *node);
    node->kind = kind;
    return node;
}

/// Ends the pattern here: no subject gets past a malformed element.
static void add_malformed(compiler *c, hl_node *node, uint8_t malformation)
{
    node->kind = HL_NODE_MALFORMED;
    node->first = malformation;
    c->next = c->end;
}

/// Compiles what matches one byte. Returns false when it is malformed.
static bool compile_set(compiler *c, hl_node *node)
{
    switch (*c->next) {
    case '.':
        memset(&node->set, 0xFF, sizeof node->set);
        c->next++;
        return true;
    case '%':
        if (c->next + 1 >= c->end) {
            add_malformed(c, node, BAD_ESCAPE);
            return false;
        }
        hl_set_add_escaped(&node->set, c->next[1]);
        c->next += 2;
        return true;
    case '[': {
        const uint8_t *close = hl_set_end(c->next, c->end);
        if (close == NULL) {
            add_malformed(c, node, BAD_SET);
            return false;
        }
        hl_set_add_range(&node->set, c->next, close);
        c->next = close + 1;
        return true;
    }
    default: hl_set_add_byte(&node->set, *c->next++); return true;
    }
}

static void compile_repeatable(compiler *c)
{
    hl_node *node = add_node(c, HL_NODE_SET);
    if (!compile_set(c, node) || c->next >= c->end) return;
    uint8_t suffix = *c->next;
    if (suffix != '*' && suffix != '+' && suffix != '-' && suffix != '?') return;
    c->next++;
    if (suffix == '+') {
        hl_node *rest = add_node(c, HL_NODE_SET);
        *rest = *node;
        rest->repeat = '*';
    } else {
        node->repeat = suffix;
    }
}

static void compile_balance(compiler *c)
{
    hl_node *node = add_node(c, HL_NODE_BALANCE);
    if (c->end - c->next < 4) {
        add_malformed(c, node, BAD_BALANCE);
        return;
    }
    node->first = c->next[2];
    node->second = c->next[3];
    c->next += 4;
}

static void compile_frontier(compiler *c)
{
    hl_node *node = add_node(c, HL_NODE_FRONTIER);
    c->next += 2;
    if (c->next >= c->end || *c->next != '[') add_malformed(c, node, BAD_FRONTIER);
    else compile_set(c, node);
}

static void compile_reference(compiler *c)
{
    hl_node *node = add_node(c, HL_NODE_REFERENCE);
    if (c->next[1] == '0') {
        add_malformed(c, node, BAD_REFERENCE_ZERO);
        return;
    }
    node->first = (uint8_t)(c->next[1] - '1');
    c->pattern->has_references = true;
    c->next += 2;
}

static void compile_next(compiler *c)
{
    uint8_t following = c->next + 1 < c->end ? c->next[1] : 0;
    bool is_last = c->next + 1 == c->end;
    switch (*c->next) {
    case '(': {
        bool is_position = !is_last && following == ')';
        add_node(c, is_position ? HL_NODE_POSITION : HL_NODE_OPEN);
        c->next += is_position ? 2 : 1;
        return;
    }
    case ')':
        add_node(c, HL_NODE_CLOSE);
        c->next++;
        return;
    case '$':
        if (!is_last) break;
        add_node(c, HL_NODE_END);
        c->next++;
        return;
    case '%':
        if (is_last) break;
        if (following == 'b') return compile_balance(c);
        if (following == 'f') return compile_frontier(c);
        if (following >= '0' && following <= '9') return compile_reference(c);
        break;
    }
    compile_repeatable(c);
}

const hl_pattern *hl_compile_pattern(lua_State *L, const char *text, size_t length, bool anchors)
{
    // A repetition takes two bytes for two nodes, so nodes never outnumber bytes, apart from the last node.
    size_t most = length + 2 < HL_MAX_PATTERN_NODES ? length + 2 : HL_MAX_PATTERN_NODES;
    hl_pattern *pattern = lua_newuserdatauv(L, sizeof *pattern + most * sizeof(hl_node), 0);
    *pattern = (hl_pattern){0};
    compiler c = {L, (const uint8_t *)text, (const uint8_t *)text + length, pattern};
    if (anchors && length > 0 && *text == '^') {
        pattern->anchored = true;
        c.next++;
    }
    while (c.next < c.end) compile_next(&c);
    add_node(&c, HL_NODE_MATCH);
    return pattern;
}
