// Schemas and arrays, and the lies about them.

#include <stdlib.h>
#include <string.h>

#include "fake.h"

/// A column: its name, its format, and its only value in the mode `types`, as the bytes of its second buffer.
typedef struct {
    const char *name, *format;
    const void *value;
} column;

static const uint8_t yes[] = {1};
static const int8_t i8[] = {-128};
static const uint8_t u8[] = {255};
static const int16_t i16[] = {-32768};
static const uint16_t u16[] = {65535};
static const int32_t i32[] = {INT32_MIN}, day[] = {-719528}, milli[] = {3723500}, decimal32[] = {-5};
static const uint32_t u32[] = {UINT32_MAX};
static const int64_t i64[] = {INT64_MIN}, date64[] = {-86400000}, moment[] = {-500000}, stamp[] = {253402300799LL}, nano[] = {1};
static const int64_t decimal64[] = {1234567}, micro[] = {86399999999LL};
static const uint64_t u64[] = {UINT64_MAX};
static const float real[] = {0.1f};
static const double number[] = {1e300};
// 10^38 - 1, and its negative with 76 digits behind the point.
static const uint64_t wide[] = {0x098A223FFFFFFFFFULL, 0x4B3B4CA85A86C47AULL};
static const uint64_t wider[] = {0xF675DDC000000001ULL, 0xB4C4B357A5793B85ULL, UINT64_MAX, UINT64_MAX};
static const char fixed[] = "\x01\xFE";

static const column typed[] = {
    {"yes", "b", yes}, {"i8", "c", i8}, {"u8", "C", u8}, {"i16", "s", i16}, {"u16", "S", u16}, {"i32", "i", i32}, {"u32", "I", u32},
    {"i64", "l", i64}, {"u64", "L", u64}, {"real", "f", real}, {"number", "g", number}, {"d32", "d:9,2,32", decimal32},
    {"d64", "d:18,3,64", decimal64}, {"d128", "d:38,0", wide}, {"d256", "d:76,76,256", wider}, {"minus", "d:5,-2,32", decimal32},
    {"day", "tdD", day}, {"date64", "tdm", date64}, {"time", "ttm", milli}, {"micro", "ttu", micro}, {"moment", "tsu:Europe/Paris", moment},
    {"stamp", "tss:", stamp}, {"nano", "tsn:UTC", nano}, {"fixed", "w:2", fixed}, {"nothing", "n", NULL},
};
enum { type_count = sizeof typed / sizeof *typed };

static const column plain[] = {{"id", "l", NULL}, {"note", "u", NULL}, {"score", "g", NULL}, {"list", "+l", NULL}, {"word", "c", NULL}};
enum { column_count = 5, row_count = 3 };

static void release_schema(arrow_schema *schema)
{
    for (int64_t i = 0; i < schema->child_count; i++) schema->children[i]->release = NULL;
    free(schema->children);
    schema->release = NULL;
}

void fake_schema(arrow_schema *schema)
{
    static arrow_schema children[type_count], item, words;
    bool is_typed = fake_is("types");
    const column *columns = is_typed ? typed : plain;
    int64_t count = is_typed ? type_count : column_count;
    *schema = (arrow_schema){.format = "+s", .name = "", .child_count = count, .release = release_schema};
    schema->children = calloc((size_t)count, sizeof *schema->children);
    item = (arrow_schema){.format = "i", .name = "item", .release = release_schema};
    words = (arrow_schema){.format = "u", .name = "", .release = release_schema};
    for (int64_t i = 0; i < count; i++) {
        children[i] = (arrow_schema){.format = columns[i].format, .name = columns[i].name, .release = release_schema};
        schema->children[i] = &children[i];
    }
    if (is_typed) return;
    children[3].child_count = 1;
    children[3].children = calloc(1, sizeof *children[3].children);
    children[3].children[0] = &item;
    children[4].dictionary = &words;
    if (fake_is("unknown-type")) children[2].format = "tiM";
    if (fake_is("unknown-format")) schema->format = "+q";
}

static void release_array(arrow_array *array)
{
    array->release = NULL;
}

/// The array of a mode in which all columns have one value.
static void give_types(arrow_array *array)
{
    static arrow_array children[type_count], *places[type_count];
    static const void *buffers[type_count][2], *none[1];
    for (int i = 0; i < type_count; i++) {
        buffers[i][1] = typed[i].value;
        children[i] = (arrow_array){
            .length = 1, .buffer_count = typed[i].value == NULL ? 0 : 2, .buffers = buffers[i], .release = release_array};
        places[i] = &children[i];
    }
    *array = (arrow_array){
        .length = 1, .buffer_count = 1, .buffers = none, .child_count = type_count, .children = places, .release = release_array};
}

bool fake_array(int number_of_array, arrow_array *array)
{
    static arrow_array children[column_count], *places[column_count], item, *item_place, words;
    static int64_t ids[4];
    static double scores[4];
    static int32_t offsets[5], list_offsets[5];
    static int32_t items[4];
    static int8_t indexes[4];
    static const int32_t word_offsets[] = {0, 3, 3, 8};
    static char *large;
    // Of four places, the first does not count: arrays may begin anywhere in their buffers.
    static const uint8_t marks[] = {0x0A};
    static const void *id_buffers[2], *note_buffers[3], *score_buffers[2], *list_buffers[2], *item_buffers[2], *word_buffers[2];
    static const void *dictionary_buffers[3], *no_marks[1];
    if (number_of_array > (fake_is("types") ? 0 : 1) && !fake_is("endless")) return false;
    if (fake_is("types")) {
        give_types(array);
        return true;
    }
    for (int i = 0; i < 4; i++) {
        ids[i] = (number_of_array * row_count) + i;
        scores[i] = (double)ids[i] / 2;
        items[i] = i;
        indexes[i] = (int8_t)(i % 3);
        list_offsets[i] = i;
    }
    list_offsets[4] = 4;
    memcpy(offsets, (const int32_t[]){9, 9, 12, 12, 17}, sizeof offsets);
    if (fake_is("falling-offsets")) offsets[3] = 2;
    if (fake_is("negative-offset")) memset(offsets, 0xFF, 8);
    if (fake_is("list-beyond")) list_offsets[4] = 5;
    if (fake_is("bad-index")) indexes[2] = 3;
    if (fake_is("negative-index")) indexes[2] = -1;
    note_buffers[0] = fake_is("no-marks") ? NULL : marks;
    note_buffers[1] = offsets;
    note_buffers[2] = "not thereé1two three";
    if (fake_is("large") && large == NULL) large = calloc(1, 140 << 20);
    if (fake_is("large")) {
        offsets[4] = 135 << 20;
        note_buffers[2] = large;
    }
    if (fake_is("no-text")) note_buffers[2] = NULL;
    id_buffers[1] = ids;
    score_buffers[1] = fake_is("no-values") ? NULL : scores;
    list_buffers[1] = list_offsets;
    item_buffers[1] = items;
    word_buffers[1] = indexes;
    dictionary_buffers[1] = word_offsets;
    dictionary_buffers[2] = "onethree";
    item = (arrow_array){.length = 4, .buffer_count = 2, .buffers = item_buffers, .release = release_array};
    words = (arrow_array){.length = 3, .buffer_count = 3, .buffers = dictionary_buffers, .release = release_array};
    item_place = &item;
    for (int i = 0; i < column_count; i++) {
        children[i] = (arrow_array){.length = row_count, .offset = 1, .buffer_count = 2, .release = release_array};
        places[i] = &children[i];
    }
    children[0].buffers = id_buffers;
    children[1].buffers = note_buffers;
    children[1].buffer_count = fake_is("few-buffers") ? 2 : 3;
    // The second of the three rows is NULL.
    children[1].null_count = fake_is("wrong-null-count") ? 0 : fake_is("uncounted") ? -1 : 1;
    children[2].buffers = score_buffers;
    if (fake_is("negative-length")) children[2].length = -1;
    if (fake_is("short-column")) children[2].length = row_count - 1;
    children[3].buffers = list_buffers;
    children[3].child_count = 1;
    children[3].children = &item_place;
    children[4].buffers = word_buffers;
    children[4].dictionary = fake_is("no-dictionary") ? NULL : &words;
    *array = (arrow_array){
        .length = row_count, .buffer_count = 1, .buffers = no_marks, .child_count = fake_is("few-columns") ? 4 : column_count,
        .children = places, .release = release_array};
    return true;
}
