// `hookline.date`: moments as Unix seconds or as dates, all in UTC, without a clock, a locale or a time zone file.

#include <stdio.h>
#include <string.h>

#include "items.h"
#include "text/text.h"
#include "vm/vm.h"

/// A moment as a script passes it.
typedef struct {
    int64_t seconds;
    bool is_date;
} moment;

/// Dates are written with the years 0001 to 9999.
static const int64_t first_second = -62135596800, last_second = 253402300799;

static void check_range(lua_State *L, int64_t seconds)
{
    if (seconds < first_second || seconds > last_second) luaL_error(L, "the moment is outside the years 1 to 9999");
}

static moment check_moment(lua_State *L, int index)
{
    if (lua_type(L, index) == LUA_TNUMBER) {
        moment moment = {luaL_checkinteger(L, index), false};
        check_range(L, moment.seconds);
        return moment;
    }
    size_t length;
    const char *text = luaL_checklstring(L, index, &length);
    hl_charge(L, 4);
    int64_t days;
    const char *next = text;
    if (!hl_scan_date(&next, text + length, &days) || next != text + length) {
        luaL_argerror(L, index, "expected Unix seconds or a date such as 2026-03-01");
    }
    return (moment){days * HL_DAY, true};
}

static int push_moment(lua_State *L, moment moment)
{
    check_range(L, moment.seconds);
    if (!moment.is_date) {
        lua_pushinteger(L, moment.seconds);
        return 1;
    }
    hl_civil civil = hl_civil_of(moment.seconds);
    lua_pushfstring(L, "%s", hl_write_date(&civil, (char[16]){0}));
    return 1;
}

int hl_date_parse(lua_State *L)
{
    size_t length, format_length = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *format = luaL_optlstring(L, 2, NULL, &format_length);
    hl_charge(L, 4 + (length + format_length) / 4);
    int64_t seconds;
    const char *problem = format == NULL ? hl_scan_iso(text, length, &seconds) : hl_scan_by_format(text, length, format, format_length, &seconds);
    if (problem == NULL && (seconds < first_second || seconds > last_second)) problem = "it is outside the years 1 to 9999";
    if (problem == NULL) {
        lua_pushinteger(L, seconds);
        return 1;
    }
    if (strncmp(problem, "format:", 7) == 0) return luaL_argerror(L, 2, problem + 7);
    lua_pushnil(L);
    lua_pushstring(L, problem);
    return 2;
}

int hl_date_format(lua_State *L)
{
    moment moment = check_moment(L, 1);
    size_t length;
    const char *format = luaL_checklstring(L, 2, &length);
    hl_charge(L, 4 + length / 2);
    if (length > 0 && memchr(format, '%', length) == NULL) {
        luaL_argerror(L, 2, "the format contains no part of a date; parts start with %, as in %Y-%m-%d");
    }
    hl_civil civil = hl_civil_of(moment.seconds);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (size_t i = 0; i < length; i++) {
        if (format[i] != '%') {
            luaL_addchar(&buffer, format[i]);
            continue;
        }
        char part[24];
        char mark = ++i < length ? format[i] : 0;
        if (!hl_write_part(&civil, mark, part, sizeof part)) {
            return luaL_error(L, "date.format does not know '%%%c'; it knows %s", mark == 0 ? ' ' : mark,
                              "%Y %y %m %d %e %H %I %M %S %p %j %a %A %b %B %u %G %V %F %T %s %%");
        }
        luaL_addstring(&buffer, part);
    }
    luaL_pushresult(&buffer);
    return 1;
}

enum { SECONDS, MONTHS };

/// The unit at `index`: its size in seconds or in months, as `kind` tells.
static int64_t check_unit(lua_State *L, int index, int *kind)
{
    static const struct {
        const char *name;
        int kind;
        int64_t size;
    } units[] = {
        {"second", SECONDS, 1}, {"minute", SECONDS, 60},     {"hour", SECONDS, 3600}, {"day", SECONDS, HL_DAY},
        {"week", SECONDS, 7 * HL_DAY}, {"month", MONTHS, 1}, {"quarter", MONTHS, 3},  {"year", MONTHS, 12},
    };
    size_t length;
    const char *name = luaL_checklstring(L, index, &length);
    if (length > 1 && name[length - 1] == 's') length--;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strlen(units[i].name) != length || memcmp(units[i].name, name, length) != 0) continue;
        *kind = units[i].kind;
        return units[i].size;
    }
    return luaL_argerror(L, index, "unknown unit; the units are second, minute, hour, day, week, month, quarter and year");
}

/// `months` later, on the same day, or on the last day of a shorter month.
static int64_t add_months(int64_t seconds, int64_t months)
{
    hl_civil civil = hl_civil_of(seconds);
    int64_t total = civil.year * 12 + (civil.month - 1) + months;
    int64_t year = total >= 0 ? total / 12 : -((11 - total) / 12);
    int month = (int)(total - year * 12) + 1;
    int day = civil.day < hl_days_in_month(year, month) ? civil.day : hl_days_in_month(year, month);
    return hl_days_of(year, month, day) * HL_DAY + seconds - hl_days_of(civil.year, civil.month, civil.day) * HL_DAY;
}

int hl_date_add(lua_State *L)
{
    moment start = check_moment(L, 1);
    int64_t count = luaL_checkinteger(L, 2);
    int kind;
    int64_t size = check_unit(L, 3, &kind);
    // More than all years in seconds, and small enough that no product below overflows.
    luaL_argcheck(L, count >= -400000000000 && count <= 400000000000, 2, "the count is too large");
    if (kind == SECONDS && start.is_date && size % HL_DAY != 0) luaL_argerror(L, 3, "a date has no time of day; use a timestamp");
    if (kind == SECONDS) {
        luaL_argcheck(L, count <= (last_second - first_second) / size && count >= (first_second - last_second) / size, 2, "the count is too large");
        start.seconds += count * size;
    } else {
        luaL_argcheck(L, count >= -120000 && count <= 120000, 2, "the count is too large");
        start.seconds = add_months(start.seconds, count * size);
    }
    hl_charge(L, 8);
    return push_moment(L, start);
}

/// Whole months from the earlier moment to the later one.
static int64_t months_between(int64_t later, int64_t earlier)
{
    hl_civil a = hl_civil_of(later), b = hl_civil_of(earlier);
    int64_t months = (a.year - b.year) * 12 + (a.month - b.month);
    if (months > 0 && add_months(earlier, months) > later) months--;
    return months;
}

int hl_date_diff(lua_State *L)
{
    moment later = check_moment(L, 1), earlier = check_moment(L, 2);
    int kind;
    int64_t size = check_unit(L, 3, &kind);
    bool is_swapped = later.seconds < earlier.seconds;
    int64_t high = is_swapped ? earlier.seconds : later.seconds, low = is_swapped ? later.seconds : earlier.seconds;
    int64_t units = kind == SECONDS ? (high - low) / size : months_between(high, low) / size;
    hl_charge(L, 8);
    lua_pushinteger(L, is_swapped ? -units : units);
    return 1;
}
