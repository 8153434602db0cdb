// From the text of a pattern to its nodes.

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

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_printing(int c)
{
    return c > ' ' && c < 127;
}

/// Whether a byte is in the class of a lowercase letter, as in the C locale; -1 for a letter that names no class.
static int is_in_class(int c, int letter)
{
    switch (letter) {
    case 'a': return is_letter(c);
    case 'c': return c < 32 || c == 127;
    case 'd': return is_digit(c);
    case 'g': return is_printing(c);
    case 'l': return c >= 'a' && c <= 'z';
    case 'p': return is_printing(c) && !is_letter(c) && !is_digit(c);
    case 's': return c == ' ' || (c >= 9 && c <= 13);
    case 'u': return c >= 'A' && c <= 'Z';
    case 'w': return is_letter(c) || is_digit(c);
    case 'x': return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case 'z': return c == 0;
    default: return -1;
    }
}

static void add_byte(hl_node *node, uint8_t byte)
{
    node->set[byte >> 6] |= (uint64_t)1 << (byte & 63);
}

/// Adds what `%` and this byte stand for: a class, its complement, or the byte itself.
static void add_escaped(hl_node *node, uint8_t mark)
{
    bool complement = mark >= 'A' && mark <= 'Z';
    int letter = complement ? mark + 32 : mark;
    if (is_in_class(0, letter) < 0) {
        add_byte(node, mark);
        return;
    }
    for (int c = 0; c < 256; c++) {
        if (is_in_class(c, letter) != (int)complement) add_byte(node, (uint8_t)c);
    }
}

/// Where the set that begins at `[` ends: at its `]`; NULL when there is none.
static const uint8_t *end_of_set(const compiler *c, const uint8_t *next)
{
    next++;
    if (next < c->end && *next == '^') next++;
    // What comes first belongs to the set, be it `]`.
    do {
        if (next >= c->end) return NULL;
        if (*next++ == '%' && next < c->end) next++;
    } while (next >= c->end || *next != ']');
    return next;
}

static void compile_set(hl_node *node, const uint8_t *next, const uint8_t *close)
{
    bool complement = *++next == '^';
    if (complement) next++;
    while (next < close) {
        if (*next == '%') {
            add_escaped(node, next[1]);
            next += 2;
        } else if (next[1] == '-' && next + 2 < close) {
            for (int c = next[0]; c <= next[2]; c++) add_byte(node, (uint8_t)c);
            next += 3;
        } else {
            add_byte(node, *next++);
        }
    }
    for (int i = 0; complement && i < 4; i++) node->set[i] = ~node->set[i];
}

static hl_node *add_node(compiler *c, uint8_t kind)
{
    if (c->pattern->count >= HL_MAX_PATTERN_NODES) luaL_error(c->L, "pattern too complex");
    hl_node *node = &c->pattern->nodes[c->pattern->count++];
    memset(node, 0, sizeof *node);
    node->kind = kind;
    return node;
}

/// What is malformed ends the pattern: no subject gets past it.
static void add_malformed(compiler *c, hl_node *node, uint8_t malformation)
{
    node->kind = HL_NODE_MALFORMED;
    node->first = malformation;
    c->next = c->end;
}

/// Compiles what matches one byte; returns false when it is malformed.
static bool compile_byte_set(compiler *c, hl_node *node)
{
    switch (*c->next) {
    case '.':
        memset(node->set, 0xFF, sizeof node->set);
        c->next++;
        return true;
    case '%':
        if (c->next + 1 >= c->end) {
            add_malformed(c, node, BAD_ESCAPE);
            return false;
        }
        add_escaped(node, c->next[1]);
        c->next += 2;
        return true;
    case '[': {
        const uint8_t *close = end_of_set(c, c->next);
        if (close == NULL) {
            add_malformed(c, node, BAD_SET);
            return false;
        }
        compile_set(node, c->next, close);
        c->next = close + 1;
        return true;
    }
    default: add_byte(node, *c->next++); return true;
    }
}

static void compile_repeatable(compiler *c)
{
    hl_node *node = add_node(c, HL_NODE_SET);
    if (!compile_byte_set(c, node) || c->next >= c->end) return;
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
    else compile_byte_set(c, node);
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
        if (is_digit(following)) return compile_reference(c);
        break;
    }
    compile_repeatable(c);
}

static const hl_pattern *compile(lua_State *L, const char *text, size_t length, bool anchors)
{
    // A repetition takes two bytes for two nodes, so nodes never outnumber bytes, but for the last.
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

enum { MOST_CACHED = 128 };

/// The table of compiled patterns by their text; a full one is thrown away.
static void push_cache(lua_State *L)
{
    hl_vm *vm = hl_vm_of(L);
    if (vm->cached_patterns >= MOST_CACHED) {
        lua_newtable(L);
        hl_keep(L, HL_KEPT_PATTERNS);
        vm->cached_patterns = 0;
    }
    hl_push_kept(L, HL_KEPT_PATTERNS);
}

const hl_pattern *hl_push_pattern(lua_State *L, int index, bool anchors)
{
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    // Only a leading `^` reads differently without anchors.
    if (!anchors && length > 0 && *text == '^') return compile(L, text, length, false);
    push_cache(L);
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        hl_charge(L, 10 + length);
        compile(L, text, length, true);
        lua_pushvalue(L, index);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
        hl_vm_of(L)->cached_patterns++;
    }
    lua_remove(L, -2);
    return lua_touserdata(L, -1);
}
