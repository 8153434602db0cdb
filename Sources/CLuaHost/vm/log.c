#include <stdlib.h>
#include <string.h>

#include "CLuaMessages.h"
#include "CLuaSlot.h"
#include "text/text.h"
#include "vm.h"

enum { LINE_BYTES = 500 };

void hl_log_text(hl_vm *vm, uint32_t level, const char *text, size_t length)
{
    hl_log *log = &vm->log;
    vm->relied_on |= HL_RELIES_ON_LOG;
    if (level == HL_LOG_LOOKUP) vm->relied_on |= HL_RELIES_ON_BEING_FIRST;
    if (log->lines == NULL) log->lines = calloc(vm->limits.log_lines, sizeof *log->lines);
    if (log->lines == NULL || log->total >= vm->limits.log_lines) {
        log->dropped++;
        return;
    }
    char line[LINE_BYTES];
    size_t kept = hl_utf8_repair(text, length, line, sizeof line);
    char *copy = malloc(kept + 1);
    if (copy == NULL) return;
    memcpy(copy, line, kept);
    copy[kept] = 0;
    log->lines[log->count++] = (hl_log_line){copy, kept, level, log->row_number};
    log->total++;
}

void hl_log_clear(hl_vm *vm)
{
    for (uint32_t i = 0; i < vm->log.count; i++) free(vm->log.lines[i].text);
    vm->log.count = 0;
}

void hl_free_log(hl_vm *vm)
{
    hl_log_clear(vm);
    free(vm->log.lines);
}
