// What an answer tells of a failure, and of what scripts said and cost since the last time.

#include <string.h>

#include "vm.h"

void hl_put_error(const hl_error *error, hl_buffer *answer)
{
    hl_put_u32(answer, (uint32_t)error->status);
    hl_put_u32(answer, (uint32_t)error->line);
    hl_put_u64(answer, (uint64_t)error->row);
    hl_put_u32(answer, (uint32_t)error->step);
    hl_put_text(answer, error->file, strlen(error->file));
    hl_put_text(answer, error->message, error->message_length);
}

static void put_texts(const hl_text *texts, uint32_t first, uint32_t end, hl_buffer *answer)
{
    hl_put_u32(answer, end - first);
    for (uint32_t i = first; i < end; i++) hl_put_text(answer, texts[i].text, texts[i].length);
}

static void put_log(hl_vm *vm, hl_buffer *answer)
{
    hl_put_u32(answer, vm->log_count);
    for (uint32_t i = 0; i < vm->log_count; i++) {
        hl_put_u32(answer, vm->log[i].level);
        hl_put_u64(answer, (uint64_t)vm->log[i].row_number);
        hl_put_text(answer, vm->log[i].text, vm->log[i].length);
    }
    hl_log_clear(vm);
    hl_put_u64(answer, vm->log_dropped);
}

void hl_put_news(hl_vm *vm, hl_buffer *answer)
{
    put_texts(vm->reasons, vm->reasons_told, vm->reason_count, answer);
    vm->reasons_told = vm->reason_count;
    put_texts(vm->labels, vm->labels_told, vm->label_count, answer);
    vm->labels_told = vm->label_count;
    put_log(vm, answer);
    hl_put_u32(answer, vm->step_count);
    for (uint32_t i = 0; i < vm->step_count; i++) {
        hl_put_u64(answer, vm->steps[i].instructions);
        hl_put_u64(answer, vm->steps[i].pattern_steps);
        hl_put_u64(answer, (uint64_t)vm->steps[i].row_number);
    }
}
