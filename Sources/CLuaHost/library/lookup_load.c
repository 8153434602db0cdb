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

static _Noreturn void fail(lua_State *L, const char *file, const char *text, const char *start, const char *problem)
{
    int line = 1;
    for (const char *next = text; next < start; next++) line += *next == '\n';
    luaL_error(L, "lookups/%s:%d: %s", file, line, problem);
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

static void fill(lua_State *L, hl_lookup_file *lookup, const char *file, const char *first_row)
{
    hl_row_reader reader = {first_row, lookup->text + lookup->length, false, NULL};
    for (uint32_t row = 0; row < lookup->row_count; row++) {
        skip_empty_lines(&reader);
        lookup->starts[row] = (uint32_t)(reader.next - lookup->text);
        do hl_read_cell(&reader);
        while (!reader.is_row_done);
    }
    for (uint32_t row = 0; row < lookup->row_count; row++) {
        const char *start = lookup->text + lookup->starts[row];
        if (hl_lookup_cell(lookup, row, lookup->key_column).length == 0) fail(L, file, lookup->text, start, "the row's key is empty");
        if (!hl_lookup_enter(lookup, row)) fail(L, file, lookup->text, start, "an earlier row has the same key");
        if (row % 4096 == 4095) hl_check_clock(L);
    }
}

/// Pushes a new lookup of a file, by the column whose name is at `key`.
static void push_lookup(lua_State *L, const hl_source *source, int key)
{
    const char *file = source->name;
    if (source->length > MAX_LOOKUP_BYTES) luaL_error(L, "lookups/%s is larger than %d MB", file, MAX_LOOKUP_BYTES >> 20);
    hl_charge(L, 100 + source->length / BYTES_PER_INSTRUCTION);
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
            luaL_error(L, "lookups/%s has only one column, '%s': separate cells with commas", file, lua_tostring(L, -1));
        }
        lua_pop(L, 1);
        char label[HL_NAME_BYTES + 64];
        snprintf(label, sizeof label, "lookups/%.60s has no column", file);
        hl_unknown_key(L, key, label, names, 0);
    }
    uint32_t key_column = (uint32_t)lua_tointeger(L, -1);
    uint32_t rows = count_rows(L, file, source->text, reader, columns);
    size_t slot_count = hl_lookup_table_size(rows);
    hl_lookup_file *made = lua_newuserdatauv(L, sizeof *made + (rows + slot_count) * sizeof(uint32_t), 2);
    *made = (hl_lookup_file){source->text, source->length, rows, columns, key_column, (uint32_t)slot_count - 1, NULL, NULL};
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
    lua_settop(L, 2);
    hl_push_kept(L, HL_KEPT_LOOKUPS);
    lua_pushfstring(L, "%s\n%s", file, lua_tostring(L, 2));
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 3) != LUA_TNIL) return 1;
    lua_pop(L, 1);
    push_lookup(L, find_file(L, file), 2);
    lua_pushvalue(L, 4);
    lua_pushvalue(L, -2);
    lua_rawset(L, 3);
    return 1;
}
