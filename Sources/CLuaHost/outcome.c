// The buffers that hold what became of a batch.

#include <stdlib.h>
#include <string.h>

#include "vm.h"

static bool start_field(hl_mapped_field *field, uint32_t rows)
{
    field->states = calloc(rows, sizeof *field->states);
    field->starts = calloc(rows, sizeof *field->starts);
    field->lengths = calloc(rows, sizeof *field->lengths);
    return field->states != NULL && field->starts != NULL && field->lengths != NULL;
}

hl_outcome *hl_outcome_create(uint32_t rows, uint32_t mapped_fields)
{
    if (rows == 0) rows = 1;
    hl_outcome *outcome = calloc(1, sizeof *outcome);
    if (outcome == NULL) return NULL;
    outcome->row_capacity = rows;
    outcome->mapped_count = mapped_fields;
    outcome->verdicts = calloc(rows, sizeof *outcome->verdicts);
    outcome->reasons = calloc(rows, sizeof *outcome->reasons);
    outcome->mapped = calloc(mapped_fields + 1, sizeof *outcome->mapped);
    bool complete = outcome->verdicts != NULL && outcome->reasons != NULL && outcome->mapped != NULL;
    for (uint32_t i = 0; complete && i < mapped_fields; i++) complete = start_field(&outcome->mapped[i], rows);
    if (complete) return outcome;
    hl_outcome_destroy(outcome);
    return NULL;
}

void hl_outcome_destroy(hl_outcome *outcome)
{
    if (outcome == NULL) return;
    for (uint32_t i = 0; outcome->mapped != NULL && i < outcome->mapped_count; i++) {
        free(outcome->mapped[i].states);
        free(outcome->mapped[i].starts);
        free(outcome->mapped[i].lengths);
        hl_buffer_free(&outcome->mapped[i].bytes);
    }
    free(outcome->mapped);
    free(outcome->reasons);
    free(outcome->verdicts);
    free(outcome);
}

void hl_outcome_reset(hl_outcome *outcome)
{
    memset(outcome->verdicts, HL_ROW_LEFT_OUT, outcome->row_capacity);
    for (uint32_t i = 0; i < outcome->mapped_count; i++) {
        memset(outcome->mapped[i].states, HL_MAPPED_ABSENT, outcome->row_capacity);
        outcome->mapped[i].bytes.length = 0;
    }
    outcome->next_row = 0;
    outcome->next_step = 0;
    outcome->processor_nanoseconds = 0;
}
