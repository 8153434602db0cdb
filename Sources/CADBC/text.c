// The texts of values: as PostgreSQL spells them, so that a key is the same through every door.

#include <stdio.h>
#include <string.h>

#include "CReader.h"
#include "arrow.h"

enum { most_value = 128 << 20 };

static bool put_json(const arrow_type *type, const arrow_array *array, int64_t index);

static void put_text(const char *text) { hl_reader_put(text, strlen(text)); }

static int64_t divide(int64_t number, int64_t by, int64_t *rest)
{
    int64_t whole = number / by;
    *rest = number % by;
    if (*rest < 0) {
        *rest += by;
        whole -= 1;
    }
    return whole;
}

/// The date of a day since 1970, in the Gregorian calendar (howardhinnant.github.io/date_algorithms.html). True if it is before the year 1.
static bool put_day(int64_t days)
{
    char text[48];
    int64_t rest, era = divide(days + 719468, 146097, &rest);
    int64_t year_of_era = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int64_t day_of_year = rest - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    int civil_month = (int)(month < 10 ? month + 3 : month - 9);
    int64_t year = year_of_era + era * 400 + (civil_month <= 2);
    snprintf(text, sizeof text, "%04lld-%02d-%02d", (long long)(year > 0 ? year : 1 - year), civil_month, day);
    put_text(text);
    return year <= 0;
}

static void put_time(int64_t seconds, int64_t fraction, int digits)
{
    char text[64];
    snprintf(
        text, sizeof text, "%02lld:%02lld:%02lld", (long long)(seconds / 3600), (long long)(seconds / 60 % 60), (long long)(seconds % 60));
    put_text(text);
    if (fraction == 0) return;
    int count = snprintf(text, sizeof text, ".%0*lld", digits, (long long)fraction);
    while (text[count - 1] == '0') count -= 1;
    hl_reader_put(text, (size_t)count);
}

static int64_t units(int digits) { return digits == 0 ? 1 : digits == 3 ? 1000 : digits == 6 ? 1000000 : 1000000000; }

static void put_timestamp(const arrow_type *type, int64_t value)
{
    int64_t fraction, second;
    int64_t seconds = divide(value, units(type->digits), &fraction);
    int64_t day = divide(seconds, 86400, &second);
    bool is_before = put_day(day);
    put_text(" ");
    put_time(second, fraction, type->digits);
    if (type->has_zone) put_text("+00");
    if (is_before) put_text(" BC");
}

/// A number of up to 256 bits, in two's complement and the machine's order of bytes, which is little-endian wherever Hookline runs.
static void put_decimal(const arrow_type *type, const char *bytes)
{
    uint32_t words[8];
    char reversed[96], text[256];
    int32_t count = type->width / 4, length = 0, used = 0;
    memcpy(words, bytes, (size_t)type->width);
    bool is_negative = (words[count - 1] & 0x80000000u) != 0;
    for (int32_t i = 0, carry = 1; is_negative && i < count; i++) {
        words[i] = ~words[i] + (uint32_t)carry;
        carry = carry && words[i] == 0;
    }
    for (bool is_zero = false; !is_zero && length < 90;) {
        uint64_t rest = 0;
        is_zero = true;
        for (int32_t i = count - 1; i >= 0; i--) {
            uint64_t part = rest << 32 | words[i];
            words[i] = (uint32_t)(part / 10);
            rest = part % 10;
            is_zero = is_zero && words[i] == 0;
        }
        reversed[length++] = (char)('0' + rest);
    }
    // A zero stays one, whatever its scale.
    bool is_nothing = length == 1 && reversed[0] == '0';
    if (is_negative && !is_nothing) text[used++] = '-';
    int32_t behind = type->digits > 0 ? type->digits : 0;
    while (length <= behind) reversed[length++] = '0';
    for (int32_t i = length - 1; i >= 0; i--) {
        text[used++] = reversed[i];
        if (i == behind && behind > 0) text[used++] = '.';
    }
    for (int32_t i = type->digits; i < 0 && !is_nothing; i++) text[used++] = '0';
    hl_reader_put(text, (size_t)used);
}

static void put_integer(const arrow_type *type, const void *values, int64_t at)
{
    char text[32];
    unsigned long long plain = 0;
    long long number = 0;
    switch (type->width) {
    case 1: number = ((const int8_t *)values)[at]; plain = ((const uint8_t *)values)[at]; break;
    case 2: number = ((const int16_t *)values)[at]; plain = ((const uint16_t *)values)[at]; break;
    case 4: number = ((const int32_t *)values)[at]; plain = ((const uint32_t *)values)[at]; break;
    default: number = ((const int64_t *)values)[at]; plain = ((const uint64_t *)values)[at]; break;
    }
    if (type->is_signed) snprintf(text, sizeof text, "%lld", number);
    else snprintf(text, sizeof text, "%llu", plain);
    put_text(text);
}

static int64_t value_at(const arrow_type *type, const void *values, int64_t at)
{
    return type->width == 4 ? ((const int32_t *)values)[at] : ((const int64_t *)values)[at];
}

static int64_t index_at(const arrow_type *type, const void *values, int64_t at)
{
    switch (type->width) {
    case 1: return type->is_signed ? ((const int8_t *)values)[at] : ((const uint8_t *)values)[at];
    case 2: return type->is_signed ? ((const int16_t *)values)[at] : ((const uint16_t *)values)[at];
    case 4: return type->is_signed ? ((const int32_t *)values)[at] : ((const uint32_t *)values)[at];
    default: return ((const int64_t *)values)[at];
    }
}

static void put_bytes(const arrow_type *type, const char *bytes, int64_t length)
{
    static const char digits[] = "0123456789abcdef";
    bool is_uuid = strcmp(type->name, "uuid") == 0 && length == 16;
    for (int64_t i = 0; i < length; i++) {
        if (is_uuid && (i == 4 || i == 6 || i == 8 || i == 10)) put_text("-");
        char pair[2] = {digits[(unsigned char)bytes[i] >> 4], digits[bytes[i] & 15]};
        hl_reader_put(pair, 2);
    }
}

bool hl_arrow_put(const arrow_type *type, const arrow_array *array, int64_t index)
{
    int64_t at = array->offset + index, length = 0, rest = 0, seconds = 0;
    const void *values = array->buffer_count > 1 ? array->buffers[1] : NULL;
    if (type->is_indexed) return hl_arrow_put(&type->children[0], array->dictionary, index_at(type, values, at));
    switch (type->kind) {
    case ARROW_NULL: return true;
    case ARROW_BOOLEAN: put_text(((const uint8_t *)values)[at >> 3] >> (at & 7) & 1 ? "1" : "0"); return true;
    case ARROW_INTEGER: put_integer(type, values, at); return true;
    case ARROW_FLOAT:
        if (type->width == 4) hl_reader_put_float(((const float *)values)[at]);
        else hl_reader_put_double(((const double *)values)[at]);
        return true;
    case ARROW_DECIMAL: put_decimal(type, (const char *)values + at * type->width); return true;
    case ARROW_TEXT:
    case ARROW_BYTES:
    case ARROW_FIXED_BYTES: {
        const char *bytes = hl_arrow_bytes(type, array, index, &length);
        if (length > most_value) return false;
        if (type->kind == ARROW_TEXT) hl_reader_put(bytes, (size_t)length);
        else put_bytes(type, bytes, length);
        return true;
    }
    case ARROW_DATE:
        rest = value_at(type, values, at);
        if (put_day(type->width == 4 ? rest : divide(rest, 86400000, &seconds))) put_text(" BC");
        return true;
    case ARROW_TIME:
        seconds = divide(value_at(type, values, at), units(type->digits), &rest);
        put_time(seconds, rest, type->digits);
        return true;
    case ARROW_TIMESTAMP: put_timestamp(type, ((const int64_t *)values)[at]); return true;
    default: return put_json(type, array, index);
    }
}

static void put_string(const char *bytes, int64_t length)
{
    char escape[8];
    put_text("\"");
    for (int64_t i = 0; i < length;) {
        int64_t plain = i;
        while (plain < length && (unsigned char)bytes[plain] >= 0x20 && bytes[plain] != '"' && bytes[plain] != '\\') plain += 1;
        hl_reader_put(bytes + i, (size_t)(plain - i));
        if (plain < length) {
            snprintf(escape, sizeof escape, "\\u%04x", (unsigned char)bytes[plain]);
            put_text(escape);
            plain += 1;
        }
        i = plain;
    }
    put_text("\"");
}

/// Puts the items of a list, or the pairs of a map.
static bool put_items(const arrow_type *type, const arrow_array *array, int64_t index)
{
    int64_t first, count, length;
    hl_arrow_items(type, array, index, &first, &count);
    bool is_map = type->kind == ARROW_MAP;
    const arrow_array *items = array->children[0];
    put_text(is_map ? "{" : "[");
    for (int64_t i = 0; i < count; i++) {
        if (i > 0) put_text(",");
        if (!is_map) {
            if (!put_json(&type->children[0], items, first + i)) return false;
            continue;
        }
        const arrow_type *entry = &type->children[0];
        int64_t at = items->offset + first + i;
        const char *key = hl_arrow_bytes(&entry->children[0], items->children[0], at, &length);
        put_string(key, length);
        put_text(":");
        if (!put_json(&entry->children[1], items->children[1], at)) return false;
    }
    put_text(is_map ? "}" : "]");
    return true;
}

static bool put_json(const arrow_type *type, const arrow_array *array, int64_t index)
{
    int64_t length;
    if (hl_reader_frame_length() > 2u * most_value) return false;
    if (hl_arrow_is_null(type, array, index)) {
        put_text("null");
        return true;
    }
    switch (type->kind) {
    case ARROW_LIST:
    case ARROW_FIXED_LIST:
    case ARROW_MAP: return put_items(type, array, index);
    case ARROW_STRUCT:
        put_text("{");
        for (int64_t i = 0; i < type->child_count; i++) {
            if (i > 0) put_text(",");
            put_string(type->children[i].key, (int64_t)strlen(type->children[i].key));
            put_text(":");
            if (!put_json(&type->children[i], array->children[i], array->offset + index)) return false;
        }
        put_text("}");
        return true;
    case ARROW_BOOLEAN: {
        bool is_true = false;
        if (type->is_indexed) return false;
        is_true = ((const uint8_t *)array->buffers[1])[(array->offset + index) >> 3] >> ((array->offset + index) & 7) & 1;
        put_text(is_true ? "true" : "false");
        return true;
    }
    case ARROW_TEXT: {
        const char *bytes = hl_arrow_bytes(type, array, index, &length);
        if (length > most_value) return false;
        // JSON inside of a list stays JSON.
        if (strcmp(type->name, "json") == 0 || strcmp(type->name, "jsonb") == 0) hl_reader_put(bytes, (size_t)length);
        else if (strcmp(type->name, "numeric") == 0 && length > 0 && ((unsigned char)bytes[length - 1] - '0') < 10u) {
            hl_reader_put(bytes, (size_t)length);
        } else put_string(bytes, length);
        return true;
    }
    case ARROW_FLOAT: {
        double number = type->width == 4 ? ((const float *)array->buffers[1])[array->offset + index]
                                         : ((const double *)array->buffers[1])[array->offset + index];
        // JSON has no word for what is no number.
        if (number - number != 0) {
            put_text("null");
            return true;
        }
        return hl_arrow_put(type, array, index);
    }
    case ARROW_INTEGER:
    case ARROW_DECIMAL: return hl_arrow_put(type, array, index);
    default: {
        put_text("\"");
        bool is_put = hl_arrow_put(type, array, index);
        put_text("\"");
        return is_put;
    }
    }
}
