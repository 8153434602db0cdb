// The types of columns, which a driver writes as short texts, with more about them in metadata.

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrow.h"

enum { most_depth = 16, most_children = 10000 };

/// Finds a value of metadata: numbers of 32 bits with the lengths of keys and values before these.
static bool find(const char *metadata, const char *key, char *value, size_t room)
{
    int32_t count, length;
    if (metadata == NULL) return false;
    memcpy(&count, metadata, sizeof count);
    metadata += sizeof count;
    for (int32_t i = 0; i < count; i++) {
        memcpy(&length, metadata, sizeof length);
        if (length < 0) return false;
        const char *name = metadata + sizeof length;
        bool is_found = (size_t)length == strlen(key) && memcmp(name, key, (size_t)length) == 0;
        metadata = name + length;
        memcpy(&length, metadata, sizeof length);
        if (length < 0) return false;
        if (is_found && (size_t)length < room) {
            memcpy(value, metadata + sizeof length, (size_t)length);
            value[length] = 0;
            return true;
        }
        metadata += sizeof length + (size_t)length;
    }
    return false;
}

/// What the server calls the type of a column, if the driver says so.
static void name_type(const arrow_schema *schema, arrow_type *type, const char *otherwise)
{
    char value[256], extension[256] = {0};
    snprintf(type->name, sizeof type->name, "%s", otherwise);
    const char *const keys[] = {"ADBC:postgresql:typname", "SNOWFLAKE_TYPE", "logicalType", NULL};
    for (int i = 0; keys[i] != NULL; i++) {
        if (find(schema->metadata, keys[i], value, sizeof value)) snprintf(type->name, sizeof type->name, "%.63s", value);
    }
    if (!find(schema->metadata, "ARROW:extension:name", extension, sizeof extension)) return;
    if (strstr(extension, "json") != NULL) snprintf(type->name, sizeof type->name, "json");
    if (strcmp(extension, "arrow.uuid") == 0) snprintf(type->name, sizeof type->name, "uuid");
    if (strcmp(extension, "arrow.opaque") != 0 || !find(schema->metadata, "ARROW:extension:metadata", value, sizeof value)) return;
    const char *start = strstr(value, "\"type_name\"");
    start = start == NULL ? NULL : strchr(start + 11, '"');
    const char *end = start == NULL ? NULL : strchr(start + 1, '"');
    if (end != NULL) snprintf(type->name, sizeof type->name, "%.*s", (int)(end - start - 1), start + 1);
}

/// Takes the kind, the width, and more from the text of a format. False for one that is not read.
static bool take_format(const char *format, arrow_type *type, const char **name)
{
    static const char integers[] = "cCsSiIlL";
    static const char *const units = "smun";
    const char *found;
    int precision, digits, bits = 128;
    if (format[0] != 0 && format[1] == 0) {
        found = strchr(integers, format[0]);
        if (found != NULL) {
            *type = (arrow_type){.kind = ARROW_INTEGER, .width = 1 << (found - integers) / 2, .is_signed = (found - integers) % 2 == 0};
            *name = "integer";
            return true;
        }
        switch (format[0]) {
        case 'n': *type = (arrow_type){.kind = ARROW_NULL}; *name = "null"; return true;
        case 'b': *type = (arrow_type){.kind = ARROW_BOOLEAN}; *name = "boolean"; return true;
        case 'f':
        case 'g': *type = (arrow_type){.kind = ARROW_FLOAT, .width = format[0] == 'f' ? 4 : 8}; *name = "float"; return true;
        case 'u':
        case 'U': *type = (arrow_type){.kind = ARROW_TEXT, .width = format[0] == 'u' ? 4 : 8}; *name = "text"; return true;
        case 'z':
        case 'Z': *type = (arrow_type){.kind = ARROW_BYTES, .width = format[0] == 'z' ? 4 : 8}; *name = "binary"; return true;
        default: return false;
        }
    }
    if (sscanf(format, "w:%d", &digits) == 1 && digits >= 0) {
        *type = (arrow_type){.kind = ARROW_FIXED_BYTES, .width = digits};
        *name = "binary";
        return true;
    }
    if (sscanf(format, "d:%d,%d,%d", &precision, &digits, &bits) >= 2) {
        *type = (arrow_type){.kind = ARROW_DECIMAL, .width = bits / 8, .digits = digits};
        *name = "numeric";
        bool has_width = bits == 32 || bits == 64 || bits == 128 || bits == 256;
        return has_width && precision > 0 && precision <= 76 && digits >= -76 && digits <= 76;
    }
    if (strcmp(format, "tdD") == 0 || strcmp(format, "tdm") == 0) {
        *type = (arrow_type){.kind = ARROW_DATE, .width = format[2] == 'D' ? 4 : 8};
        *name = "date";
        return true;
    }
    if (strncmp(format, "tt", 2) == 0 && format[2] != 0 && (found = strchr(units, format[2])) != NULL && format[3] == 0) {
        *type = (arrow_type){.kind = ARROW_TIME, .width = found - units < 2 ? 4 : 8, .digits = 3 * (int32_t)(found - units)};
        *name = "time";
        return true;
    }
    if (strncmp(format, "ts", 2) == 0 && format[2] != 0 && (found = strchr(units, format[2])) != NULL && format[3] == ':') {
        bool has_zone = format[4] != 0;
        *type = (arrow_type){.kind = ARROW_TIMESTAMP, .width = 8, .digits = 3 * (int32_t)(found - units), .has_zone = has_zone};
        *name = has_zone ? "timestamp with time zone" : "timestamp without time zone";
        return true;
    }
    if (strcmp(format, "+l") == 0 || strcmp(format, "+L") == 0) {
        *type = (arrow_type){.kind = ARROW_LIST, .width = format[1] == 'l' ? 4 : 8, .child_count = 1};
        *name = "array";
        return true;
    }
    if (sscanf(format, "+w:%d", &digits) == 1 && digits >= 0) {
        *type = (arrow_type){.kind = ARROW_FIXED_LIST, .width = digits, .child_count = 1};
        *name = "array";
        return true;
    }
    if (strcmp(format, "+s") == 0) {
        *type = (arrow_type){.kind = ARROW_STRUCT, .child_count = -1};
        *name = "object";
        return true;
    }
    if (strcmp(format, "+m") == 0) {
        *type = (arrow_type){.kind = ARROW_MAP, .width = 4, .child_count = 1};
        *name = "object";
        return true;
    }
    return false;
}

static const char *understand(const arrow_schema *schema, arrow_type *type, int depth)
{
    const char *name = "";
    memset(type, 0, sizeof *type);
    if (schema == NULL || schema->release == NULL || schema->format == NULL) return "(none)";
    if (schema->dictionary != NULL) {
        // The values are in the dictionary; the array has numbers that name them.
        arrow_type index = {0};
        bool has_index = take_format(schema->format, &index, &name) && index.kind == ARROW_INTEGER;
        const char *fault = has_index ? understand(schema->dictionary, type, depth + 1) : schema->format;
        if (fault != NULL) return fault;
        if (type->is_indexed || type->kind >= ARROW_LIST) return schema->format;
        arrow_type *values = malloc(sizeof *values);
        if (values == NULL) _Exit(71);
        *values = *type;
        *type = (arrow_type){.kind = values->kind, .width = index.width, .is_signed = index.is_signed, .is_indexed = true, .child_count = 1};
        type->digits = values->digits;
        type->has_zone = values->has_zone;
        type->children = values;
        memcpy(type->name, values->name, sizeof type->name);
        type->key = schema->name == NULL ? "" : schema->name;
        return NULL;
    }
    if (!take_format(schema->format, type, &name)) {
        type->child_count = 0;
        return schema->format;
    }
    int64_t expected = type->child_count;
    type->child_count = 0;
    name_type(schema, type, name);
    type->key = schema->name == NULL ? "" : schema->name;
    if (expected < 0) expected = schema->child_count;
    if (expected != schema->child_count || expected < 0 || expected > most_children || depth > most_depth) return schema->format;
    if (expected == 0) return NULL;
    type->children = calloc((size_t)expected, sizeof *type->children);
    if (type->children == NULL) _Exit(71);
    type->child_count = expected;
    for (int64_t i = 0; i < expected; i++) {
        const char *fault = understand(schema->children[i], &type->children[i], depth + 1);
        if (fault != NULL && depth > 0) return fault;
        if (fault == NULL) continue;
        const arrow_schema *child = schema->children[i];
        hl_arrow_free(&type->children[i]);
        type->children[i].key = child == NULL || child->release == NULL || child->name == NULL ? "" : child->name;
        snprintf(type->children[i].name, sizeof type->children[i].name, "%s", fault);
    }
    if (type->kind == ARROW_MAP) {
        const arrow_type *entry = &type->children[0];
        bool is_map = entry->kind == ARROW_STRUCT && entry->child_count == 2 && entry->children[0].kind == ARROW_TEXT;
        if (!is_map || entry->children[0].is_indexed) return schema->format;
    }
    return NULL;
}

const char *hl_arrow_understand(const arrow_schema *schema, arrow_type *type) { return understand(schema, type, 0); }

void hl_arrow_free(arrow_type *type)
{
    for (int64_t i = 0; i < type->child_count; i++) hl_arrow_free(&type->children[i]);
    free(type->children);
    memset(type, 0, sizeof *type);
}
