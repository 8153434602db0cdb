// The names of the server's product and of the driver, which come in a union of types.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"

/// The child of a union that has the values marked with a number; NULL if none has, or if it has no texts.
static const arrow_array *texts_of(const arrow_schema *schema, const arrow_array *array, int8_t mark)
{
    const char *rest = strncmp(schema->format, "+ud:", 4) == 0 ? schema->format + 4 : NULL;
    for (int64_t i = 0; rest != NULL && i < schema->child_count && i < array->child_count; i++) {
        if (atoi(rest) == mark) return strcmp(schema->children[i]->format, "u") == 0 ? array->children[i] : NULL;
        rest = strchr(rest, ',');
        if (rest != NULL) rest += 1;
    }
    return NULL;
}

/// Takes the texts of both codes from an array.
static void take(const arrow_schema *schema, const arrow_array *array, char *vendor, char *name, size_t room)
{
    static const arrow_type text = {.kind = ARROW_TEXT, .width = 4};
    static const arrow_type code_type = {.kind = ARROW_INTEGER, .width = 4};
    if (schema->child_count != 2 || array->child_count != 2) return;
    const arrow_array *codes = array->children[0], *values = array->children[1];
    bool is_known = strcmp(schema->children[0]->format, "I") == 0 && hl_arrow_check(&code_type, codes) == NULL && values->buffer_count == 2
                    && values->buffers[0] != NULL && values->buffers[1] != NULL && array->offset == 0 && codes->length >= array->length
                    && values->length >= array->length;
    for (int64_t row = 0; is_known && row < array->length; row++) {
        uint32_t code = ((const uint32_t *)codes->buffers[1])[codes->offset + row];
        char *place = code == ADBC_INFO_VENDOR_NAME ? vendor : code == ADBC_INFO_DRIVER_NAME ? name : NULL;
        int8_t mark = ((const int8_t *)values->buffers[0])[values->offset + row];
        int64_t at = ((const int32_t *)values->buffers[1])[values->offset + row], length = 0;
        const arrow_array *texts = place == NULL ? NULL : texts_of(schema->children[1], values, mark);
        if (texts == NULL || hl_arrow_check(&text, texts) != NULL || at < 0 || at >= texts->length || hl_arrow_is_null(&text, texts, at)) {
            continue;
        }
        const char *bytes = hl_arrow_bytes(&text, texts, at, &length);
        snprintf(place, room, "%.*s", length > 200 ? 200 : (int)length, bytes);
    }
}

void hl_adbc_names(adbc_session *session, char *vendor, char *name, size_t room)
{
    const uint32_t codes[] = {ADBC_INFO_VENDOR_NAME, ADBC_INFO_DRIVER_NAME};
    arrow_stream stream = {0};
    arrow_schema schema = {0};
    arrow_array array = {0};
    adbc_error error = adbc_no_error();
    adbc_status status = session->driver.connection_get_info(&session->connection, codes, 2, &stream, &error);
    // A server without a name has the dialect that its source says.
    bool is_open = status == ADBC_OK && stream.release != NULL && stream.get_schema(&stream, &schema) == 0 && schema.release != NULL
                   && schema.format != NULL && strcmp(schema.format, "+s") == 0;
    while (is_open && stream.get_next(&stream, &array) == 0 && array.release != NULL) {
        take(&schema, &array, vendor, name, room);
        array.release(&array);
        array = (arrow_array){0};
    }
    if (schema.release != NULL) schema.release(&schema);
    if (stream.release != NULL) stream.release(&stream);
    if (error.release != NULL) error.release(&error);
}
