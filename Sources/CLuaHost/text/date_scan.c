// From text to a moment.

#include <string.h>

#include "calendar.h"

static const char not_iso[] = "it is neither a date (2026-03-01) nor a timestamp (2026-03-01T06:00:00Z)";
static const char no_such_day[] = "there is no such day or time";

/// Reads between `least` and `most` digits.
static bool scan_number(const char **next, const char *end, int least, int most, int64_t *number)
{
    int count = 0;
    *number = 0;
    while (count < most && *next < end && **next >= '0' && **next <= '9') {
        *number = *number * 10 + (*(*next)++ - '0');
        count++;
    }
    return count >= least;
}

static bool accept(const char **next, const char *end, char wanted)
{
    if (*next >= end || **next != wanted) return false;
    ++*next;
    return true;
}

static bool is_day(int64_t year, int64_t month, int64_t day)
{
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= hl_days_in_month(year, (int)month);
}

bool hl_scan_date(const char **next, const char *end, int64_t *days)
{
    int64_t year, month, day;
    bool has_form = scan_number(next, end, 4, 4, &year) && accept(next, end, '-') && scan_number(next, end, 2, 2, &month) &&
                    accept(next, end, '-') && scan_number(next, end, 2, 2, &day);
    if (!has_form || !is_day(year, month, day)) return false;
    *days = hl_days_of(year, (int)month, (int)day);
    return true;
}

/// Reads `Z`, `+01:00`, `+0100` or `+01`; `offset` is the number of seconds to subtract.
static bool scan_zone(const char **next, const char *end, int64_t *offset)
{
    *offset = 0;
    if (accept(next, end, 'Z') || accept(next, end, 'z')) return true;
    bool is_west = *next < end && **next == '-';
    if (!is_west && (*next >= end || **next != '+')) return false;
    ++*next;
    int64_t hours, minutes = 0;
    if (!scan_number(next, end, 2, 2, &hours)) return false;
    bool has_colon = accept(next, end, ':');
    if (!scan_number(next, end, 2, 2, &minutes) && has_colon) return false;
    if (hours > 23 || minutes > 59) return false;
    *offset = (hours * 3600 + minutes * 60) * (is_west ? -1 : 1);
    return true;
}

/// Reads `06:00`, `06:00:00` or `06:00:00.123`; drops the fraction.
static bool scan_time(const char **next, const char *end, int64_t *seconds)
{
    int64_t hour, minute, second = 0, fraction;
    if (!scan_number(next, end, 2, 2, &hour) || !accept(next, end, ':') || !scan_number(next, end, 2, 2, &minute)) return false;
    if (accept(next, end, ':') && !scan_number(next, end, 2, 2, &second)) return false;
    if (accept(next, end, '.') && !scan_number(next, end, 1, 9, &fraction)) return false;
    // A leap second counts as the last second of its minute.
    if (hour > 23 || minute > 59 || second > 60) return false;
    *seconds = hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
    return true;
}

const char *hl_scan_iso(const char *text, size_t length, int64_t *seconds)
{
    const char *next = text, *end = text + length;
    int64_t days, time = 0, offset = 0;
    if (!hl_scan_date(&next, end, &days)) return not_iso;
    if (next < end) {
        if (!accept(&next, end, 'T') && !accept(&next, end, 't') && !accept(&next, end, ' ')) return not_iso;
        if (!scan_time(&next, end, &time)) return not_iso;
        if (next < end && !scan_zone(&next, end, &offset)) return not_iso;
    }
    if (next != end) return not_iso;
    *seconds = days * HL_DAY + time - offset;
    return NULL;
}

/// What a format has read so far.
typedef struct {
    int64_t year, month, day, hour, minute, second, offset;
    int half;
} found;

/// Reads the English name of a month, whole or its first three letters.
static bool scan_month(const char **next, const char *end, int64_t *month)
{
    static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
    char letters[10] = {0};
    size_t count = 0;
    while (*next + count < end && count < 9) {
        char lower = (char)((*next)[count] | 32);
        if (lower < 'a' || lower > 'z') break;
        letters[count++] = lower;
    }
    for (int i = 0; i < 12; i++) {
        bool is_whole = strlen(names[i]) == count && memcmp(names[i], letters, count) == 0;
        if (!is_whole && (count != 3 || memcmp(names[i], letters, 3) != 0)) continue;
        *next += count;
        *month = i + 1;
        return true;
    }
    return false;
}

static bool scan_half(const char **next, const char *end, int *half)
{
    if (end - *next < 2 || ((*next)[1] | 32) != 'm') return false;
    char first = (char)(**next | 32);
    if (first != 'a' && first != 'p') return false;
    *half = first == 'a' ? 1 : 2;
    *next += 2;
    return true;
}

/// Reads one part. Returns 1 for success, 0 for text that does not fit, -1 for an unknown mark.
static int scan_part(char mark, const char **next, const char *end, found *found)
{
    switch (mark) {
    case 'Y': return scan_number(next, end, 4, 4, &found->year);
    case 'y':
        if (!scan_number(next, end, 2, 2, &found->year)) return 0;
        // As in POSIX, 69 to 99 belong to the last century.
        found->year += found->year < 69 ? 2000 : 1900;
        return 1;
    case 'm': return scan_number(next, end, 1, 2, &found->month);
    case 'd':
    case 'e': return scan_number(next, end, 1, 2, &found->day);
    case 'H':
    case 'I': return scan_number(next, end, 1, 2, &found->hour);
    case 'M': return scan_number(next, end, 1, 2, &found->minute);
    case 'S': return scan_number(next, end, 1, 2, &found->second);
    case 'b':
    case 'B': return scan_month(next, end, &found->month);
    case 'p': return scan_half(next, end, &found->half);
    case 'z': return scan_zone(next, end, &found->offset);
    case '%': return accept(next, end, '%');
    default: return -1;
    }
}

const char *hl_scan_by_format(const char *text, size_t length, const char *format, size_t format_length, int64_t *seconds)
{
    const char *next = text, *end = text + length;
    found found = {.year = 1970, .month = 1, .day = 1};
    for (size_t i = 0; i < format_length; i++) {
        if (format[i] != '%') {
            if (!accept(&next, end, format[i])) return "it does not match the format";
            continue;
        }
        int result = scan_part(++i < format_length ? format[i] : 0, &next, end, &found);
        if (result < 0) return "format:date.parse knows only %Y %y %m %d %e %H %I %M %S %p %b %B %z and %%";
        if (result == 0) return "it does not match the format";
    }
    if (next != end) return "it has more text than the format";
    if (found.half != 0) {
        if (found.hour < 1 || found.hour > 12) return no_such_day;
        found.hour = found.hour % 12 + (found.half == 2 ? 12 : 0);
    }
    if (!is_day(found.year, found.month, found.day) || found.hour > 23 || found.minute > 59 || found.second > 59) return no_such_day;
    *seconds = hl_days_of(found.year, (int)found.month, (int)found.day) * HL_DAY + found.hour * 3600 + found.minute * 60 + found.second -
               found.offset;
    return NULL;
}
