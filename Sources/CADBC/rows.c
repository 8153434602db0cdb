#include "rows.h"

#include <stdio.h>
#include <string.h>

#include "stream.h"

enum { full_frame = 256 << 10, most_value = 128 << 20 };

void hl_adbc_execute(adbc_session *session, const char *statement)
{
    adbc_rows rows;
    bool is_end = !hl_adbc_start(session, statement, &rows), has_failed = is_end;
    // Some drivers run a statement only when its rows are asked for.
    if (!is_end && rows.stream.release != NULL) {
        has_failed = !hl_adbc_understand(&rows);
        is_end = has_failed;
        while (!is_end) {
            has_failed = !hl_adbc_next(&rows, &is_end);
            is_end = is_end || has_failed;
        }
    }
    hl_adbc_close(&rows);
    if (has_failed) return;
    hl_reader_begin_frame(HL_READER_DONE);
    hl_reader_end_frame();
}

/// The number that ODBC has for a type.
static int32_t number_of(const arrow_type *type)
{
    switch (type->kind) {
    case ARROW_BOOLEAN: return HL_TYPE_BOOLEAN;
    case ARROW_INTEGER: return type->width == 8 ? HL_TYPE_BIGINT : HL_TYPE_INTEGER;
    case ARROW_FLOAT: return type->width == 4 ? HL_TYPE_REAL : HL_TYPE_DOUBLE;
    case ARROW_DECIMAL: return HL_TYPE_DECIMAL;
    case ARROW_UNKNOWN: return HL_TYPE_BINARY;
    case ARROW_BYTES:
    case ARROW_FIXED_BYTES: return strcmp(type->name, "uuid") == 0 ? HL_TYPE_GUID : HL_TYPE_BINARY;
    case ARROW_DATE: return HL_TYPE_DATE;
    case ARROW_TIMESTAMP: return HL_TYPE_TIMESTAMP;
    // PostgreSQL's driver gives exact numbers as texts.
    case ARROW_TEXT: return strcmp(type->name, "numeric") == 0 ? HL_TYPE_DECIMAL : HL_TYPE_VARCHAR;
    default: return HL_TYPE_VARCHAR;
    }
}

void hl_adbc_describe(adbc_session *session, const char *query)
{
    adbc_rows rows;
    if (hl_adbc_start(session, query, &rows) && hl_adbc_understand(&rows)) {
        hl_reader_begin_frame(HL_READER_COLUMNS);
        hl_reader_put_number((int32_t)rows.type.child_count);
        for (int64_t i = 0; i < rows.type.child_count; i++) {
            const arrow_type *column = &rows.type.children[i];
            hl_reader_put_number(number_of(column));
            hl_reader_put_number(0);
            hl_reader_put_number(column->digits);
            hl_reader_put_text(column->key, strlen(column->key));
            hl_reader_put_text(column->name, strlen(column->name));
        }
        hl_reader_end_frame();
    }
    hl_adbc_close(&rows);
}

static void flush(bool wants_all)
{
    hl_reader_keep();
    if (hl_reader_frame_length() <= (wants_all ? 5 : full_frame)) return;
    hl_reader_end_frame();
    hl_reader_begin_frame(HL_READER_ROWS);
}

/// Puts a row. False after a fault that was answered.
static bool put_row(const arrow_type *type, const arrow_array *array, int64_t row)
{
    for (int64_t i = 0; i < type->child_count; i++) {
        const arrow_type *column = &type->children[i];
        const arrow_array *values = array->children[i];
        size_t place = hl_reader_frame_length();
        hl_reader_put_number(-1);
        // A row that is NULL as a whole has no values, whatever the columns say.
        if (hl_arrow_is_null(type, array, row) || hl_arrow_is_null(column, values, array->offset + row)) continue;
        bool is_put = hl_arrow_put(column, values, array->offset + row);
        size_t length = hl_reader_frame_length() - place - 4;
        if (!is_put || length > most_value) {
            hl_reader_answer_fault(HL_READER_LARGE, "HY000", "a value is larger than 128 MB");
            return false;
        }
        hl_reader_patch_number(place, (int32_t)length);
    }
    return true;
}

void hl_adbc_query(adbc_session *session, const char *query)
{
    adbc_rows rows;
    uint64_t count = 0;
    bool is_end = false, is_whole = hl_adbc_start(session, query, &rows) && hl_adbc_understand(&rows);
    for (int64_t i = 0; is_whole && i < rows.type.child_count; i++) {
        if (rows.type.children[i].kind != ARROW_UNKNOWN) continue;
        char text[300];
        snprintf(text, sizeof text, "the type '%s' of Arrow is not read; convert the column in the query", rows.type.children[i].name);
        hl_reader_answer_fault(HL_READER_BROKEN, "HY004", text);
        is_whole = false;
    }
    if (is_whole && rows.type.child_count == 0) {
        hl_reader_answer_fault(HL_READER_DIAGNOSED, "07005", "the statement has no rows");
        is_whole = false;
    }
    if (is_whole) hl_reader_begin_frame(HL_READER_ROWS);
    while (is_whole && !is_end) {
        is_whole = hl_adbc_next(&rows, &is_end);
        for (int64_t row = 0; is_whole && !is_end && row < rows.array.length; row++) {
            is_whole = put_row(&rows.type, &rows.array, row);
            if (is_whole) {
                count += 1;
                flush(false);
            }
        }
    }
    hl_adbc_close(&rows);
    if (!is_whole) return;
    flush(true);
    hl_reader_begin_frame(HL_READER_END);
    hl_reader_put(&count, sizeof count);
    hl_reader_end_frame();
}
