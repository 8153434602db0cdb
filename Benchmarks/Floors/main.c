// The least that each step of a plan takes on this machine, on one core, in plain C: the floor under a plan's processor time.
//
//     hookline-floors USERS.csv [REPEATS]
//
// USERS.csv is the file of `make bench`: six columns without quotes. Prints a line for each step: its name, then median, least, and most
// milliseconds of processor time, with tabs between. The last line has how many rows pass the rule and have an address of their own.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "separators.h"
#include "table.h"

enum { BLOCK = 256 << 10, COLUMNS = 6, BATCH = 1000, MOST_REPEATS = 101 };

typedef struct work {
    const char *path;
    uint8_t *bytes;
    size_t length;
    uint32_t *marks;
    size_t mark_count;
    size_t rows;
    uint64_t *ids;
    double *values;
    int64_t *seconds;
    /// The addresses that pass the rule, packed, and the end of each within its batch.
    uint8_t *addresses;
    uint32_t *ends;
    hl_md5_digest *hashes;
    size_t passed;
    size_t different;
} work;

static _Noreturn void stop(const char *what)
{
    fprintf(stderr, "hookline-floors: %s\n", what);
    exit(1);
}

static double processor_milliseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void read_file(work *work)
{
    int file = open(work->path, O_RDONLY);
    if (file < 0) stop(strerror(errno));
    // A block stays in the processor's cache: what later steps read is copied elsewhere once, outside the figures.
    static uint8_t block[BLOCK];
    ssize_t count;
    while ((count = read(file, block, BLOCK)) > 0) __asm__ volatile("" : : "r"(block) : "memory");
    if (count < 0) stop(strerror(errno));
    close(file);
}

static void find_separators(work *work) { work->mark_count = separators_find(work->bytes, work->length, work->marks); }

static uint64_t whole_number(const uint8_t *next, const uint8_t *end)
{
    uint64_t number = 0;
    for (; next < end; next++) number = number * 10 + (uint64_t)(*next - '0');
    return number;
}

static double decimal(const uint8_t *next, const uint8_t *end)
{
    static const double powers[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
    int64_t digits = 0;
    unsigned places = 0, behind = 0;
    for (; next < end; next++) {
        if (*next == '.') behind = 1;
        else {
            digits = digits * 10 + (*next - '0');
            places += behind;
        }
    }
    return (double)digits / powers[places % 7];
}

static int two(const uint8_t *digits) { return (digits[0] - '0') * 10 + digits[1] - '0'; }

/// Seconds since 1970 of 2026-02-10T09:30:00Z (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
static int64_t timestamp(const uint8_t *text)
{
    int year = two(text) * 100 + two(text + 2), month = two(text + 5), day = two(text + 8);
    year -= month <= 2;
    int era = year / 400, of_era = year - era * 400, of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t days = (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return days * 86400 + two(text + 11) * 3600 + two(text + 14) * 60 + two(text + 17);
}

/// The start of a field; row 0 is the header.
static const uint8_t *start_of(const work *work, size_t row, size_t column)
{
    return work->bytes + work->marks[row * COLUMNS + column - 1] + 1;
}

static const uint8_t *end_of(const work *work, size_t row, size_t column)
{
    return work->bytes + work->marks[row * COLUMNS + column];
}

static void convert(work *work)
{
    for (size_t row = 1; row <= work->rows; row++) {
        work->ids[row - 1] = whole_number(start_of(work, row, 0), end_of(work, row, 0));
        work->values[row - 1] = decimal(start_of(work, row, 4), end_of(work, row, 4));
        work->seconds[row - 1] = timestamp(start_of(work, row, 5));
    }
}

static void copy_addresses(work *work)
{
    uint8_t *next = work->addresses, *batch = next;
    work->passed = 0;
    for (size_t row = 1; row <= work->rows; row++) {
        if (work->values[row - 1] < 100) continue;
        const uint8_t *end = end_of(work, row, 1);
        if (work->passed % BATCH == 0) batch = next;
        for (const uint8_t *byte = start_of(work, row, 1); byte < end; byte++) {
            *next++ = (uint8_t)(*byte - 'A') < 26 ? *byte | 0x20 : *byte;
        }
        work->ends[work->passed++] = (uint32_t)(next - batch);
    }
}

static void hash(work *work)
{
    const uint8_t *batch = work->addresses;
    for (size_t first = 0; first < work->passed; first += BATCH) {
        size_t count = work->passed - first < BATCH ? work->passed - first : BATCH;
        hl_md5_texts(hl_md5_most_lanes(), batch, work->ends + first, count, work->hashes + first);
        batch += work->ends[first + count - 1];
    }
}

static void check_keys(work *work)
{
    if (table_of_numbers(work->ids, work->rows) != work->rows) stop("an id occurs twice");
}

static void tell_apart(work *work) { work->different = table_of_hashes(work->hashes, work->passed); }

/// Additions as a list in memory that grows: of each its hash, and its address.
static void list(work *work)
{
    size_t room = 1 << 16, length = 0;
    uint8_t *list = malloc(room);
    const uint8_t *batch = work->addresses;
    for (size_t first = 0; list != NULL && first < work->passed; first += BATCH) {
        size_t count = work->passed - first < BATCH ? work->passed - first : BATCH;
        size_t hashes = count * sizeof *work->hashes, addresses = work->ends[first + count - 1];
        while (length + hashes + addresses > room) room *= 2;
        list = realloc(list, room);
        if (list == NULL) stop("no memory");
        memcpy(list + length, work->hashes + first, hashes);
        memcpy(list + length + hashes, batch, addresses);
        length += hashes + addresses;
        batch += addresses;
    }
    __asm__ volatile("" : : "r"(list) : "memory");
    free(list);
}

static void prepare(work *work)
{
    struct stat status;
    int file = open(work->path, O_RDONLY);
    if (file < 0 || fstat(file, &status) != 0) stop(strerror(errno));
    work->length = (size_t)status.st_size;
    if (work->length == 0 || work->length > UINT32_MAX) stop("the file is empty or larger than 4 GB");
    work->bytes = malloc(work->length);
    work->marks = calloc(work->length, sizeof *work->marks);
    if (work->bytes == NULL || work->marks == NULL) stop("no memory");
    for (size_t filled = 0; filled < work->length;) {
        ssize_t count = read(file, work->bytes + filled, work->length - filled);
        if (count <= 0) stop("the file cannot be read");
        filled += (size_t)count;
    }
    close(file);
    find_separators(work);
    work->rows = work->mark_count / COLUMNS;
    if (work->rows < 2 || work->mark_count % COLUMNS != 0) stop("the file is not the one of 'make bench'");
    work->rows--;
    work->ids = calloc(work->rows, sizeof *work->ids);
    work->values = calloc(work->rows, sizeof *work->values);
    work->seconds = calloc(work->rows, sizeof *work->seconds);
    work->addresses = calloc(work->length, 1);
    work->ends = calloc(work->rows, sizeof *work->ends);
    work->hashes = calloc(work->rows, sizeof *work->hashes);
    if (!work->ids || !work->values || !work->seconds || !work->addresses || !work->ends || !work->hashes) stop("no memory");
}

static int by_size(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;
    return difference < 0 ? -1 : difference > 0;
}

int main(int count, char **arguments)
{
    int repeats = count > 2 ? atoi(arguments[2]) : 5;
    if (count < 2 || repeats < 1 || repeats > MOST_REPEATS) stop("usage: hookline-floors USERS.csv [REPEATS]");
    work work = {.path = arguments[1]};
    prepare(&work);
    char separators[64];
    snprintf(separators, sizeof separators, "find the separators, %s", separators_way());
    char hashing[64];
    snprintf(hashing, sizeof hashing, "MD5, %d lanes", hl_md5_most_lanes());
    const struct {
        const char *name;
        void (*run)(struct work *work);
    } steps[] = {
        {"read the file, 256 KB blocks", read_file},
        {separators, find_separators},
        {"convert integer, decimal, timestamp", convert},
        {"copy and lowercase the addresses", copy_addresses},
        {hashing, hash},
        {"keys into a table", check_keys},
        {"hashes into a table", tell_apart},
        {"list of additions", list},
    };
    double times[sizeof steps / sizeof *steps][MOST_REPEATS];
    // The first round only warms up.
    for (int repeat = -1; repeat < repeats; repeat++) {
        for (size_t step = 0; step < sizeof steps / sizeof *steps; step++) {
            double start = processor_milliseconds();
            steps[step].run(&work);
            if (repeat >= 0) times[step][repeat] = processor_milliseconds() - start;
        }
    }
    for (size_t step = 0; step < sizeof steps / sizeof *steps; step++) {
        qsort(times[step], (size_t)repeats, sizeof(double), by_size);
        printf("%s\t%.2f\t%.2f\t%.2f\n", steps[step].name, times[step][repeats / 2], times[step][0], times[step][repeats - 1]);
    }
    printf("%zu\n", work.different);
    return 0;
}
