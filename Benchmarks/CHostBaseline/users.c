#include "users.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 40 };

// Marsaglia's xorshift64.
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

static void put(text_column *column, uint32_t row, const char *text)
{
    size_t length = strlen(text);
    memcpy(column->bytes + column->offsets[row], text, length);
    column->offsets[row + 1] = column->offsets[row] + (uint32_t)length;
}

static void put_user(chost_users *users, uint32_t row, uint64_t random)
{
    static const char *const names[] = {
        "Anna", "Bob", "Chloé", "Dmitri", "Eva", "François", "Greta", "Hugo", "Ines", "Jules",
        "Karim", "Léa", "Marie", "Noah", "Olga", "Paul", "Quentin", "Rosa", "Sofia", "Thomas",
    };
    static const char *const countries[] = {"FR", "US", "GB", "DE", "ES", "IT", "NL", "BE", "CA", "AU"};
    char text[MOST_BYTES];
    snprintf(text, sizeof text, "u%07u", row);
    put(&users->texts[CHOST_ID], row, text);
    snprintf(text, sizeof text, "user%07u.%u@example.com", row, (unsigned)(random >> 40) % 1000);
    put(&users->texts[CHOST_EMAIL], row, text);
    put(&users->texts[CHOST_FIRST_NAME], row, names[random % 20]);
    put(&users->texts[CHOST_COUNTRY], row, countries[(random >> 8) % 10]);
    users->numbers[row] = (double)((random >> 16) % 50000) / 100.0;
    users->integers[row] = 1600000000 + (int64_t)((random >> 20) % 100000000);
}

chost_users *chost_users_create(uint32_t count)
{
    chost_users *users = calloc(1, sizeof *users);
    if (users == NULL) return NULL;
    users->count = count;
    users->numbers = malloc((count + 1) * sizeof(double));
    users->integers = malloc((count + 1) * sizeof(int64_t));
    bool complete = users->numbers != NULL && users->integers != NULL;
    for (int i = 0; i <= CHOST_COUNTRY; i++) {
        users->texts[i].bytes = malloc((size_t)count * MOST_BYTES + 1);
        users->texts[i].offsets = calloc((size_t)count + 1, sizeof(uint32_t));
        complete = complete && users->texts[i].bytes != NULL && users->texts[i].offsets != NULL;
    }
    if (!complete) {
        chost_users_destroy(users);
        return NULL;
    }
    uint64_t state = 88172645463325252u;
    for (uint32_t row = 0; row < count; row++) put_user(users, row, next_random(&state));
    return users;
}

void chost_users_destroy(chost_users *users)
{
    if (users == NULL) return;
    for (int i = 0; i <= CHOST_COUNTRY; i++) {
        free(users->texts[i].bytes);
        free(users->texts[i].offsets);
    }
    free(users->numbers);
    free(users->integers);
    free(users);
}

const char *chost_users_text(const chost_users *users, uint32_t column, uint32_t row, uint32_t *length)
{
    const text_column *texts = &users->texts[column];
    *length = texts->offsets[row + 1] - texts->offsets[row];
    return texts->bytes + texts->offsets[row];
}

double chost_users_number(const chost_users *users, uint32_t row)
{
    return users->numbers[row];
}

int64_t chost_users_integer(const chost_users *users, uint32_t row)
{
    return users->integers[row];
}
