#include "csv_row.h"

#include <string.h>

/// Moves past the end of a cell: a comma, the end of a line, or the end of the text.
static void finish_cell(hl_row_reader *reader)
{
    if (reader->next < reader->end && *reader->next == ',') {
        reader->next++;
        return;
    }
    reader->is_row_done = true;
    if (reader->next < reader->end && *reader->next == '\r') reader->next++;
    if (reader->next < reader->end && *reader->next == '\n') reader->next++;
}

static hl_cell read_quoted(hl_row_reader *reader)
{
    hl_cell cell = {.start = ++reader->next};
    for (;;) {
        const char *quote = memchr(reader->next, '"', (size_t)(reader->end - reader->next));
        if (quote == NULL) {
            reader->problem = "a quote is never closed";
            reader->next = reader->end;
            reader->is_row_done = true;
            return cell;
        }
        reader->next = quote + 1;
        if (reader->next >= reader->end || *reader->next != '"') break;
        cell.has_quotes = true;
        reader->next++;
    }
    cell.length = (size_t)(reader->next - 1 - cell.start);
    char after = reader->next < reader->end ? *reader->next : '\n';
    if (after != ',' && after != '\n' && after != '\r') reader->problem = "text follows a closing quote";
    finish_cell(reader);
    return cell;
}

hl_cell hl_read_cell(hl_row_reader *reader)
{
    reader->is_row_done = false;
    if (reader->next < reader->end && *reader->next == '"') return read_quoted(reader);
    hl_cell cell = {.start = reader->next};
    while (reader->next < reader->end && *reader->next != ',' && *reader->next != '\n' && *reader->next != '\r') reader->next++;
    cell.length = (size_t)(reader->next - cell.start);
    finish_cell(reader);
    return cell;
}

size_t hl_cell_value(const hl_cell *cell, char *out)
{
    if (!cell->has_quotes) {
        memcpy(out, cell->start, cell->length);
        return cell->length;
    }
    size_t written = 0;
    for (size_t i = 0; i < cell->length; i++) {
        out[written++] = cell->start[i];
        if (cell->start[i] == '"') i++;
    }
    return written;
}
