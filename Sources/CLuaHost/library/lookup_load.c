// `hookline.lookup`: a CSV file of the package as a read-only table of rows.
//
// The text stays outside the Lua heap; an index of where each row begins is all that a file costs there.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "items.h"
#include "library.h"
#include "lookup.h"
#include "text/text.h"
#include "vm/vm.h"

enum { MAX_COLUMNS = 1000, BYTES_PER_INSTRUCTION = 256, MAX_LOOKUP_BYTES = 64 << 20 };

int32_t hl_add_lookup(hl_vm *vm, const char *name, uint64_t start, uint64_t length)
{
    if (start > vm->lookup_bytes || length > vm->lookup_bytes - start) return HL_MISUSE;
    hl_source *grown = realloc(vm->lookups.all, (vm->lookups.count + 1) * sizeof *grown);
    if (grown == NULL) return HL_MEMORY;
    vm->lookups.all = grown;
    char *copy = malloc(strlen(name) + 1);
    if (copy == NULL) return HL_MEMORY;
    strcpy(copy, name);
    char *text = (char *)vm->lookup_base + start;
    size_t mark = hl_mark_length(text, length);
    vm->lookups.all[vm->lookups.count++] = (hl_source){.name = copy, .text = text + mark, .length = (size_t)length - mark};
    return HL_OK;
}

void hl_free_lookups(hl_vm *vm)
{
    for (uint32_t i = 0; i < vm->lookups.count; i++) free(vm->lookups.all[i].name);
    free(vm->lookups.all);
}

static const hl_source *find_file(lua_State *L, const char *name)
{
    if (strncmp(name, "lookups/", 8) == 0) luaL_error(L, "name a lookup without its folder: '%s'", name + 8);
    hl_vm *vm = hl_vm_of(L);
    hl_nearest nearest;
    hl_nearest_begin(&nearest, name, strlen(name));
    for (uint32_t i = 0; i < vm->lookups.count; i++) {
        const hl_source *file = &vm->lookups.all[i];
        if (strcmp(file->name, name) == 0) return file;
        hl_nearest_consider(&nearest, file->name, strlen(file->name));
    }
    if (nearest.best[0] != 0) luaL_error(L, "the package has no lookups/%s; did you mean '%s'?", name, nearest.best);
    luaL_error(L, "the package has no lookups/%s", name);
    return NULL;
}

/// The number of the line in which `start` is.
static int line_of(const char *text, const char *start)
{
    int line = 1;
    for (const char *next = text; next < start; next++) line += *next == '\n';
    return line;
}

static _Noreturn void fail(lua_State *L, const char *file, const char *text, const char *start, const char *problem)
{
    luaL_error(L, "lookups/%s:%d: %s", file, line_of(text, start), problem);
    abort();
}

/// Reads the header and pushes the names of the columns and their numbers. Returns how many there are.
static uint32_t read_header(lua_State *L, const char *file, hl_row_reader *reader)
{
    const char *text = reader->next;
    lua_newtable(L);
    lua_newtable(L);
    int names = lua_gettop(L) - 1, numbers = lua_gettop(L);
    uint32_t count = 0;
    while (count == 0 || !reader->is_row_done) {
        hl_cell cell = hl_read_cell(reader);
        if (reader->problem != NULL) fail(L, file, text, cell.start, reader->problem);
        hl_trim(&cell.start, &cell.length);
        if (cell.length == 0 || cell.length > HL_NAME_BYTES) fail(L, file, text, cell.start, "a column name is empty or longer than 64 bytes");
        if (++count > MAX_COLUMNS) fail(L, file, text, cell.start, "there are more than 1,000 columns");
        char name[HL_NAME_BYTES];
        lua_pushlstring(L, name, hl_cell_value(&cell, name));
        lua_pushvalue(L, -1);
        if (lua_rawget(L, numbers) != LUA_TNIL) fail(L, file, text, cell.start, "two columns have the same name");
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, names, count);
        lua_pushinteger(L, count - 1);
        lua_rawset(L, numbers);
    }
    return count;
}

/// Skips empty lines, such as one that an editor leaves at the end.
static void skip_empty_lines(hl_row_reader *reader)
{
    while (reader->next < reader->end) {
        if (*reader->next == '\n') reader->next++;
        else if (reader->end - reader->next > 1 && reader->next[0] == '\r' && reader->next[1] == '\n') reader->next += 2;
        else return;
    }
}

/// Counts the remaining rows and checks that each has as many cells as the header.
static uint32_t count_rows(lua_State *L, const char *file, const char *text, hl_row_reader reader, uint32_t columns)
{
    uint32_t rows = 0;
    for (skip_empty_lines(&reader); reader.next < reader.end; skip_empty_lines(&reader)) {
        const char *start = reader.next;
        uint32_t cells = 0;
        do {
            hl_read_cell(&reader);
            cells++;
        } while (!reader.is_row_done);
        if (reader.problem != NULL) fail(L, file, text, start, reader.problem);
        if (cells != columns) fail(L, file, text, start, "the row has more or fewer cells than the header");
        rows++;
    }
    return rows;
}

/// Rows that were left out for the same reason.
typedef struct {
    uint32_t count;
    /// The text of the first.
    const char *first;
} left_out;

static void note(left_out *rows, const char *start)
{
    if (rows->count++ == 0) rows->first = start;
}

/// Logs how many rows were left out, by numbers: their keys are about people.
static void say(lua_State *L, const hl_lookup_file *lookup, const char *file, const left_out *rows, const char *one, const char *many)
{
    if (rows->count == 0) return;
    char line[400];
    int length = snprintf(line, sizeof line, "lookups/%.100s: %u %s; the first is line %d", file, rows->count, rows->count == 1 ? one : many,
                          line_of(lookup->text, rows->first));
    hl_log_text(hl_vm_of(L), HL_LOG_LOOKUP, line, (size_t)length);
}

/// Enters every row under its key. With normalized keys, rows without one and rows that repeat one are left out, and that is logged.
static void enter_rows(lua_State *L, hl_lookup_file *lookup, const char *file)
{
    bool as_written = lookup->options.keys == HL_KEYS_AS_WRITTEN, are_domains = lookup->options.keys == HL_KEYS_DOMAIN;
    left_out bad = {0, NULL}, repeated = {0, NULL};
    uint32_t kept = 0;
    for (uint32_t row = 0; row < lookup->row_count; row++) {
        const char *start = lookup->text + lookup->starts[row];
        lookup->starts[kept] = lookup->starts[row];
        switch (hl_lookup_enter(lookup, kept)) {
        case HL_KEY_ENTERED: kept++; break;
        case HL_KEY_REPEATED:
            if (as_written) fail(L, file, lookup->text, start, "an earlier row has the same key");
            note(&repeated, start);
            break;
        case HL_KEY_BAD:
            if (as_written) fail(L, file, lookup->text, start, "the row's key is empty");
            if (lookup->options.bad_key_fails) {
                fail(L, file, lookup->text, start, are_domains ? "the row's key is not a domain" : "the row's key is not an address");
            }
            note(&bad, start);
        }
        if (row % 4096 == 4095) hl_check_clock(L);
    }
    lookup->row_count = kept;
    if (are_domains) say(L, lookup, file, &bad, "line has no domain and matches nobody", "lines have no domain and match nobody");
    else say(L, lookup, file, &bad, "line has no address and matches nobody", "lines have no address and match nobody");
    // Where a row is nothing but its key, repeating it changes nothing.
    if (lookup->column_count > 1) {
        say(L, lookup, file, &repeated, "line repeats the key of an earlier one, which counts",
            "lines repeat the key of an earlier one, which counts");
    }
}

static void fill(lua_State *L, hl_lookup_file *lookup, const char *file, const char *first_row)
{
    hl_row_reader reader = {first_row, lookup->text + lookup->length, false, NULL};
    for (uint32_t row = 0; row < lookup->row_count; row++) {
        skip_empty_lines(&reader);
        lookup->starts[row] = (uint32_t)(reader.next - lookup->text);
        do hl_read_cell(&reader);
        while (!reader.is_row_done);
    }
    enter_rows(L, lookup, file);
}

/// Whether the names of the columns may be shown: none looks like a value, such as an address, a number, or a long text. The rule is
/// that of `ColumnNames.looksLikeValue` in Swift, as far as a suggestion needs it.
static bool may_show(lua_State *L, int names, uint32_t columns)
{
    for (uint32_t column = 1; column <= columns; column++) {
        lua_rawgeti(L, names, column);
        const char *name = lua_tostring(L, -1);
        uint32_t digits = 0, letters = 0, spaces = 0;
        for (const char *at = name; *at != 0; at++) {
            digits += *at >= '0' && *at <= '9';
            letters += (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at & 0x80) != 0;
            spaces += *at == ' ';
        }
        bool is_value = strpbrk(name, "@<;|\t") != NULL || strstr(name, "(at)") != NULL || digits >= 7 || letters == 0 || spaces >= 4;
        lua_pop(L, 1);
        if (is_value) return false;
    }
    return true;
}

/// Pushes a new lookup of a file, by the column whose name is at `key`.
static void push_lookup(lua_State *L, const hl_source *source, int key, hl_lookup_options options)
{
    const char *file = source->name;
    if (source->length > MAX_LOOKUP_BYTES) luaL_error(L, "lookups/%s is larger than %d MB", file, MAX_LOOKUP_BYTES >> 20);
    uint32_t work = options.keys == HL_KEYS_AS_WRITTEN ? BYTES_PER_INSTRUCTION : BYTES_PER_INSTRUCTION / 4;
    hl_charge(L, 100 + source->length / work);
    if (!hl_is_utf8(source->text, source->length)) luaL_error(L, "lookups/%s is not UTF-8", file);
    if (source->length == 0) luaL_error(L, "lookups/%s is empty; its first line must name the columns", file);
    hl_row_reader reader = {source->text, source->text + source->length, false, NULL};
    uint32_t columns = read_header(L, file, &reader);
    int names = lua_gettop(L) - 1, numbers = lua_gettop(L);
    lua_pushvalue(L, key);
    if (lua_rawget(L, numbers) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_rawgeti(L, names, 1);
        if (columns == 1 && strchr(lua_tostring(L, -1), ';') != NULL) {
            luaL_error(L, "lookups/%s has only one column: separate its cells with commas, not semicolons", file);
        }
        lua_pop(L, 1);
        char label[HL_NAME_BYTES + 64];
        snprintf(label, sizeof label, "lookups/%.60s has no column", file);
        // Without a header, the first line is about a person.
        hl_unknown_key(L, key, label, may_show(L, names, columns) ? names : 0, 0);
    }
    uint32_t key_column = (uint32_t)lua_tointeger(L, -1);
    uint32_t rows = count_rows(L, file, source->text, reader, columns);
    size_t slot_count = hl_lookup_table_size(rows);
    hl_lookup_file *made = lua_newuserdatauv(L, sizeof *made + (rows + slot_count) * sizeof(uint32_t), 3);
    *made = (hl_lookup_file){source->text, source->length, rows, columns, key_column, (uint32_t)slot_count - 1, options, NULL, NULL};
    made->starts = (uint32_t *)(made + 1);
    made->slots = made->starts + rows;
    memset(made->slots, 0, slot_count * sizeof *made->slots);
    fill(L, made, file, reader.next);
    lua_pushvalue(L, names);
    lua_setiuservalue(L, -2, HL_LOOKUP_NAMES);
    lua_pushvalue(L, numbers);
    lua_setiuservalue(L, -2, HL_LOOKUP_NUMBERS);
    hl_push_kept(L, HL_KEPT_LOOKUP_METATABLE);
    lua_setmetatable(L, -2);
}

int hl_lookup(lua_State *L)
{
    const char *file = luaL_checkstring(L, 1);
    luaL_checkstring(L, 2);
    lua_settop(L, 3);
    hl_lookup_options options = hl_read_lookup_options(L, 3);
    lua_settop(L, 3);
    hl_push_null_values(L, 3);
    int texts = lua_gettop(L), nulls = texts - 1, opened = texts + 1, name = texts + 2;
    options.has_null_values = !lua_isnil(L, nulls);
    hl_push_kept(L, HL_KEPT_LOOKUPS);
    lua_pushfstring(L, "%s\n%s\n%d%d%d\n", file, lua_tostring(L, 2), (int)options.keys, options.subdomains, options.bad_key_fails);
    lua_pushvalue(L, texts);
    lua_concat(L, 2);
    lua_pushvalue(L, name);
    if (lua_rawget(L, opened) != LUA_TNIL) return 1;
    lua_pop(L, 1);
    push_lookup(L, find_file(L, file), 2, options);
    lua_pushvalue(L, nulls);
    lua_setiuservalue(L, -2, HL_LOOKUP_NULLS);
    lua_pushvalue(L, name);
    lua_pushvalue(L, -2);
    lua_rawset(L, opened);
    return 1;
}
