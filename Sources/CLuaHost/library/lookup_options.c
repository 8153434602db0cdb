// The options of `hookline.lookup`.

#include <string.h>

#include "lookup.h"
#include "vm/vm.h"

static const char allowed[] = "it takes normalise (\"email\" or \"domain\"), subdomains (true or false), on_bad_key (\"warn\" or \"fail\"), and null_values (a list of texts)";

/// Pushes the option with that name of the table at `index`. Returns the text; NULL when it is not there.
static const char *text_option(lua_State *L, int index, const char *name)
{
    int type = lua_getfield(L, index, name);
    if (type != LUA_TNIL && type != LUA_TSTRING) {
        luaL_error(L, "hookline.lookup: %s is a %s; %s", name, lua_typename(L, type), allowed);
    }
    return lua_tostring(L, -1);
}

/// Raises an error for a name that is no option, such as a misspelt one, which would be without effect.
static void check_names(lua_State *L, int index)
{
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
        if (name == NULL) luaL_error(L, "hookline.lookup: an option has a %s as its name; %s", luaL_typename(L, -1), allowed);
        if (strcmp(name, "normalise") != 0 && strcmp(name, "subdomains") != 0 && strcmp(name, "on_bad_key") != 0
            && strcmp(name, "null_values") != 0) {
            char shown[HL_NAME_BYTES + 1];
            shown[hl_utf8_repair(name, strlen(name), shown, HL_NAME_BYTES)] = 0;
            luaL_error(L, "hookline.lookup has no option '%s'; %s", shown, allowed);
        }
    }
}

hl_lookup_options hl_read_lookup_options(lua_State *L, int index)
{
    hl_lookup_options options = {.keys = HL_KEYS_AS_WRITTEN};
    if (lua_isnoneornil(L, index)) return options;
    luaL_checktype(L, index, LUA_TTABLE);
    check_names(L, index);
    const char *keys = text_option(L, index, "normalise");
    if (keys != NULL && strcmp(keys, "email") != 0 && strcmp(keys, "domain") != 0) {
        luaL_error(L, "hookline.lookup cannot normalise '%s'; %s", keys, allowed);
    }
    if (keys != NULL) options.keys = strcmp(keys, "email") == 0 ? HL_KEYS_EMAIL : HL_KEYS_DOMAIN;
    const char *bad_key = text_option(L, index, "on_bad_key");
    if (bad_key != NULL && strcmp(bad_key, "warn") != 0 && strcmp(bad_key, "fail") != 0) {
        luaL_error(L, "hookline.lookup: on_bad_key is '%s'; %s", bad_key, allowed);
    }
    options.bad_key_fails = bad_key != NULL && strcmp(bad_key, "fail") == 0;
    int subdomains = lua_getfield(L, index, "subdomains");
    if (subdomains != LUA_TNIL && subdomains != LUA_TBOOLEAN) {
        luaL_error(L, "hookline.lookup: subdomains is a %s; %s", lua_typename(L, subdomains), allowed);
    }
    options.subdomains = lua_toboolean(L, -1);
    if (options.subdomains && options.keys != HL_KEYS_DOMAIN) {
        luaL_error(L, "hookline.lookup: subdomains needs normalise = \"domain\"");
    }
    if (bad_key != NULL && options.keys == HL_KEYS_AS_WRITTEN) {
        luaL_error(L, "hookline.lookup: on_bad_key needs normalise; without it, a row without a key is always an error");
    }
    lua_pop(L, 3);
    return options;
}

void hl_push_null_values(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index) || lua_getfield(L, index, "null_values") == LUA_TNIL) {
        lua_pushnil(L);
        lua_pushliteral(L, "");
        return;
    }
    int list = lua_gettop(L);
    if (!lua_istable(L, list)) luaL_error(L, "hookline.lookup: null_values is a %s; %s", luaL_typename(L, list), allowed);
    lua_newtable(L);
    lua_pushliteral(L, "");
    lua_Integer count = (lua_Integer)lua_rawlen(L, list);
    if (count == 0) luaL_error(L, "hookline.lookup: null_values is empty; %s", allowed);
    for (lua_Integer i = 1; i <= count; i++) {
        hl_charge(L, 4);
        if (lua_rawgeti(L, list, i) != LUA_TSTRING) {
            luaL_error(L, "hookline.lookup: null_values has a %s in it; %s", luaL_typename(L, -1), allowed);
        }
        lua_pushvalue(L, -1);
        lua_pushboolean(L, 1);
        lua_rawset(L, list + 1);
        lua_pushliteral(L, "\n");
        lua_concat(L, 3);
    }
}
