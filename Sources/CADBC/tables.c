// What a driver says about its server: names, and tables.

#include <stdio.h>
#include <string.h>

#include "rows.h"
#include "stream.h"

/// The child of a structure with that name; NULL if there is none of that kind.
static const arrow_type *child(const arrow_type *type, const char *name, arrow_kind kind, int64_t *place)
{
    for (int64_t i = 0; type->kind == ARROW_STRUCT && i < type->child_count; i++) {
        if (strcmp(type->children[i].key, name) == 0 && type->children[i].kind == kind) {
            *place = i;
            return &type->children[i];
        }
    }
    return NULL;
}

static void put_name(const arrow_type *type, const arrow_array *array, int64_t index)
{
    int64_t length = 0;
    if (hl_arrow_is_null(type, array, index)) return hl_reader_put_number(-1);
    const char *bytes = hl_arrow_bytes(type, array, index, &length);
    hl_reader_put_text(bytes, length > 4096 ? 4096 : (size_t)length);
}

/// The places of what is used in the answer: catalogs with schemas with tables.
typedef struct {
    const arrow_type *catalog, *schemas, *schema, *tables, *table, *kind;
    int64_t catalog_at, schemas_at, schema_at, tables_at, table_at, kind_at;
} places;

static bool find_places(const arrow_type *type, places *found)
{
    found->catalog = child(type, "catalog_name", ARROW_TEXT, &found->catalog_at);
    found->schemas = child(type, "catalog_db_schemas", ARROW_LIST, &found->schemas_at);
    if (found->catalog == NULL || found->schemas == NULL || found->schemas->is_indexed) return false;
    const arrow_type *schema = &found->schemas->children[0];
    found->schema = child(schema, "db_schema_name", ARROW_TEXT, &found->schema_at);
    found->tables = child(schema, "db_schema_tables", ARROW_LIST, &found->tables_at);
    if (found->schema == NULL || found->tables == NULL || found->tables->is_indexed) return false;
    const arrow_type *table = &found->tables->children[0];
    found->table = child(table, "table_name", ARROW_TEXT, &found->table_at);
    found->kind = child(table, "table_type", ARROW_TEXT, &found->kind_at);
    return found->table != NULL && found->kind != NULL;
}

/// Puts the tables of one catalog, and counts them.
static void put_catalog(const places *at, const arrow_array *catalogs, int64_t row, uint64_t *count)
{
    int64_t catalog = catalogs->offset + row, first, schema_count, first_table, table_count;
    const arrow_array *schema_lists = catalogs->children[at->schemas_at];
    if (hl_arrow_is_null(at->schemas, schema_lists, catalog)) return;
    hl_arrow_items(at->schemas, schema_lists, catalog, &first, &schema_count);
    const arrow_array *schemas = schema_lists->children[0];
    for (int64_t i = 0; i < schema_count; i++) {
        int64_t schema = schemas->offset + first + i;
        const arrow_array *table_lists = schemas->children[at->tables_at];
        if (hl_arrow_is_null(at->tables, table_lists, schema)) continue;
        hl_arrow_items(at->tables, table_lists, schema, &first_table, &table_count);
        const arrow_array *tables = table_lists->children[0];
        for (int64_t j = 0; j < table_count; j++) {
            int64_t table = tables->offset + first_table + j;
            put_name(at->catalog, catalogs->children[at->catalog_at], catalog);
            put_name(at->schema, schemas->children[at->schema_at], schema);
            put_name(at->table, tables->children[at->table_at], table);
            put_name(at->kind, tables->children[at->kind_at], table);
            hl_reader_put_number(-1);
            *count += 1;
        }
    }
}

void hl_adbc_tables(adbc_session *session, const char *schema, const char *name)
{
    adbc_rows rows = {.session = session};
    adbc_error error = adbc_no_error();
    places at = {0};
    uint64_t count = 0;
    bool is_end = false;
    char catalog[256] = {0};
    size_t room = sizeof catalog;
    // Only of the database that the connection is for: a server may have very many.
    bool has_catalog = session->driver.connection_get_option != NULL
                       && session->driver.connection_get_option(&session->connection, "adbc.connection.catalog", catalog, &room, &error)
                              == ADBC_OK
                       && room > 1 && room <= sizeof catalog;
    if (error.release != NULL) error.release(&error);
    error = adbc_no_error();
    adbc_status status = session->driver.connection_get_objects(
        &session->connection, ADBC_DEPTH_TABLES, has_catalog ? catalog : NULL, schema[0] != 0 ? schema : NULL, name, NULL, NULL,
        &rows.stream, &error);
    if (status != ADBC_OK) hl_adbc_answer(session, status, &error);
    bool is_whole = status == ADBC_OK && hl_adbc_understand(&rows);
    if (is_whole && !find_places(&rows.type, &at)) {
        hl_reader_answer_fault(HL_READER_BROKEN, "HY000", "the driver lists tables in another way than ADBC 1.0 says");
        is_whole = false;
    }
    if (is_whole) hl_reader_begin_frame(HL_READER_ROWS);
    while (is_whole && !is_end) {
        is_whole = hl_adbc_next(&rows, &is_end);
        for (int64_t row = 0; is_whole && !is_end && row < rows.array.length; row++) put_catalog(&at, &rows.array, row, &count);
        if (is_whole) hl_reader_keep();
    }
    hl_adbc_close(&rows);
    if (!is_whole) return;
    hl_reader_begin_frame(HL_READER_END);
    hl_reader_put(&count, sizeof count);
    hl_reader_end_frame();
}
