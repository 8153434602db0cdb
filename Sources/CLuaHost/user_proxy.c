// `user`: a small object that reads its row from the batch's columns when a field is asked for, and only then.

#include <stdlib.h>
#include <string.h>

#include "vm.h"

typedef struct {
    uint64_t epoch;
} user_object;

enum { MAX_FLOAT_DIGITS = 15 };

static void check_current(lua_State *L, const hl_vm *vm, const user_object *user)
{
    if (user != NULL && user->epoch == vm->epoch && vm->slot != NULL) return;
    luaL_error(L, "this user belongs to an earlier call: copy the fields that you need, do not keep the user");
}

/// Digits that carry a value: a float holds any decimal of up to 15 of them.
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

static void push_column(lua_State *L, hl_vm *vm, uint32_t number)
{
    const hl_column *column = &vm->columns[number];
    uint32_t row = vm->row;
    if (column->valid == NULL) hl_fetch_column(L, number);
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

/// Pushes the mapped value of the key at `key` and returns true, unless no hook mapped that field.
static bool push_mapped(lua_State *L, int key)
{
    hl_push_kept(L, HL_KEPT_OVERLAY);
    lua_pushvalue(L, key);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 2);
        return false;
    }
    if (hl_is_null(L, -1)) lua_pushnil(L);
    return true;
}

// LUAI_MAXSHORTLEN: longer strings may be several objects, and one that is gone may leave its address to another.
enum { LONGEST_SHORT_STRING = 40 };

/// The column of the field whose name is at index 2, and remembers it.
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
    hl_vm *vm = hl_vm_of(L);
    check_current(L, vm, lua_touserdata(L, 1));
    if (vm->has_overlay && push_mapped(L, 2)) return 1;
    const void *name = lua_topointer(L, 2);
    hl_known_field *known = &vm->known_fields[(uintptr_t)name / 16 % HL_KNOWN_FIELDS];
    push_column(L, vm, name != NULL && known->name == name ? known->column : find_field(L, known));
    return 1;
}

static int refuse_assignment(lua_State *L)
{
    return luaL_error(L, "a user is read-only: return a table of fields from map");
}

/// Pushes the next mapped field that the model does not have, in the order of the names.
/// Upvalues of the iterator: user, position, last name.
static int next_new_field(lua_State *L)
{
    hl_push_kept(L, HL_KEPT_OVERLAY);
    hl_push_kept(L, HL_KEPT_FIELD_INDEXES);
    int overlay = lua_gettop(L) - 1, indexes = lua_gettop(L);
    lua_pushnil(L);  // The best name so far.
    lua_pushnil(L);
    while (lua_next(L, overlay)) {
        hl_charge(L, 1);
        bool candidate = lua_compare(L, lua_upvalueindex(3), -2, LUA_OPLT) && !hl_is_null(L, -1);
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        candidate = lua_rawget(L, indexes) == LUA_TNIL && candidate;
        lua_pop(L, 1);
        if (candidate && (lua_isnil(L, indexes + 1) || lua_compare(L, -1, indexes + 1, LUA_OPLT))) {
            lua_pushvalue(L, -1);
            lua_replace(L, indexes + 1);
        }
    }
    lua_settop(L, indexes + 1);
    if (lua_isnil(L, -1)) return 1;
    lua_pushvalue(L, -1);
    lua_replace(L, lua_upvalueindex(3));
    lua_pushvalue(L, -1);
    lua_rawget(L, overlay);
    return 2;
}

/// The iterator of `pairs(user)`: fields of the model in its order, then new mapped ones by name. NULLs are left out, as nil is in a table.
static int next_field(lua_State *L)
{
    hl_vm *vm = hl_vm_of(L);
    check_current(L, vm, lua_touserdata(L, lua_upvalueindex(1)));
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(2));
    lua_settop(L, 0);
    hl_push_kept(L, HL_KEPT_FIELD_NAMES);
    while (position < (lua_Integer)vm->field_count) {
        lua_rawgeti(L, 1, ++position);
        if (!vm->has_overlay || !push_mapped(L, 2)) push_column(L, vm, (uint32_t)position - 1);
        if (!lua_isnil(L, -1)) {
            lua_pushinteger(L, position);
            lua_replace(L, lua_upvalueindex(2));
            lua_pushvalue(L, 2);
            lua_insert(L, -2);
            return 2;
        }
        lua_settop(L, 1);
    }
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(2));
    lua_settop(L, 0);
    if (vm->has_overlay) return next_new_field(L);
    lua_pushnil(L);
    return 1;
}

static int user_pairs(lua_State *L)
{
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushliteral(L, "");
    lua_pushcclosure(L, next_field, 3);
    return 1;
}

static int body_of_set_fields(lua_State *L)
{
    hl_vm *vm = hl_vm_of(L);
    hl_cursor *request = lua_touserdata(L, 1);
    if (vm->columns == NULL && vm->field_count > 0) hl_raise(L, HL_MEMORY, "the host has no memory for the columns");
    lua_createtable(L, 0, (int)vm->field_count);
    lua_createtable(L, (int)vm->field_count, 0);
    for (uint32_t i = 0; i < vm->field_count; i++) {
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
    vm->field_count = hl_take_u32(request);
    memset(vm->known_fields, 0, sizeof vm->known_fields);
    free(vm->columns);
    vm->columns = calloc(vm->field_count, sizeof *vm->columns);
    return hl_protect(vm, body_of_set_fields, request, error);
}

/// Makes the metatable that every user shares, for the fields that are known now.
void hl_make_user_metatable(lua_State *L)
{
    lua_createtable(L, 0, 5);
    hl_push_kept(L, HL_KEPT_FIELD_INDEXES);
    lua_pushcclosure(L, read_field, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_assignment);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, user_pairs);
    lua_setfield(L, -2, "__pairs");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "user");
    lua_setfield(L, -2, "__name");
    hl_keep(L, HL_KEPT_USER_METATABLE);
}

/// Pushes a new object for the current row: a kept one must never read another row, so none is used twice.
void hl_push_user(lua_State *L, int metatable)
{
    user_object *user = lua_newuserdatauv(L, sizeof *user, 0);
    user->epoch = hl_vm_of(L)->epoch;
    lua_pushvalue(L, metatable);
    lua_setmetatable(L, -2);
}

/// Lays the fields of the table at `table` over the current row.
void hl_lay_over(lua_State *L, int table)
{
    hl_vm *vm = hl_vm_of(L);
    if (!vm->has_overlay) {
        lua_createtable(L, 0, 4);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, vm->slot);
        hl_keep(L, HL_KEPT_OVERLAY);
        vm->has_overlay = true;
        vm->slot->has_overlay = 1;
    }
    hl_push_kept(L, HL_KEPT_OVERLAY);
    int overlay = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, overlay);
    }
    lua_settop(L, overlay - 1);
}
