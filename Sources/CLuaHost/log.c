// Lines that scripts log: kept outside the virtual machine, bounded in number and length.

#include <stdlib.h>
#include <string.h>

#include "vm.h"

void hl_log(hl_vm *vm, uint32_t level, const char *text, size_t length)
{
    if (vm->log == NULL) vm->log = calloc(vm->limits.log_lines, sizeof *vm->log);
    if (vm->log == NULL || vm->log_total >= vm->limits.log_lines) {
        vm->log_dropped++;
        return;
    }
    char line[HL_LOG_LINE_BYTES];
    size_t kept = hl_utf8_repair(text, length, line, sizeof line);
    char *copy = malloc(kept + 1);
    if (copy == NULL) return;
    memcpy(copy, line, kept);
    copy[kept] = 0;
    vm->log[vm->log_count++] = (hl_text){copy, kept, level};
    vm->log_total++;
}

uint32_t hl_log_count(const hl_vm *vm)
{
    return vm->log_count;
}

const char *hl_log_line(const hl_vm *vm, uint32_t index, uint32_t *level, size_t *length)
{
    if (index >= vm->log_count) return NULL;
    *level = vm->log[index].level;
    *length = vm->log[index].length;
    return vm->log[index].text;
}

void hl_log_clear(hl_vm *vm)
{
    for (uint32_t i = 0; i < vm->log_count; i++) free(vm->log[i].text);
    vm->log_count = 0;
}

uint64_t hl_log_dropped(const hl_vm *vm)
{
    return vm->log_dropped;
}

void hl_free_log(hl_vm *vm)
{
    hl_log_clear(vm);
    free(vm->log);
}
