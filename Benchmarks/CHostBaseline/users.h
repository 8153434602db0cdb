#pragma once

#include "include/CHostBaseline.h"

typedef struct {
    char *bytes;
    uint32_t *offsets;
} text_column;

struct chost_users {
    uint32_t count;
    text_column texts[CHOST_COUNTRY + 1];
    double *numbers;
    int64_t *integers;
};
