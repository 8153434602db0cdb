// `user`: a small object that reads its row from the batch's columns, a field at a time and only on demand.

#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "library/library.h"
#include "pipeline.h"
#include "vm/vm.h"

typedef struct {
    uint64_t epoch;
} user_object;

enum { MAX_FLOAT_DIGITS = 15 };

static inline void check_current(lua_State *L, const hl_pipeline *pipeline, const user_object *user)
{
    if (user != NULL && user->epoch == pipeline->epoch && pipeline->slot != NULL) return;
    luaL_error(L, "this user belongs to an earlier call; copy the fields you need instead of keeping the user");
}

void hl_check_user(lua_State *L, int index)
{
    check_current(L, hl_vm_of(L)->pipeline, lua_touserdata(L, index));
}

/// The significant digits; a float holds any decimal of up to 15 of them.
static int significant_digits(const char *text, size_t length)
{
    int digits = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= '1' && text[i] <= '9') digits++;
        else if (text[i] == '0' && digits > 0) digits++;
    }
    return digits;
}

static void push_decimal(lua_State *L, const char *text, size_t length)
{
    char digits[40];
    if (length > 0 && length < sizeof digits && significant_digits(text, length) <= MAX_FLOAT_DIGITS) {
        memcpy(digits, text, length);
        digits[length] = 0;
        if (lua_stringtonumber(L, digits + (digits[0] == '+')) != 0) {
            lua_pushnumber(L, lua_tonumber(L, -1));
            lua_remove(L, -2);
            return;
        }
    }
    lua_pushlstring(L, text, length);
}

static int refuse_unreadable(lua_State *L, uint32_t column)
{
    hl_push_kept(L, HL_KEPT_FIELD_NAMES);
    lua_rawgeti(L, -1, (lua_Integer)column + 1);
    return luaL_error(L, "the field '%s' has a value that could not be read (on_bad_value: null), so nobody knows what it says",
        lua_tostring(L, -1));
}

void hl_push_column(lua_State *L, hl_pipeline *pipeline, uint32_t number)
{
    const hl_column *column = &pipeline->columns[number];
    uint32_t row = pipeline->row;
    if (column->valid == NULL) hl_fetch_column(L, number);
    if (column->valid[row] == HL_UNREADABLE) refuse_unreadable(L, number);
    if (!column->valid[row]) {
        lua_pushnil(L);
        return;
    }
    switch (column->type) {
    case HL_INTEGER:
    case HL_TIMESTAMP: lua_pushinteger(L, column->integers[row]); return;
    case HL_NUMBER: lua_pushnumber(L, column->numbers[row]); return;
    case HL_BOOLEAN: lua_pushboolean(L, column->integers[row] != 0); return;
    }
    const char *text = (const char *)column->bytes + column->offsets[row];
    size_t length = column->offsets[row + 1] - column->offsets[row];
    if (column->type == HL_DECIMAL) push_decimal(L, text, length);
    else if (column->type == HL_JSON) hl_push_json(L, text, length);
    else lua_pushlstring(L, text, length);
}

// LUAI_MAXSHORTLEN: a longer string may be several objects, and another string may reuse the address of a collected one.
enum { LONGEST_SHORT_STRING = 40 };

/// The column of the field whose name is at index 2; remembers it.
static uint32_t find_field(lua_State *L, hl_known_field *known)
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER) {
        hl_push_kept(L, HL_KEPT_FIELD_NAMES);
        hl_unknown_key(L, 2, "the model has no field", lua_gettop(L), 0);
    }
    uint32_t column = (uint32_t)lua_tointeger(L, -1);
    if (lua_rawlen(L, 2) <= LONGEST_SHORT_STRING) *known = (hl_known_field){lua_topointer(L, 2), column};
    return column;
}

/// `user.field`. Upvalue: the index of each field by its name.
static int read_field(lua_State *L)
{
    hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    check_current(L, pipeline, lua_touserdata(L, 1));
    if (pipeline->has_overlay && hl_push_mapped(L, 2)) return 1;
    const void *name = lua_topointer(L, 2);
    hl_known_field *known = &pipeline->known_fields[(uintptr_t)name / 16 % HL_KNOWN_FIELDS];
    hl_push_column(L, pipeline, name != NULL && known->name == name ? known->column : find_field(L, known));
    return 1;
}

static int refuse_assignment(lua_State *L)
{
    return luaL_error(L, "a user is read-only; return a table of fields from map");
}

static int fields_body(lua_State *L)
{
    const hl_pipeline *pipeline = hl_vm_of(L)->pipeline;
    hl_cursor *request = lua_touserdata(L, 1);
    if (pipeline->columns == NULL && pipeline->field_count > 0) hl_raise(L, HL_MEMORY, "the host has no memory for the columns");
    lua_createtable(L, 0, (int)pipeline->field_count);
    lua_createtable(L, (int)pipeline->field_count, 0);
    for (uint32_t i = 0; i < pipeline->field_count; i++) {
        size_t length;
        const char *name = hl_take_text(request, &length);
        lua_pushlstring(L, name, length);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (lua_Integer)i + 1);
        lua_pushinteger(L, i);
        lua_rawset(L, -4);
    }
    hl_keep(L, HL_KEPT_FIELD_NAMES);
    hl_keep(L, HL_KEPT_FIELD_INDEXES);
    hl_make_user_metatable(L);
    return 0;
}

int32_t hl_set_fields(hl_vm *vm, hl_cursor *request, hl_error *error)
{
    hl_pipeline *pipeline = vm->pipeline;
    pipeline->field_count = hl_take_u32(request);
    memset(pipeline->known_fields, 0, sizeof pipeline->known_fields);
    free(pipeline->columns);
    pipeline->columns = calloc(pipeline->field_count, sizeof *pipeline->columns);
    return hl_protect(vm, fields_body, request, error);
}

void hl_make_user_metatable(lua_State *L)
{
    lua_createtable(L, 0, 5);
    hl_push_kept(L, HL_KEPT_FIELD_INDEXES);
    lua_pushcclosure(L, read_field, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_assignment);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, hl_user_pairs);
    lua_setfield(L, -2, "__pairs");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "user");
    lua_setfield(L, -2, "__name");
    hl_keep(L, HL_KEPT_USER_METATABLE);
}

void hl_push_user(lua_State *L, int metatable)
{
    user_object *user = lua_newuserdatauv(L, sizeof *user, 0);
    user->epoch = hl_vm_of(L)->pipeline->epoch;
    lua_pushvalue(L, metatable);
    lua_setmetatable(L, -2);
}
