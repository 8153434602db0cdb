// Every length that the driver tells is compared with the room that it had: drivers describe columns as shorter than their values, and
// not all say so when they cut one.

#include "rows.h"

#include <stdlib.h>
#include <string.h>

enum { cell_room = 4096, number_room = 64, block_room = 4 << 20, most_rows = 1000, piece_room = 1 << 20 };
enum { most_value = 128 << 20, full_frame = 256 << 10 };

/// A column, and where the driver puts a block of its values.
typedef struct {
    int16_t type;
    sql_length room;
    char *cells;
    sql_length *lengths;
} column;

void hl_odbc_answer_columns(sql_handle statement)
{
    int16_t count = 0;
    if (!hl_odbc_succeeded(hl_odbc.NumResultCols(statement, &count))) return hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
    hl_reader_begin_frame(HL_READER_COLUMNS);
    hl_reader_put_number(count);
    for (uint16_t i = 1; i <= count; i++) {
        sql_char name[1024], type_name[256] = {0};
        int16_t units = 0, type = 0, digits = 0, nullable = 0, bytes = 0;
        uintptr_t size = 0;
        sql_length unused = 0;
        if (!hl_odbc_succeeded(hl_odbc.DescribeCol(
                statement, i, name, sizeof name / sizeof *name, &units, &type, &size, &digits, &nullable))) {
            return hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
        }
        if (units < 0 || (size_t)units >= sizeof name / sizeof *name) {
            return hl_reader_answer_fault(HL_READER_CUT, "01004", "the name of a column is longer than 1,023 characters");
        }
        hl_odbc.ColAttribute(statement, i, SQL_DESC_TYPE_NAME, type_name, sizeof type_name, &bytes, &unused);
        hl_reader_put_number(type);
        hl_reader_put_number(size > INT32_MAX ? INT32_MAX : (int32_t)size);
        hl_reader_put_number(digits);
        hl_reader_put_wide(name, (size_t)units);
        size_t type_units = 0;
        while (type_units < 255 && type_name[type_units] != 0) type_units++;
        hl_reader_put_wide(type_name, type_units);
    }
    hl_reader_end_frame();
}

static int16_t c_type(const column *column)
{
    // As text, drivers write fewer digits than a number has.
    switch (column->type) {
    case SQL_REAL: return SQL_C_FLOAT;
    case SQL_FLOAT:
    case SQL_DOUBLE: return SQL_C_DOUBLE;
    default: return SQL_C_CHAR;
    }
}

static void put_number_text(int16_t type, const char *cell)
{
    size_t place = hl_reader_frame_length();
    double number;
    float single;
    hl_reader_put_number(0);
    if (type == SQL_C_FLOAT) {
        memcpy(&single, cell, sizeof single);
        hl_reader_put_float(single);
    } else {
        memcpy(&number, cell, sizeof number);
        hl_reader_put_double(number);
    }
    hl_reader_patch_number(place, (int32_t)(hl_reader_frame_length() - place - 4));
}

/// Whether the value is not all in its cell. A text that fills its room to the last byte may be the rest of a longer one.
static bool is_cut(int16_t type, sql_length told, sql_length room)
{
    return type == SQL_C_CHAR && (told == SQL_NO_TOTAL || told >= room - 1);
}

/// Whether a text ends where the driver says, and nowhere before: a length that is too small would cut it without a word.
static bool ends_there(const char *text, sql_length told) { return text[told] == 0 && memchr(text, 0, (size_t)told) == NULL; }

static bool answer_wrong_end(void)
{
    hl_reader_answer_fault(
        HL_READER_CUT, "22026", "a text does not end where its driver says that it does, or there is a NUL character in it");
    return false;
}

/// Puts a value that the driver hands over in pieces. False after a fault that was answered.
static bool put_in_pieces(sql_handle statement, uint16_t number, int16_t type)
{
    static char *piece;
    if (piece == NULL && (piece = malloc(piece_room)) == NULL) _Exit(71);
    size_t place = hl_reader_frame_length(), count = 0;
    sql_length whole = -1;
    hl_reader_put_number(-1);
    for (bool is_first = true;; is_first = false) {
        sql_length told = 0;
        sql_return result = hl_odbc.GetData(statement, number, type, piece, piece_room, &told);
        if (result == SQL_NO_DATA && !is_first) break;
        if (!hl_odbc_succeeded(result)) {
            hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
            return false;
        }
        if (told == SQL_NULL_DATA) return true;
        if (type != SQL_C_CHAR) {
            hl_reader_shorten_frame(place);
            put_number_text(type, piece);
            return true;
        }
        if (told < 0 && told != SQL_NO_TOTAL) {
            hl_reader_answer_fault(HL_READER_BROKEN, "HY090", "the driver tells a length that cannot be");
            return false;
        }
        if (is_first && told >= 0) whole = told;
        bool has_more = is_cut(type, told, piece_room);
        if (!has_more && !ends_there(piece, told)) return answer_wrong_end();
        size_t got = has_more ? strnlen(piece, piece_room - 1) : (size_t)told;
        hl_reader_put(piece, got);
        count += got;
        if (count > most_value || whole > most_value) {
            hl_reader_answer_fault(HL_READER_LARGE, "HY000", "a value is larger than 128 MB");
            return false;
        }
        if (!has_more) break;
        if (got == 0) {
            hl_reader_answer_fault(HL_READER_CUT, "01004", "the driver does not give the rest of a value");
            return false;
        }
    }
    if (whole >= 0 && (size_t)whole != count) {
        hl_reader_answer_fault(HL_READER_CUT, "01004", "the driver gave another number of bytes than it said");
        return false;
    }
    hl_reader_patch_number(place, (int32_t)count);
    return true;
}

static void flush_rows(bool wants_all)
{
    hl_reader_keep();
    if (hl_reader_frame_length() <= (wants_all ? 5 : full_frame)) return;
    hl_reader_end_frame();
    hl_reader_begin_frame(HL_READER_ROWS);
}

/// Puts a row of a block. False after a fault that was answered.
static bool put_row(sql_handle statement, const column *columns, int16_t count, size_t row)
{
    bool is_placed = false;
    for (int16_t i = 0; i < count; i++) {
        const column *column = &columns[i];
        int16_t type = c_type(column);
        sql_length told = column->lengths[row];
        const char *cell = column->cells + row * (size_t)column->room;
        if (told == SQL_NULL_DATA) {
            hl_reader_put_number(-1);
        } else if (is_cut(type, told, column->room)) {
            if (!is_placed && !hl_odbc_succeeded(hl_odbc.SetPos(statement, row + 1, 0, 0))) {
                hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
                return false;
            }
            is_placed = true;
            if (!put_in_pieces(statement, (uint16_t)(i + 1), type)) return false;
        } else if (told < 0) {
            hl_reader_answer_fault(HL_READER_BROKEN, "HY090", "the driver tells a length that cannot be");
            return false;
        } else if (type == SQL_C_CHAR) {
            if (!ends_there(cell, told)) return answer_wrong_end();
            hl_reader_put_text(cell, (size_t)told);
        } else {
            put_number_text(type, cell);
        }
    }
    return true;
}

/// Reads row after row, each value asked for by itself: every driver can.
static bool read_singly(sql_handle statement, const column *columns, int16_t count, uint64_t *rows)
{
    for (;;) {
        sql_return result = hl_odbc.Fetch(statement);
        if (result == SQL_NO_DATA) return true;
        if (!hl_odbc_succeeded(result)) {
            hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
            return false;
        }
        for (int16_t i = 0; i < count; i++) {
            if (!put_in_pieces(statement, (uint16_t)(i + 1), c_type(&columns[i]))) return false;
        }
        *rows += 1;
        flush_rows(false);
    }
}

/// Reads blocks of rows into bound cells.
static bool read_blocks(sql_handle statement, const column *columns, int16_t count, size_t size, uint64_t *rows)
{
    uint16_t *states = calloc(size, sizeof *states);
    uintptr_t fetched = 0;
    if (states == NULL) _Exit(71);
    bool is_set = hl_odbc_succeeded(hl_odbc.SetStmtAttr(statement, SQL_ATTR_ROW_ARRAY_SIZE, (void *)size, 0))
                  && hl_odbc_succeeded(hl_odbc.SetStmtAttr(statement, SQL_ATTR_ROW_STATUS_PTR, states, 0))
                  && hl_odbc_succeeded(hl_odbc.SetStmtAttr(statement, SQL_ATTR_ROWS_FETCHED_PTR, &fetched, 0));
    for (int16_t i = 0; is_set && i < count; i++) {
        is_set = hl_odbc_succeeded(hl_odbc.BindCol(
            statement, (uint16_t)(i + 1), c_type(&columns[i]), columns[i].cells, columns[i].room, columns[i].lengths));
    }
    bool is_whole = is_set;
    if (!is_set) hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
    while (is_whole) {
        // A driver that fills fewer rows than it says leaves lengths that cannot be.
        for (int16_t i = 0; i < count; i++) {
            for (size_t row = 0; row < size; row++) columns[i].lengths[row] = -99;
        }
        sql_return result = hl_odbc.Fetch(statement);
        if (result == SQL_NO_DATA) break;
        if (!hl_odbc_succeeded(result)) {
            hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
            is_whole = false;
        }
        if (is_whole && fetched > size) {
            hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the driver tells of more rows than it was asked for");
            is_whole = false;
        }
        for (size_t row = 0; is_whole && row < fetched; row++) {
            if (states[row] == SQL_ROW_ERROR) {
                hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
                is_whole = false;
            } else {
                is_whole = put_row(statement, columns, count, row);
            }
            if (is_whole) {
                *rows += 1;
                flush_rows(false);
            }
        }
    }
    hl_odbc.FreeStmt(statement, SQL_UNBIND);
    free(states);
    return is_whole;
}

void hl_odbc_answer_rows(hl_odbc_session *session, sql_handle statement)
{
    int16_t count = 0;
    if (!hl_odbc_succeeded(hl_odbc.NumResultCols(statement, &count))) return hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
    if (count == 0) return hl_reader_answer_fault(HL_READER_DIAGNOSED, "07005", "the statement has no rows");
    column *columns = calloc((size_t)count, sizeof *columns);
    if (columns == NULL) _Exit(71);
    size_t width = 0;
    for (int16_t i = 0; i < count; i++) {
        sql_char name[2];
        int16_t units, digits, nullable;
        uintptr_t size;
        if (!hl_odbc_succeeded(hl_odbc.DescribeCol(
                statement, (uint16_t)(i + 1), name, 2, &units, &columns[i].type, &size, &digits, &nullable))) {
            free(columns);
            return hl_odbc_answer_diagnosis(SQL_HANDLE_STMT, statement);
        }
        columns[i].room = c_type(&columns[i]) == SQL_C_CHAR ? cell_room : number_room;
        width += (size_t)columns[i].room;
    }
    uint32_t abilities = 0;
    int16_t unused = 0;
    hl_odbc.GetInfo(session->connection, SQL_GETDATA_EXTENSIONS, &abilities, sizeof abilities, &unused);
    bool has_blocks = (abilities & SQL_GD_BLOCK) != 0 && (abilities & SQL_GD_BOUND) != 0;
    size_t size = block_room / width < 1 ? 1 : block_room / width > most_rows ? most_rows : block_room / width;
    for (int16_t i = 0; has_blocks && i < count; i++) {
        columns[i].cells = malloc(size * (size_t)columns[i].room);
        columns[i].lengths = calloc(size, sizeof *columns[i].lengths);
        if (columns[i].cells == NULL || columns[i].lengths == NULL) _Exit(71);
    }
    uint64_t rows = 0;
    hl_reader_begin_frame(HL_READER_ROWS);
    bool is_whole = has_blocks ? read_blocks(statement, columns, count, size, &rows) : read_singly(statement, columns, count, &rows);
    for (int16_t i = 0; i < count; i++) {
        free(columns[i].cells);
        free(columns[i].lengths);
    }
    free(columns);
    if (!is_whole) return;
    flush_rows(true);
    hl_reader_begin_frame(HL_READER_END);
    hl_reader_put(&rows, sizeof rows);
    hl_reader_end_frame();
}
