// The proleptic Gregorian calendar, in UTC.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Seconds in a day.
#define HL_DAY INT64_C(86400)

/// A moment by the calendar.
typedef struct {
    int64_t year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    /// From 1, Monday.
    int weekday;
    /// From 1.
    int day_of_year;
    int64_t unix_seconds;
} hl_civil;

/// Days from 1970-01-01 to a calendar day.
int64_t hl_days_of(int64_t year, int month, int day);
int hl_days_in_month(int64_t year, int month);
hl_civil hl_civil_of(int64_t unix_seconds);

/// Reads `YYYY-MM-DD` at `*next` and moves past it.
bool hl_scan_date(const char **next, const char *end, int64_t *days);
/// Reads an ISO 8601 date or timestamp. Returns NULL, or what is wrong.
const char *hl_scan_iso(const char *text, size_t length, int64_t *seconds);
/// Reads a moment in strptime notation. Returns NULL, or what is wrong; the text starts with `format:` when the format is to blame.
const char *hl_scan_by_format(const char *text, size_t length, const char *format, size_t format_length, int64_t *seconds);
/// Writes one part of a moment in strftime notation, in English. Returns false for an unknown mark.
bool hl_write_part(const hl_civil *civil, char mark, char *out, size_t capacity);
/// Writes `YYYY-MM-DD`.
const char *hl_write_date(const hl_civil *civil, char out[16]);
