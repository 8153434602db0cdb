// What hooks would cost in a C program with the system's Lua in its own process, written with care but without limits, jail or
// diagnosis: the figure that Hookline's own is put beside.

#pragma once

#include <stdint.h>

/// So many made-up users, column by column; always the same ones.
typedef struct chost_users chost_users;

/// The columns of a user, in their order.
enum {
    CHOST_ID,              // text
    CHOST_EMAIL,           // text
    CHOST_FIRST_NAME,      // text
    CHOST_COUNTRY,         // text
    CHOST_LIFETIME_VALUE,  // number
    CHOST_LAST_ORDER_AT,   // integer
    CHOST_COLUMNS,
};

/// NULL when there is no memory.
chost_users *chost_users_create(uint32_t count);
void chost_users_destroy(chost_users *users);
/// The bytes of a text column's value.
const char *chost_users_text(const chost_users *users, uint32_t column, uint32_t row, uint32_t *length);
double chost_users_number(const chost_users *users, uint32_t row);
int64_t chost_users_integer(const chost_users *users, uint32_t row);

/// What is done for every user, in batches of 1,000: one protected call a batch, a plain call a user.
enum {
    /// A function that returns true, called with a table that is there already.
    CHOST_EMPTY,
    /// A filter that reads two fields, from tables that are there already and in a loop of the script's own: what Lua itself takes.
    CHOST_LOOP,
    /// The filter, with a fresh table of the two fields that it reads.
    CHOST_FILTER,
    /// The same with a hook that counts every 1,000 instructions.
    CHOST_FILTER_COUNTED,
    /// The filter, with a fresh table of all six fields.
    CHOST_FILTER_ALL,
    /// A map that returns a fresh table of three fields, of which the host asks for `email` only.
    CHOST_MAP,
    /// The same, and the host writes all fields into its memory, each as name, type, length and value.
    CHOST_MAP_WRITTEN,
    /// The map with `email` asked for; its fields are laid over the user, who then passes the filter.
    CHOST_MAP_FILTER,
};

/// The hooks that all of these run, as the text of a script that returns a table with `map` and `filter`.
extern const char *const chost_script;

typedef struct {
    double nanoseconds_per_user;
    /// Users that the filter kept, or bytes that the map's results took.
    uint64_t result;
} chost_figure;

/// Takes all users through it once, on a new machine. Returns 0, or -1 when Lua raised an error.
int32_t chost_run(const chost_users *users, int32_t what, chost_figure *figure);
