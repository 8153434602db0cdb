// Runs each case twice, with our functions and with the system's, and compares the results, including error texts.

#include <stdio.h>
#include <string.h>

#include "cases.h"
#include "description.h"
#include "patterns/patterns.h"
#include "vm/vm.h"

enum { MOST_CAPTURES = 32, MOST_ITERATIONS = 24, MOST_RESULTS = MOST_ITERATIONS * (MOST_CAPTURES + 1) + 8 };

// Stack indexes of the body.
enum { PLAN = 1, OURS, REFERENCE, TABLE, FUNCTION, BASE };

typedef struct {
    const pattern_fuzz_plan *plan;
    pattern_fuzz_report *report;
    hl_vm *vm;
} fuzz_run;

/// The replacement function: gives every kind of result, depending on its arguments.
static int replace(lua_State *L)
{
    int count = lua_gettop(L);
    if (lua_type(L, 1) == LUA_TNUMBER) return lua_pushinteger(L, 2 * lua_tointeger(L, 1)), 1;
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    uint8_t last = length > 0 ? (uint8_t)text[length - 1] : 0;
    switch ((length + last + (size_t)count) % 8) {
    case 0: return 0;
    case 1: lua_pushboolean(L, 0); return 1;
    case 2: lua_pushnumber(L, 1.5); return 1;
    case 3: if (length == 3) return lua_newtable(L), 1; lua_pushnil(L); return 1;
    default:
        lua_pushliteral(L, "<");
        lua_insert(L, 1);
        lua_pushliteral(L, ">");
        lua_concat(L, count + 2);
        return 1;
    }
}

static void push_table(lua_State *L)
{
    lua_newtable(L);
    lua_pushliteral(L, "Z");
    lua_setfield(L, -2, "a");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "b");
    lua_pushinteger(L, 7);
    lua_setfield(L, -2, "ab");
    lua_pushliteral(L, "%1");
    lua_setfield(L, -2, "");
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, "aab");
    lua_pushliteral(L, "first");
    lua_rawseti(L, -2, 1);
}

/// Collects all results of all calls of an iterator. Arguments: gmatch, subject, pattern and perhaps init.
static int collect(lua_State *L)
{
    lua_call(L, lua_gettop(L) - 1, 1);
    luaL_checkstack(L, MOST_RESULTS, NULL);
    int iterations = 0;
    for (bool goes_on = true; goes_on && iterations < MOST_ITERATIONS;) {
        int before = lua_gettop(L);
        lua_pushvalue(L, 1);
        lua_call(L, 0, LUA_MULTRET);
        goes_on = lua_gettop(L) > before && !lua_isnil(L, before + 1);
        iterations += goes_on;
    }
    lua_pushinteger(L, iterations);
    return lua_gettop(L) - 1;
}

static void push_replacement(lua_State *L, const fuzz_case *call)
{
    switch (call->replacement) {
    case REPLACE_BY_NUMBER: lua_pushnumber(L, call->text_length % 2 == 0 ? 7.5 : 12); break;
    case REPLACE_BY_TABLE: lua_pushvalue(L, TABLE); break;
    case REPLACE_BY_FUNCTION: lua_pushvalue(L, FUNCTION); break;
    default: lua_pushlstring(L, call->text, call->text_length);
    }
}

/// Calls the function of the library at `library`; leaves its results, or its error, on the stack.
static int run_call(lua_State *L, int library, const fuzz_case *call)
{
    int before = lua_gettop(L);
    if (call->function == PATTERN_GMATCH) lua_pushcfunction(L, collect);
    lua_rawgeti(L, library, call->function + 1);
    lua_pushlstring(L, call->subject, call->subject_length);
    lua_pushlstring(L, call->pattern, call->pattern_length);
    if (call->function == PATTERN_GSUB) {
        push_replacement(L, call);
        if (call->has_count) lua_pushinteger(L, call->count);
    } else {
        if (call->has_init) lua_pushinteger(L, call->init);
        else lua_pushnil(L);
        if (call->is_plain) lua_pushboolean(L, 1);
    }
    return lua_pcall(L, lua_gettop(L) - before - 1, LUA_MULTRET, 0);
}

static bool are_same(lua_State *L, int ours, int reference, int count)
{
    for (int i = 0; i < count; i++) {
        if (lua_type(L, ours + i) != lua_type(L, reference + i) || !lua_rawequal(L, ours + i, reference + i)) return false;
    }
    return true;
}

static bool has_matched(lua_State *L, const fuzz_case *call, int first)
{
    switch (call->function) {
    case PATTERN_FIND:
    case PATTERN_MATCH: return !lua_isnil(L, first);
    default: return lua_tointeger(L, -1) > 0;
    }
}

static void count_case(pattern_fuzz_report *report, const fuzz_case *call, bool has_failed, bool matched)
{
    report->cases++;
    report->functions[call->function]++;
    report->errors += has_failed;
    report->matched[call->function] += matched;
    for (int feature = 0; feature < PATTERN_FEATURES; feature++) {
        bool has_feature = (call->features >> feature) & 1;
        report->features[feature] += has_feature;
        report->features_matched[feature] += has_feature && matched;
    }
}

static void run_case(lua_State *L, fuzz_run *run, uint64_t number)
{
    fuzz_case call;
    pattern_fuzz_report *report = run->report;
    make_case(&call, run->plan->seed, number);
    lua_settop(L, BASE - 1);
    hl_begin_call(run->vm);
    int status = run_call(L, OURS, &call);
    int count = lua_gettop(L) - BASE + 1;
    fuzz_case spoilt;
    const fuzz_case *expected = &call;
    if (run->plan->flaw != PATTERN_FLAW_NONE) {
        spoilt = call;
        spoil_case(&spoilt, run->plan->flaw);
        expected = &spoilt;
    }
    int reference = lua_gettop(L) + 1;
    int reference_status = run_call(L, REFERENCE, expected);
    int reference_count = lua_gettop(L) - reference + 1;
    if (reference_status != LUA_OK && run->plan->flaw == PATTERN_FLAW_WORDS) {
        lua_pushliteral(L, "!");
        lua_concat(L, 2);
    }
    count_case(report, &call, reference_status != LUA_OK, reference_status == LUA_OK && has_matched(L, expected, reference));
    bool same = status == reference_status && count == reference_count && are_same(L, BASE, reference, count);
    if (same || report->mismatches++ > 0) return;
    report->first_mismatch = number;
    fuzz_text text = {report->description, sizeof report->description, 0};
    write_call(&text, &call, run->plan->seed, number);
    write_results(&text, L, "ours", BASE, count, status);
    write_results(&text, L, "reference", reference, reference_count, reference_status);
}

/// Replaces the table on top with a list of its four functions.
static void list_functions(lua_State *L)
{
    static const char *const names[] = {"find", "match", "gmatch", "gsub"};
    lua_createtable(L, PATTERN_FUNCTIONS, 0);
    for (int i = 0; i < PATTERN_FUNCTIONS; i++) {
        lua_getfield(L, -2, names[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_remove(L, -2);
}

static int run_all(lua_State *L)
{
    fuzz_run *run = lua_touserdata(L, PLAN);
    lua_newtable(L);
    hl_add_pattern_functions(L);
    list_functions(L);
    // It also makes strings index this library, which nothing here does.
    lua_pushcfunction(L, luaopen_string);
    lua_call(L, 0, 1);
    list_functions(L);
    push_table(L);
    lua_pushcfunction(L, replace);
    luaL_checkstack(L, 2 * MOST_RESULTS, NULL);
    for (uint64_t i = 0; i < run->plan->cases; i++) run_case(L, run, run->plan->first + i);
    return 0;
}

int32_t pattern_fuzz(const pattern_fuzz_plan *plan, pattern_fuzz_report *report)
{
    // Limits that no case reaches.
    hl_limits limits = {
        .memory_bytes = 64 << 20,
        .instructions = (uint64_t)1 << 40,
        .processor_nanoseconds = (uint64_t)1 << 60,
        .pattern_steps = (uint64_t)1 << 40,
        .log_lines = 1,
        .seed = 1,
    };
    memset(report, 0, sizeof *report);
    hl_vm *vm = hl_vm_create(&limits);
    if (vm == NULL) {
        snprintf(report->description, sizeof report->description, "no memory for a machine");
        return -1;
    }
    vm->memo_after_steps = plan->memo_after_steps;
    hl_begin_work(vm, 0);
    fuzz_run run = {plan, report, vm};
    hl_error error;
    int32_t status = hl_protect(vm, run_all, &run, &error);
    if (status != HL_OK) snprintf(report->description, sizeof report->description, "%s", error.message);
    hl_vm_destroy(vm);
    return status == HL_OK ? 0 : -1;
}
