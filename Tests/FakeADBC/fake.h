// What the driver gives: two arrays of three rows with a number, a text, a half, a list, and a word of a dictionary.

#pragma once

#include "adbc.h"

extern char fake_mode[64];
/// The error of the stream.
extern char fake_error[300];

bool fake_is(const char *mode);
/// Gives a schema; in the mode `types`, of one column for each type that there is.
void fake_schema(arrow_schema *schema);
/// Gives the array with that number, and lies about it as the mode says. False behind the last.
bool fake_array(int number, arrow_array *array);
