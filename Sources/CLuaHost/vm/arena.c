#include "arena.h"

#include <lua.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

// Up to 1,024 bytes, one size class every 16 bytes; above that, four classes per power of two, so that at most a fifth of a block is waste.
enum { SMALL_CLASSES = 64, SMALL_LIMIT = 1024, LARGE_CLASSES = 4 * 40, CLASSES = SMALL_CLASSES + LARGE_CLASSES };

struct hl_arena {
    char *next;
    char *end;
    size_t mapped;
    size_t used;
    size_t peak;
    size_t cap;
    size_t large;
    void (*on_large)(void *context, size_t size, bool is_string);
    void *large_context;
    void *freed[CLASSES];
};

static size_t rounded_up(size_t size, size_t unit)
{
    return (size + unit - 1) / unit * unit;
}

static int class_of(size_t size)
{
    if (size <= SMALL_LIMIT) return (int)((size + 15) >> 4) - 1;
    int bits = 64 - __builtin_clzll(size - 1);
    size_t below = (size_t)1 << (bits - 1);
    int quarter = (int)((size - below - 1) / (below / 4));
    return SMALL_CLASSES + (bits - 11) * 4 + quarter;
}

static size_t size_of_class(int class)
{
    if (class < SMALL_CLASSES) return (size_t)(class + 1) << 4;
    int bits = 11 + (class - SMALL_CLASSES) / 4;
    size_t below = (size_t)1 << (bits - 1);
    return below + below / 4 * (size_t)((class - SMALL_CLASSES) % 4 + 1);
}

hl_arena *hl_arena_create(size_t cap)
{
    // Blocks freed in one class do not serve another: room beyond the cap lets a table grow up to the cap all the same.
    size_t mapped = rounded_up(sizeof(hl_arena), 4096) + cap + cap / 2 + (64 << 10);
    void *memory = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return NULL;
    hl_arena *arena = memory;
    arena->next = (char *)memory + rounded_up(sizeof(hl_arena), 4096);
    arena->end = (char *)memory + mapped;
    arena->mapped = mapped;
    arena->cap = cap;
    arena->large = SIZE_MAX;
    return arena;
}

void hl_arena_destroy(hl_arena *arena)
{
    munmap(arena, arena->mapped);
}

void hl_arena_watch(hl_arena *arena, size_t threshold, void (*on_large)(void *, size_t, bool), void *context)
{
    arena->large = threshold;
    arena->on_large = on_large;
    arena->large_context = context;
}

size_t hl_arena_peak(const hl_arena *arena)
{
    return arena->peak;
}

static void account(hl_arena *arena, size_t size)
{
    arena->used += size;
    if (arena->used > arena->peak) arena->peak = arena->used;
}

static void *take(hl_arena *arena, size_t size)
{
    int class = class_of(size);
    void *block = arena->freed[class];
    if (block != NULL) {
        arena->freed[class] = *(void **)block;
        return block;
    }
    size_t whole = size_of_class(class);
    if ((size_t)(arena->end - arena->next) < whole) return NULL;
    block = arena->next;
    arena->next += whole;
    return block;
}

/// A block of up to SMALL_LIMIT bytes.
static inline void *take_small(hl_arena *arena, size_t size)
{
    void **freed = &arena->freed[(size - 1) >> 4];
    void *block = *freed;
    if (block != NULL) {
        *freed = *(void **)block;
        return block;
    }
    size_t whole = (size + 15) & ~(size_t)15;
    if ((size_t)(arena->end - arena->next) < whole) return NULL;
    arena->next += whole;
    return arena->next - whole;
}

static void put_back(hl_arena *arena, void *block, size_t size)
{
    int class = class_of(size);
    *(void **)block = arena->freed[class];
    arena->freed[class] = block;
}

static void *resized(hl_arena *arena, void *block, size_t old_size, size_t new_size)
{
    if (class_of(old_size) == class_of(new_size)) return block;
    void *moved = take(arena, new_size);
    // Lua assumes that shrinking never fails; a block larger than its class only wastes memory.
    if (moved == NULL) return new_size < old_size ? block : NULL;
    memcpy(moved, block, old_size < new_size ? old_size : new_size);
    put_back(arena, block, old_size);
    return moved;
}

void *hl_arena_allocate(void *context, void *block, size_t old_size, size_t new_size)
{
    hl_arena *arena = context;
    // Nearly all calls: a new small block, and its end. No small block is large enough for `on_large`.
    if (block == NULL && new_size - 1 < SMALL_LIMIT && arena->large > SMALL_LIMIT) {
        if (new_size > arena->cap - arena->used) return NULL;
        void *taken = take_small(arena, new_size);
        if (taken != NULL) account(arena, new_size);
        return taken;
    }
    if (new_size == 0 && block != NULL && old_size - 1 < SMALL_LIMIT) {
        void **freed = &arena->freed[(old_size - 1) >> 4];
        *(void **)block = *freed;
        *freed = block;
        arena->used -= old_size;
        return NULL;
    }
    // For a new block, Lua passes the type of the object as the old size.
    bool is_string = block == NULL && old_size == LUA_TSTRING;
    if (block == NULL) old_size = 0;
    if (new_size == 0) {
        if (block != NULL) put_back(arena, block, old_size);
        arena->used -= old_size;
        return NULL;
    }
    if (new_size > old_size && new_size - old_size > arena->cap - arena->used) return NULL;
    void *result = block == NULL ? take(arena, new_size) : resized(arena, block, old_size, new_size);
    if (result == NULL) return NULL;
    arena->used -= old_size;
    account(arena, new_size);
    if (new_size >= arena->large) arena->on_large(arena->large_context, new_size, is_string);
    return result;
}
