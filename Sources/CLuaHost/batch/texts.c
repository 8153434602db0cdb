#include "texts.h"

#include <stdlib.h>
#include <string.h>

#include "vm/messages.h"

bool hl_texts_add(hl_texts *texts, const char *text, size_t length)
{
    if (texts->count == texts->capacity) {
        uint32_t capacity = texts->capacity == 0 ? 64 : 2 * texts->capacity;
        hl_text *grown = realloc(texts->all, capacity * sizeof *grown);
        if (grown == NULL) return false;
        texts->all = grown;
        texts->capacity = capacity;
    }
    char *copy = malloc(length + 1);
    if (copy == NULL) return false;
    memcpy(copy, text, length);
    copy[length] = 0;
    texts->all[texts->count++] = (hl_text){copy, length};
    return true;
}

void hl_texts_put(hl_texts *texts, hl_buffer *answer)
{
    hl_put_u32(answer, texts->count - texts->told);
    for (; texts->told < texts->count; texts->told++) {
        hl_put_text(answer, texts->all[texts->told].text, texts->all[texts->told].length);
    }
}

void hl_texts_free(hl_texts *texts)
{
    for (uint32_t i = 0; i < texts->count; i++) free(texts->all[i].text);
    free(texts->all);
}
