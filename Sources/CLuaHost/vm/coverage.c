#include <stdlib.h>
#include <string.h>

#include "vm.h"

/// A source of 64 KB has no more lines than bytes.
enum { MAX_LINES = 64 << 10, BITMAP_BYTES = MAX_LINES / 8 + 1 };

static void mark(uint8_t **bitmap, int line)
{
    if (line <= 0 || line >= MAX_LINES) return;
    if (*bitmap == NULL) *bitmap = calloc(1, BITMAP_BYTES);
    if (*bitmap != NULL) (*bitmap)[line / 8] |= (uint8_t)(1 << line % 8);
}

void hl_note_coverage(lua_State *L, lua_Debug *activation)
{
    hl_vm *vm = hl_vm_of(L);
    if (!lua_getinfo(L, "Sl", activation)) return;
    int64_t number = hl_source_of_chunk(vm, activation->source);
    if (number < 0) return;
    mark(&vm->sources.all[number].lines_run, activation->currentline);
    mark(&vm->sources.all[number].functions_run, activation->linedefined);
}

static void put_lines(const uint8_t *bitmap, hl_buffer *answer)
{
    uint32_t count = 0;
    for (int line = 0; bitmap != NULL && line < MAX_LINES; line++) count += bitmap[line / 8] >> line % 8 & 1;
    hl_put_u32(answer, count);
    for (int line = 0; bitmap != NULL && line < MAX_LINES; line++) {
        if (bitmap[line / 8] >> line % 8 & 1) hl_put_u32(answer, (uint32_t)line);
    }
}

void hl_put_coverage(const hl_vm *vm, hl_buffer *answer)
{
    hl_put_u32(answer, vm->sources.count);
    for (uint32_t i = 0; i < vm->sources.count; i++) {
        const hl_source *source = &vm->sources.all[i];
        // Without the `=` that tells Lua that the rest is the name.
        hl_put_text(answer, source->chunk + 1, strlen(source->chunk + 1));
        put_lines(source->lines_run, answer);
        put_lines(source->functions_run, answer);
    }
}
