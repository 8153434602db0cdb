#include <stdlib.h>
#include <string.h>

#include "vm.h"

static char *copied(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy == NULL) return NULL;
    memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

static void free_source(hl_source *source)
{
    free(source->name);
    free(source->chunk);
    free(source->text);
    free(source->lines_run);
    free(source->functions_run);
}

size_t hl_mark_length(const void *text, size_t length)
{
    return length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

int32_t hl_add_source(hl_vm *vm, const char *module, const char *chunk, const uint8_t *text, size_t length)
{
    hl_sources *sources = &vm->sources;
    hl_source *grown = realloc(sources->all, (sources->count + 1) * sizeof *grown);
    if (grown == NULL) return HL_MEMORY;
    sources->all = grown;
    size_t mark = hl_mark_length(text, length);
    hl_source source = {
        .name = copied(module, strlen(module)), .text = copied((const char *)text + mark, length - mark), .length = length - mark};
    source.chunk = malloc(strlen(chunk) + 2);
    if (source.name == NULL || source.chunk == NULL || source.text == NULL) {
        free_source(&source);
        return HL_MEMORY;
    }
    source.chunk[0] = '=';  // "The rest is the name itself": lua_load.
    strcpy(source.chunk + 1, chunk);
    sources->all[sources->count++] = source;
    return HL_OK;
}

const hl_source *hl_find_source(const hl_sources *sources, const char *name)
{
    for (uint32_t i = 0; i < sources->count; i++) {
        if (strcmp(sources->all[i].name, name) == 0) return &sources->all[i];
    }
    return NULL;
}

int64_t hl_source_of_chunk(const hl_vm *vm, const char *chunk)
{
    for (uint32_t i = 0; i < vm->sources.count; i++) {
        if (strcmp(vm->sources.all[i].chunk, chunk) == 0) return i;
    }
    return -1;
}

void hl_free_sources(hl_vm *vm)
{
    for (uint32_t i = 0; i < vm->sources.count; i++) free_source(&vm->sources.all[i]);
    free(vm->sources.all);
}
