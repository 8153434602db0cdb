// Values, and the lies about them.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake.h"

bool fake_is(const char *mode) { return strncmp(fake.mode, mode, strlen(mode)) == 0; }

bool fake_reads_blocks(void) { return strstr(fake.mode, "-singly") == NULL; }

/// How long the text of each row is: around the room of a cell, and around that of a piece.
static const long lengths[fake_rows] = {5, -1, 0, 4095, 4096, 9000, 1048575, 3000000};

static long length_of(long row) { return lengths[(row - 1) % fake_rows]; }

static char letter(long place) { return "abcdefghijklmnopqrstuvwxyz"[place % 26]; }

/// Writes as much of a value as there is room for, and tells its whole length.
static short write_value(long row, int column, size_t from, char *cell, long room, long *told, size_t *written)
{
    char text[32];
    long count = 0;
    *written = 0;
    if (column == 2) {
        double half = (double)row / 2;
        memcpy(cell, &half, sizeof half);
        *told = sizeof half;
        return SQL_SUCCESS;
    }
    if (column == 0) count = snprintf(text, sizeof text, "%ld", row);
    else count = length_of(row);
    if (count < 0) {
        *told = SQL_NULL_DATA;
        return SQL_SUCCESS;
    }
    long rest = count - (long)from, fits = rest < room - 1 ? rest : room - 1;
    for (long i = 0; i < fits; i++) cell[i] = column == 0 ? text[(long)from + i] : letter((long)from + i);
    cell[fits] = 0;
    *written = (size_t)fits;
    *told = rest;
    if (column == 1 && row == 4 && fake_is("short-length")) *told = 3;
    if (column == 1 && row == 1 && fake_is("long-length")) *told = 40;
    if (column == 1 && row == 3 && fake_is("negative-length")) *told = -7;
    if (fits == rest) return SQL_SUCCESS;
    if (fake_is("no-total")) *told = SQL_NO_TOTAL;
    // The length of what is there, as if that were all.
    if (fake_is("truncated")) *told = fits;
    return fake_is("truncated") ? SQL_SUCCESS : SQL_SUCCESS_WITH_INFO;
}

/// What happens before a row; SQL_SUCCESS if it comes.
static short before(long row)
{
    if (fake_is("noisy")) {
        for (int i = 0; i < 1000; i++) {
            printf("a row of somebody@example.com\n");
            fprintf(stderr, "a row of somebody@example.com\n");
        }
        fflush(stdout);
    }
    if (row == 6 && fake_is("error")) {
        snprintf(fake.error, sizeof fake.error, "invalid number \"ada@example.com\"");
        return SQL_ERROR;
    }
    if (row == 6 && fake_is("crash")) abort();
    if (row == 6 && fake_is("exit")) exit(0);
    if (row == 6 && fake_is("hang")) {
        for (;;) pause();
    }
    return row > fake_rows && !fake_is("endless") ? SQL_NO_DATA : SQL_SUCCESS;
}

EXPORTED short SQLBindCol(void *handle, unsigned short column, short type, void *cells, long room, long *lengths_there)
{
    (void)handle;
    (void)type;
    fake.bound[column - 1] = (fake_binding){cells, room, lengths_there};
    return SQL_SUCCESS;
}

EXPORTED short SQLFetch(void *handle)
{
    (void)handle;
    fake.given = 0;
    fake.asked = 0;
    if (fake.is_description) return SQL_NO_DATA;
    // Blocks of three rows, so that there are several.
    unsigned long most = fake.block > 3 ? 3 : fake.block, count = 0;
    fake.first = fake.row + 1;
    for (; count < most; count++) {
        short result = before(fake.row + 1);
        if (result == SQL_NO_DATA) break;
        if (result != SQL_SUCCESS) return result;
        fake.row += 1;
        for (int i = 0; i < fake_columns; i++) {
            fake_binding *bound = &fake.bound[i];
            size_t written;
            if (bound->cells == NULL || (count == 1 && fake_is("fewer-rows"))) continue;
            write_value(fake.row, i, 0, (char *)bound->cells + (long)count * bound->room, bound->room, &bound->lengths[count], &written);
        }
        if (fake.states != NULL) fake.states[count] = 0;
    }
    fake.place = fake.row;
    if (count == 0) return SQL_NO_DATA;
    if (fake.fetched != NULL) *fake.fetched = fake_is("more-rows") ? fake.block + 1 : count;
    if (fake_is("bad-row") && fake.states != NULL) {
        fake.states[1] = 5;
        snprintf(fake.error, sizeof fake.error, "a row cannot be read");
        return SQL_SUCCESS_WITH_INFO;
    }
    return SQL_SUCCESS;
}

EXPORTED short SQLSetPos(void *handle, unsigned short row, unsigned short how, unsigned short lock)
{
    (void)handle;
    (void)how;
    (void)lock;
    fake.place = fake.first + row - 1;
    fake.given = 0;
    fake.asked = 0;
    return SQL_SUCCESS;
}

EXPORTED short SQLGetData(void *handle, unsigned short column, short type, void *cell, long room, long *told)
{
    (void)handle;
    (void)type;
    if (fake.asked != column) fake.given = 0;
    fake.asked = column;
    if (column == 2 && fake.given > 0 && (fake_is("no-rest") || fake.given >= (size_t)length_of(fake.place))) {
        if (fake_is("endless-value")) fake.given = 1;
        else return SQL_NO_DATA;
    }
    if (column == 2 && fake.place == 5 && fake_is("refused-rest")) {
        snprintf(fake.error, sizeof fake.error, "the rest cannot be read");
        return SQL_ERROR;
    }
    size_t written;
    short result = write_value(fake.place, column - 1, fake.given, cell, room, told, &written);
    fake.given += written;
    if (column == 2 && fake_is("endless-value")) {
        *told = SQL_NO_TOTAL;
        memset(cell, 'x', (size_t)room - 1);
        ((char *)cell)[room - 1] = 0;
        fake.given = 1;
        return SQL_SUCCESS_WITH_INFO;
    }
    return result;
}
