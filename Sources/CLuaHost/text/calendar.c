#include "calendar.h"

#include <stdio.h>

static int64_t floored(int64_t value, int64_t unit)
{
    return value >= 0 ? value / unit : -((unit - 1 - value) / unit);
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int hl_days_in_month(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/// Days before a year, counted from the first day of year 0.
static int64_t days_before_year(int64_t year)
{
    int64_t before = year - 1;
    return 365 * year + floored(before, 4) - floored(before, 100) + floored(before, 400) + 1;
}

int64_t hl_days_of(int64_t year, int month, int day)
{
    static const int64_t epoch = 719528;  // 1970-01-01 in the same count.
    int64_t days = days_before_year(year) - epoch + day - 1;
    for (int i = 1; i < month; i++) days += hl_days_in_month(year, i);
    return days;
}

hl_civil hl_civil_of(int64_t unix_seconds)
{
    int64_t days = floored(unix_seconds, HL_DAY);
    int seconds = (int)(unix_seconds - days * HL_DAY);
    hl_civil civil = {.unix_seconds = unix_seconds, .hour = seconds / 3600, .minute = seconds / 60 % 60, .second = seconds % 60};
    // 400 years have 146,097 days; the guess is at most one year off.
    civil.year = 1970 + floored(days * 400, 146097);
    while (hl_days_of(civil.year, 1, 1) > days) civil.year--;
    while (hl_days_of(civil.year + 1, 1, 1) <= days) civil.year++;
    int rest = (int)(days - hl_days_of(civil.year, 1, 1));
    civil.day_of_year = rest + 1;
    civil.month = 1;
    while (rest >= hl_days_in_month(civil.year, civil.month)) rest -= hl_days_in_month(civil.year, civil.month++);
    civil.day = rest + 1;
    // 1970-01-01 was a Thursday.
    civil.weekday = (int)((days + 3) - floored(days + 3, 7) * 7) + 1;
    return civil;
}

const char *hl_write_date(const hl_civil *civil, char out[16])
{
    snprintf(out, 16, "%04d-%02d-%02d", (int)civil->year, civil->month, civil->day);
    return out;
}

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
static const char *const weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/// The ISO week and the year that it belongs to. ISO 8601: week 1 holds the first Thursday of the year.
static int iso_week(const hl_civil *civil, int64_t *year)
{
    int64_t day = floored(civil->unix_seconds, HL_DAY);
    // A week belongs to the year of its Thursday.
    hl_civil thursday = hl_civil_of((day + 4 - civil->weekday) * HL_DAY);
    *year = thursday.year;
    return (thursday.day_of_year - 1) / 7 + 1;
}

bool hl_write_part(const hl_civil *civil, char mark, char *out, size_t capacity)
{
    int64_t week_year;
    switch (mark) {
    case 'Y': snprintf(out, capacity, "%04d", (int)civil->year); return true;
    case 'y': snprintf(out, capacity, "%02d", (int)(civil->year % 100)); return true;
    case 'm': snprintf(out, capacity, "%02d", civil->month); return true;
    case 'd': snprintf(out, capacity, "%02d", civil->day); return true;
    case 'e': snprintf(out, capacity, "%d", civil->day); return true;
    case 'H': snprintf(out, capacity, "%02d", civil->hour); return true;
    case 'I': snprintf(out, capacity, "%02d", civil->hour % 12 == 0 ? 12 : civil->hour % 12); return true;
    case 'M': snprintf(out, capacity, "%02d", civil->minute); return true;
    case 'S': snprintf(out, capacity, "%02d", civil->second); return true;
    case 'p': snprintf(out, capacity, "%s", civil->hour < 12 ? "AM" : "PM"); return true;
    case 'j': snprintf(out, capacity, "%03d", civil->day_of_year); return true;
    case 'a': snprintf(out, capacity, "%.3s", weekdays[civil->weekday - 1]); return true;
    case 'A': snprintf(out, capacity, "%s", weekdays[civil->weekday - 1]); return true;
    case 'b': snprintf(out, capacity, "%.3s", months[civil->month - 1]); return true;
    case 'B': snprintf(out, capacity, "%s", months[civil->month - 1]); return true;
    case 'u': snprintf(out, capacity, "%d", civil->weekday); return true;
    case 'V': snprintf(out, capacity, "%02d", iso_week(civil, &week_year)); return true;
    case 'G':
        iso_week(civil, &week_year);
        snprintf(out, capacity, "%04d", (int)week_year);
        return true;
    case 'F': snprintf(out, capacity, "%04d-%02d-%02d", (int)civil->year, civil->month, civil->day); return true;
    case 'T': snprintf(out, capacity, "%02d:%02d:%02d", civil->hour, civil->minute, civil->second); return true;
    case 's': snprintf(out, capacity, "%lld", (long long)civil->unix_seconds); return true;
    case '%': snprintf(out, capacity, "%%"); return true;
    default: return false;
    }
}
