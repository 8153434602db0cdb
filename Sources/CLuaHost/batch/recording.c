// What recorders (previews, tests, comparisons) see of a mapping: JSON of whatever a script returned. It never fails a row that a run would
// keep, and costs the script nothing. What JSON cannot hold appears as a text in parentheses; keys that are not strings, in brackets.

#include "recording.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "library/items.h"
#include "library/library.h"
#include "recorded_page.h"
#include "text/text.h"
#include "vm/vm.h"

enum {
    /// More entries than this do not fit a page.
    MAX_ENTRIES = 4096,
    /// Lets the host walk over a view or a row of a lookup without the script's budget.
    WALK_INSTRUCTIONS = 1 << 20,
    /// What remains free for the sign that fields are missing.
    RESERVED = 64
};

typedef struct {
    const char *name;
    size_t length;
    lua_Integer position;
} entry;

static void record(lua_State *L, int index, hl_page *out, int depth);

static void record_number(lua_State *L, int index, hl_page *out)
{
    char text[40];
    double number = lua_tonumber(L, index);
    if (lua_isinteger(L, index)) snprintf(text, sizeof text, "%lld", (long long)lua_tointeger(L, index));
    else if (isnan(number)) snprintf(text, sizeof text, "\"(not a number)\"");
    else if (!isfinite(number)) snprintf(text, sizeof text, number < 0 ? "\"(-infinity)\"" : "\"(infinity)\"");
    else hl_number_text(number, text, sizeof text);
    hl_page_add_text(out, text);
}

/// Pushes the name of the key on top, in its place.
static void name_key(lua_State *L)
{
    switch (lua_type(L, -1)) {
    case LUA_TSTRING: return;
    case LUA_TNUMBER:
        if (lua_isinteger(L, -1)) lua_pushfstring(L, "[%I]", (LUAI_UACINT)lua_tointeger(L, -1));
        else lua_pushfstring(L, "[%f]", lua_tonumber(L, -1));
        break;
    case LUA_TBOOLEAN: lua_pushstring(L, lua_toboolean(L, -1) ? "[true]" : "[false]"); break;
    default: lua_pushfstring(L, "[%s]", luaL_typename(L, -1));
    }
    lua_replace(L, -2);
}

static int compare(const void *a, const void *b)
{
    const entry *left = a, *right = b;
    size_t shared = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->name, right->name, shared);
    if (order != 0) return order;
    if (left->length != right->length) return left->length < right->length ? -1 : 1;
    return left->position < right->position ? -1 : 1;
}

/// Counts the entries of a table, up to one more than fit. Says whether its keys are 1 to n.
static lua_Integer count_entries(lua_State *L, int table, bool *is_sequence)
{
    lua_Integer count = 0, last = 0;
    *is_sequence = true;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < 1) *is_sequence = false;
        else if (lua_tointeger(L, -1) > last) last = lua_tointeger(L, -1);
        if (++count > MAX_ENTRIES) {
            lua_pop(L, 1);
            break;
        }
    }
    *is_sequence = *is_sequence && last == count;
    return count;
}

/// Pushes a list of values, one of their names, and the entries in the order of the names.
static entry *push_entries(lua_State *L, int table, lua_Integer count)
{
    lua_createtable(L, (int)count, 0);
    lua_createtable(L, (int)count, 0);
    entry *entries = lua_newuserdatauv(L, (size_t)count * sizeof *entries + 1, 0);
    int values = lua_gettop(L) - 2, names = values + 1;
    lua_Integer number = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_rawseti(L, values, number + 1);
        lua_pushvalue(L, -1);
        name_key(L);
        entries[number].name = lua_tolstring(L, -1, &entries[number].length);
        entries[number].position = number + 1;
        lua_rawseti(L, names, ++number);
    }
    qsort(entries, (size_t)count, sizeof *entries, compare);
    return entries;
}

static void record_list(lua_State *L, int table, lua_Integer count, hl_page *out, int depth)
{
    hl_page_add_text(out, "[");
    for (lua_Integer i = 1; i <= count && !out->is_full; i++) {
        if (i > 1) hl_page_add_text(out, ",");
        lua_rawgeti(L, table, i);
        record(L, lua_gettop(L), out, depth + 1);
        lua_pop(L, 1);
    }
    hl_page_add_text(out, "]");
}

static void record_object(lua_State *L, int table, lua_Integer count, hl_page *out, int depth)
{
    entry *entries = push_entries(L, table, count);
    int values = lua_gettop(L) - 2;
    hl_page_add_text(out, "{");
    for (lua_Integer i = 0; i < count && !out->is_full; i++) {
        if (i > 0) hl_page_add_text(out, ",");
        hl_page_add_string(L, entries[i].name, entries[i].length, out);
        hl_page_add_text(out, ":");
        lua_rawgeti(L, values, entries[i].position);
        record(L, lua_gettop(L), out, depth + 1);
        lua_pop(L, 1);
    }
    hl_page_add_text(out, "}");
    lua_settop(L, values - 1);
}

static void record_table(lua_State *L, int table, bool is_marked, hl_page *out, int depth)
{
    bool is_sequence;
    lua_Integer count = count_entries(L, table, &is_sequence);
    if (count > MAX_ENTRIES) out->is_full = true;
    else if (is_sequence && (count > 0 || is_marked)) record_list(L, table, count, out, depth);
    else record_object(L, table, count, out, depth);
}

static int collect(lua_State *L)
{
    hl_collect_pairs(L, 1);
    return 1;
}

/// Whether the values at `index` are behind a `__pairs` of the host's own.
static bool is_view(lua_State *L, int index)
{
    if (luaL_getmetafield(L, index, "__metatable") == LUA_TNIL) return false;
    lua_pop(L, 1);
    if (luaL_getmetafield(L, index, "__pairs") == LUA_TNIL) return false;
    bool is_ours = lua_iscfunction(L, -1);
    lua_pop(L, 1);
    return is_ours;
}

static bool has_metatable(lua_State *L, int index, int kept)
{
    hl_push_kept(L, kept);
    bool has_it = lua_getmetatable(L, index) && lua_rawequal(L, -1, -2);
    lua_settop(L, index);
    return has_it;
}

/// Records a view or a row of a lookup.
static void record_view(lua_State *L, int index, hl_page *out, int depth)
{
    // A whole lookup may be far too large, and a user already has this mapping, with the user in it.
    bool is_lookup = has_metatable(L, index, HL_KEPT_LOOKUP_METATABLE), is_user = has_metatable(L, index, HL_KEPT_USER_METATABLE);
    if (is_lookup || is_user) {
        hl_page_add_sign(out, is_user ? "a user" : "a lookup");
        return;
    }
    hl_vm *vm = hl_vm_of(L);
    int64_t left = vm->instructions_left;
    vm->instructions_left += WALK_INSTRUCTIONS;
    lua_pushcfunction(L, collect);
    lua_pushvalue(L, index);
    bool is_readable = lua_pcall(L, 1, 1, 0) == LUA_OK;
    vm->instructions_left = left;
    if (is_readable) record_table(L, lua_gettop(L), false, out, depth);
    else hl_page_add_sign(out, "a table");
    lua_settop(L, index);
}

/// Records the value at `index`, which is on top.
static void record(lua_State *L, int index, hl_page *out, int depth)
{
    luaL_checkstack(L, 20, NULL);
    size_t length;
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN: hl_page_add_text(out, lua_toboolean(L, index) ? "true" : "false"); return;
    case LUA_TNUMBER: record_number(L, index, out); return;
    case LUA_TSTRING: {
        const char *text = lua_tolstring(L, index, &length);
        hl_page_add_string(L, text, length, out);
        return;
    }
    case LUA_TTABLE:
    case LUA_TUSERDATA:
        if (hl_is_null(L, index)) hl_page_add_text(out, "null");
        else if (depth > HL_MAX_DEPTH) hl_page_add_sign(out, "nested too deep");
        else if (is_view(L, index)) record_view(L, index, out, depth);
        else if (lua_istable(L, index)) record_table(L, index, hl_is_marked_array(L, index), out, depth);
        else hl_page_add_sign(out, luaL_typename(L, index));
        return;
    default:
        if (hl_is_null(L, index)) hl_page_add_text(out, "null");
        else hl_page_add_sign(out, luaL_typename(L, index));
    }
}

/// Records one field, or the sign that it is too large. Returns whether there was room.
static bool record_field(lua_State *L, const entry *field, hl_page *out)
{
    size_t start = out->length;
    for (int attempt = 0; attempt < 2; attempt++) {
        if (start > 1) hl_page_add_text(out, ",");
        hl_page_add_string(L, field->name, field->length, out);
        hl_page_add_text(out, ":");
        if (attempt == 0) record(L, lua_gettop(L), out, 1);
        else hl_page_add_sign(out, "too large to show");
        if (!out->is_full) return true;
        out->length = start;
        out->is_full = false;
    }
    return false;
}

size_t hl_record_mapping(lua_State *L, int table, char *bytes, size_t capacity)
{
    if (capacity < 2 * RESERVED) return 0;
    table = lua_absindex(L, table);
    luaL_checkstack(L, 20, NULL);
    hl_page out = {.bytes = bytes, .capacity = capacity - RESERVED};
    bool is_sequence;
    lua_Integer count = count_entries(L, table, &is_sequence), left = 0;
    bool is_countable = count <= MAX_ENTRIES;
    hl_page_add_text(&out, "{");
    if (is_countable) {
        entry *fields = push_entries(L, table, count);
        int values = lua_gettop(L) - 2;
        for (lua_Integer i = 0; i < count; i++) {
            lua_rawgeti(L, values, fields[i].position);
            if (!record_field(L, &fields[i], &out)) left++;
            lua_pop(L, 1);
        }
        lua_settop(L, values - 1);
    }
    out.capacity = capacity;
    char sign[RESERVED];
    if (!is_countable) snprintf(sign, sizeof sign, "\"…\":\"(too many fields to show)\"");
    else snprintf(sign, sizeof sign, "%s\"…\":\"(%d more fields)\"", out.length > 1 ? "," : "", (int)left);
    if (!is_countable || left > 0) hl_page_add_text(&out, sign);
    hl_page_add_text(&out, "}");
    return out.length;
}
