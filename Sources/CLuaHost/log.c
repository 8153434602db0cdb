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
    vm->log[vm->log_count++] = (hl_text){copy, kept, level, vm->row_number};
    vm->log_total++;
}

void hl_log_clear(hl_vm *vm)
{
    for (uint32_t i = 0; i < vm->log_count; i++) free(vm->log[i].text);
    vm->log_count = 0;
}

void hl_free_log(hl_vm *vm)
{
    hl_log_clear(vm);
    free(vm->log);
}
