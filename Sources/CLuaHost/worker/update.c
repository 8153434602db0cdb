#include <string.h>

#include "batch/batch.h"
#include "vm/vm.h"
#include "worker.h"

void hl_put_error(const hl_error *error, hl_buffer *answer)
{
    hl_put_u32(answer, (uint32_t)error->status);
    hl_put_u32(answer, (uint32_t)error->line);
    hl_put_u64(answer, (uint64_t)error->row);
    hl_put_u32(answer, (uint32_t)error->step);
    hl_put_text(answer, error->file, strlen(error->file));
    hl_put_text(answer, error->message, error->message_length);
}

static void put_log(hl_vm *vm, hl_buffer *answer)
{
    const hl_log *log = &vm->log;
    hl_put_u32(answer, log->count);
    for (uint32_t i = 0; i < log->count; i++) {
        hl_put_u32(answer, log->lines[i].level);
        hl_put_u64(answer, (uint64_t)log->lines[i].row_number);
        hl_put_text(answer, log->lines[i].text, log->lines[i].length);
    }
    hl_log_clear(vm);
    hl_put_u64(answer, log->dropped);
}

void hl_put_update(hl_vm *vm, hl_buffer *answer)
{
    hl_put_reasons(vm, answer);
    hl_put_labels(vm, answer);
    put_log(vm, answer);
    hl_put_costs(vm, answer);
}
