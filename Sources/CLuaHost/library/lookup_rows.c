// What a script sees of a lookup: rows by their keys and cells by their columns, both read-only and made on demand.

#include "items.h"
#include "lookup.h"
#include "vm/vm.h"

/// Pushes the row with that number, from 0, of the lookup at `index`.
static void push_row(lua_State *L, int index, uint32_t row)
{
    hl_lookup_row *made = lua_newuserdatauv(L, sizeof *made, 1);
    made->row = row;
    lua_pushvalue(L, index);
    lua_setiuservalue(L, -2, 1);
    hl_push_kept(L, HL_KEPT_ROW_METATABLE);
    lua_setmetatable(L, -2);
}

/// Pushes a cell of the lookup at `index`, which counts from the bottom or is that of an upvalue.
static void push_cell(lua_State *L, int index, uint32_t row, uint32_t column)
{
    const hl_lookup_file *lookup = lua_touserdata(L, index);
    hl_cell cell = hl_lookup_cell(lookup, row, column);
    size_t skipped = (size_t)(cell.start - lookup->text) - lookup->starts[row];
    hl_charge(L, 1 + cell.length / 16 + skipped / 256);
    if (cell.length == 0) {
        lua_pushnil(L);
        return;
    }
    if (cell.has_quotes) {
        luaL_Buffer buffer;
        char *value = luaL_buffinitsize(L, &buffer, cell.length);
        luaL_pushresultsize(&buffer, hl_cell_value(&cell, value));
    } else {
        lua_pushlstring(L, cell.start, cell.length);
    }
    if (!lookup->options.has_null_values || column == lookup->key_column) return;
    lua_getiuservalue(L, index, HL_LOOKUP_NULLS);
    lua_pushvalue(L, -2);
    bool means_nil = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    if (means_nil) {
        lua_pop(L, 1);
        lua_pushnil(L);
    }
}

/// Pushes the key of a row as the functions of `hookline.email` spell it.
static void push_key(lua_State *L, int index, uint32_t row)
{
    const hl_lookup_file *lookup = lua_touserdata(L, index);
    if (lookup->options.keys == HL_KEYS_AS_WRITTEN) {
        push_cell(L, index, row, lookup->key_column);
        return;
    }
    hl_lookup_room room;
    hl_cell key;
    hl_lookup_key(lookup, row, &room, &key);
    if (lookup->options.keys == HL_KEYS_EMAIL) key = (hl_cell){.start = room.address.bytes, .length = room.address.length};
    hl_charge(L, 4 + key.length / 4);
    lua_pushlstring(L, key.start, key.length);
}

/// `lookup[key]`.
static int read_row(lua_State *L)
{
    const hl_lookup_file *lookup = lua_touserdata(L, 1);
    if (lua_type(L, 2) == LUA_TNUMBER) {
        // Numbers are looked up by their digits: 42 and 42.0 are both "42".
        if (!lua_isinteger(L, 2) && lua_tointeger(L, 2) == lua_tonumber(L, 2)) lua_pushinteger(L, lua_tointeger(L, 2));
        else lua_pushvalue(L, 2);
        lua_replace(L, 2);
    }
    size_t length;
    const char *key = lua_type(L, 2) == LUA_TNUMBER || lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, &length) : NULL;
    // A field that is NULL arrives as nil, and no row has that key.
    if (key == NULL) return 0;
    hl_charge(L, 2 + length / (lookup->options.keys == HL_KEYS_AS_WRITTEN ? 16 : 4));
    uint32_t row = hl_lookup_find(lookup, key, length);
    if (row == 0) return 0;
    push_row(L, 1, row - 1);
    return 1;
}

static int lookup_length(lua_State *L)
{
    const hl_lookup_file *lookup = lua_touserdata(L, 1);
    lua_pushinteger(L, lookup->row_count);
    return 1;
}

/// The iterator of a lookup. Upvalues: lookup, next row.
static int next_row(lua_State *L)
{
    const hl_lookup_file *lookup = lua_touserdata(L, lua_upvalueindex(1));
    uint32_t row = (uint32_t)lua_tointeger(L, lua_upvalueindex(2));
    if (row >= lookup->row_count) return 0;
    lua_pushinteger(L, row + 1);
    lua_replace(L, lua_upvalueindex(2));
    push_key(L, lua_upvalueindex(1), row);
    push_row(L, lua_upvalueindex(1), row);
    return 2;
}

static int lookup_pairs(lua_State *L)
{
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_row, 2);
    return 1;
}

/// `row.column`.
static int read_cell(lua_State *L)
{
    const hl_lookup_row *row = lua_touserdata(L, 1);
    lua_getiuservalue(L, 1, 1);
    lua_getiuservalue(L, 3, HL_LOOKUP_NUMBERS);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, 4) == LUA_TNIL) {
        lua_getiuservalue(L, 3, HL_LOOKUP_NAMES);
        hl_unknown_key(L, 2, "the lookup has no column", lua_gettop(L), 0);
    }
    push_cell(L, 3, row->row, (uint32_t)lua_tointeger(L, -1));
    return 1;
}

/// The iterator of a row. Upvalues: lookup, row, names, next column.
static int next_cell(lua_State *L)
{
    const hl_lookup_file *lookup = lua_touserdata(L, lua_upvalueindex(1));
    const hl_lookup_row *row = lua_touserdata(L, lua_upvalueindex(2));
    uint32_t column = (uint32_t)lua_tointeger(L, lua_upvalueindex(4));
    for (; column < lookup->column_count; column++) {
        lua_settop(L, 0);
        lua_rawgeti(L, lua_upvalueindex(3), (lua_Integer)column + 1);
        push_cell(L, lua_upvalueindex(1), row->row, column);
        if (lua_isnil(L, -1)) continue;
        lua_pushinteger(L, column + 1);
        lua_replace(L, lua_upvalueindex(4));
        return 2;
    }
    return 0;
}

static int row_pairs(lua_State *L)
{
    lua_settop(L, 1);
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, 1);
    lua_getiuservalue(L, 2, HL_LOOKUP_NAMES);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_cell, 4);
    return 1;
}

static int refuse_change(lua_State *L)
{
    return luaL_error(L, "a lookup is read-only");
}

static void make_metatable(lua_State *L, const char *name, lua_CFunction index, lua_CFunction pairs)
{
    lua_createtable(L, 0, 6);
    lua_pushcfunction(L, index);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_change);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, pairs);
    lua_setfield(L, -2, "__pairs");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
}

void hl_make_lookup_metatables(lua_State *L)
{
    make_metatable(L, "lookup", read_row, lookup_pairs);
    lua_pushcfunction(L, lookup_length);
    lua_setfield(L, -2, "__len");
    hl_keep(L, HL_KEPT_LOOKUP_METATABLE);
    make_metatable(L, "row", read_cell, row_pairs);
    hl_keep(L, HL_KEPT_ROW_METATABLE);
}
