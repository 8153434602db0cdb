// What a machine knows about the rows of its batches: their fields, the steps they pass through, and the row that is running.

#pragma once

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CLuaMachine.h"
#include "CLuaSlot.h"
#include "texts.h"
#include "vm/errors.h"
#include "vm/messages.h"

enum { HL_MAX_OUTPUTS = 64, HL_KNOWN_FIELDS = 64, HL_EMPTIED_FIELDS = 32 };

/// The mark in `valid` of a value that could not be read; 0 is NULL, and 1 a value.
enum { HL_UNREADABLE = 2 };

/// A column of the running batch; `valid` is NULL while the batch does not hold it.
typedef struct {
    const uint8_t *valid;
    const uint8_t *bytes;
    const uint32_t *offsets;
    const int64_t *integers;
    const double *numbers;
    uint32_t type;
} hl_column;

/// The column of a field, by the object of the field's name: a short string is one object, and those of fields live as long as the fields.
typedef struct {
    const void *name;
    uint32_t column;
} hl_known_field;

/// One function that every row passes through, and the most expensive row so far.
typedef struct {
    uint32_t kind;
    int32_t function;
    uint64_t instructions;
    uint64_t pattern_steps;
    int64_t row_number;
    /// Where the step ended for the current row, if anyone wants to know: a source's number and a line; line 0 while it has not ended.
    uint32_t end_source;
    int32_t end_line;
} hl_step;

typedef struct hl_pipeline {
    // The running batch.
    hl_slot *slot;
    hl_column *columns;
    hl_known_field known_fields[HL_KNOWN_FIELDS];
    uint32_t row;
    /// Counts rows: a user object is good for one of them.
    uint64_t epoch;
    bool has_overlay;
    /// The slot whose overlay has exactly the fields in `overlay_fields`, by their names' objects, in the order of its `map`; NULL for none.
    const hl_slot *overlay_of;
    const void *overlay_fields[HL_EMPTIED_FIELDS];
    /// How many fields it has, and how many of the row before are still in it; 0 for none.
    uint32_t overlay_count;
    uint32_t overlay_before;
    /// Whether a field so far is not the one of the row before in its place.
    bool overlay_has_others;

    // What was prepared.
    uint32_t field_count;
    /// The fields whose mapped values are handed back.
    uint32_t output_count;
    /// For each of them, the field that has its name; -1 for none.
    int32_t output_columns[HL_MAX_OUTPUTS];
    /// Flags HL_WANTS_….
    uint32_t wants;
    hl_step steps[HL_ROW_STEPS];
    uint32_t step_count;
    /// Puts a missing column into the batch; NULL where every batch holds all its columns.
    void (*fetch)(hl_vm *vm, uint32_t column);

    /// Where the last function returned from: a source's number and a line; line 0 for nowhere.
    uint32_t return_source;
    int32_t return_line;

    hl_texts reasons;
    hl_texts labels;
} hl_pipeline;

/// The arrays of a text per row.
typedef struct {
    uint8_t *states;
    uint32_t *starts;
    uint32_t *lengths;
} hl_row_texts;

/// The arrays of a list per row.
typedef struct {
    uint32_t *starts;
    uint16_t *counts;
} hl_row_lists;

/// The running batch: pointers into its slot.
typedef struct {
    hl_vm *vm;
    hl_pipeline *pipeline;
    hl_slot *slot;
    const uint8_t *selected;
    const int64_t *row_numbers;
    uint8_t *verdicts;
    uint16_t *reasons;
    hl_row_texts outputs[HL_MAX_OUTPUTS];
    hl_row_texts mapping;
    hl_row_lists labels;
    hl_row_lists locations;
    uint8_t *written;
} hl_batch;

/// The stack indexes of the values that a batch needs again and again.
enum { HL_AT_BATCH = 1, HL_AT_CONTEXT = 2, HL_AT_USER_METATABLE = 3, HL_AT_STEPS = 4 };

static inline int hl_at_outputs(const hl_pipeline *pipeline)
{
    return HL_AT_STEPS + (int)pipeline->step_count;
}

// columns.c
/// Finds the columns of the slot.
void hl_find_columns(hl_pipeline *pipeline);
/// Makes a column's values readable; raises when the batch does not hold it.
void hl_fetch_column(lua_State *L, uint32_t column);

// user.c
int32_t hl_set_fields(hl_vm *vm, hl_cursor *request, hl_error *error);
/// Pushes a new object for the current row. None is used twice, because a kept one must never read another row.
void hl_push_user(lua_State *L, int metatable);
/// Raises unless the user object at `index` belongs to the current row.
void hl_check_user(lua_State *L, int index);
/// Pushes the current row's value in a column.
void hl_push_column(lua_State *L, hl_pipeline *pipeline, uint32_t column);

// user_pairs.c
int hl_user_pairs(lua_State *L);

// overlay.c
/// Pushes the mapped value of the field whose name is at `key`. Returns false, pushing nothing, when no hook has mapped the field.
bool hl_push_mapped(lua_State *L, int key);
/// Pushes a table for what is laid over the current row; each slot has one, since another batch may run before the row is done. Nearly all rows
/// get the same fields, so those of the row before stay in it until it is known which others come.
void hl_begin_overlay(lua_State *L);
/// Pops a value and puts it into that table, at the name below, which stays.
void hl_put_overlay(lua_State *L, int overlay);
/// Pops that table, which then has the fields of `table` and no others, and lays it over the current row.
void hl_end_overlay(lua_State *L, int table);
/// Lays the fields of the table at `table` over what lies over the current row already.
void hl_lay_over(lua_State *L, int table);
/// Pushes the next mapped field that the model does not have, and its value; nil after the last. Fields come in the order of their names,
/// starting after the one at `last`.
int hl_next_new_field(lua_State *L, int last);

// mapping.c, step_results.c: take what a step's function returned from the top of the stack.
void hl_take_mapping(lua_State *L, const hl_batch *batch, int function, bool is_last);
bool hl_take_verdict(lua_State *L, const hl_batch *batch, int function);
void hl_take_labels(lua_State *L, const hl_batch *batch, int function);
/// Writes bytes into the batch's space for results. Returns where they start.
uint32_t hl_write_bytes(lua_State *L, const hl_batch *batch, int function, const void *bytes, size_t length);

// reasons.c, labels.c
bool hl_start_reasons(hl_pipeline *pipeline);
/// The number of the reason at `index`: a string, or nil for none.
uint16_t hl_intern_reason(lua_State *L, int index);
/// The number of the label at `index`, which the Lua function at `function` returned.
uint16_t hl_intern_label(lua_State *L, int index, int function);

// locations.c
/// Notes where the function that is about to return has got to. The last one to do so is the step's own, or one that it tail-called.
void hl_note_return(lua_State *L, lua_Debug *activation);
/// A row begins: nothing is known about its steps.
void hl_forget_locations(hl_pipeline *pipeline);
/// The step has ended.
void hl_note_end_of_step(hl_pipeline *pipeline, hl_step *step);
/// Writes where the steps of the current row ended.
void hl_put_locations(const hl_batch *batch);
