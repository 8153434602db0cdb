// The worker: one machine in a process of its own, which answers requests until the channel closes.
//
// A frame is a length (4) and that many bytes. Requests arrive as frames, and HL_ANSWER, HL_RAN and HL_FETCH leave as frames.

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "CLuaJail.h"
#include "batch/batch.h"
#include "jail.h"
#include "vm/messages.h"

enum {
    MAX_FRAME = 256 << 20,
    /// Batches that may be on their way to a worker at once.
    MAX_WAITING = 64,
    /// Memory beyond the machine's own: buffers of messages, labels, log lines.
    SPARE_BYTES = 48 << 20,
};

typedef struct {
    hl_vm *vm;
    uint8_t *slots;
    uint64_t slot_count;
    uint64_t slot_bytes;
    uint32_t running;
    uint32_t waiting[MAX_WAITING];
    uint32_t waiting_count;
    uint8_t *frame;
    size_t frame_capacity;
    hl_buffer answer;
} worker;

// `fetch` takes no context, and there is one worker per process.
static worker self;

/// Ends the process, whatever the reason: the caller sees the channel close.
static _Noreturn void leave(void)
{
    _exit(0);
}

static void receive(void *bytes, size_t length)
{
    uint8_t *next = bytes;
    while (length > 0) {
        ssize_t count = read(HL_CHANNEL, next, length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) leave();
        next += count;
        length -= (size_t)count;
    }
}

static void send_bytes(const void *bytes, size_t length)
{
    const uint8_t *next = bytes;
    while (length > 0) {
        ssize_t count = write(HL_CHANNEL, next, length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) leave();
        next += count;
        length -= (size_t)count;
    }
}

/// Receives a frame into the worker's buffer. Returns its length.
static size_t receive_frame(void)
{
    uint32_t length;
    receive(&length, sizeof length);
    if (length == 0 || length > MAX_FRAME) leave();
    if (length > self.frame_capacity) {
        free(self.frame);
        self.frame = malloc(length);
        if (self.frame == NULL) leave();
        self.frame_capacity = length;
    }
    receive(self.frame, length);
    return length;
}

/// Begins a frame of that kind; send_frame fills in its length.
static void begin_frame(uint8_t kind)
{
    self.answer.length = 0;
    hl_put_u32(&self.answer, 0);
    hl_put_bytes(&self.answer, &kind, 1);
}

static void send_frame(void)
{
    if (self.answer.is_cut || self.answer.length < sizeof(uint32_t)) leave();
    uint32_t length = (uint32_t)(self.answer.length - sizeof length);
    memcpy(self.answer.bytes, &length, sizeof length);
    send_bytes(self.answer.bytes, self.answer.length);
}

static uint32_t slot_of_frame(size_t length)
{
    hl_cursor cursor = {.next = self.frame + 1, .end = self.frame + length};
    return hl_take_u32(&cursor);
}

/// Asks the caller for a column of the running batch; batches that arrive meanwhile wait.
static void fetch(hl_vm *vm, uint32_t column)
{
    (void)vm;
    begin_frame(HL_FETCH);
    hl_put_u32(&self.answer, self.running);
    hl_put_u32(&self.answer, column);
    send_frame();
    for (;;) {
        size_t length = receive_frame();
        if (self.frame[0] == HL_FETCHED) return;
        if (self.frame[0] != HL_RUN || self.waiting_count == MAX_WAITING) leave();
        self.waiting[self.waiting_count++] = slot_of_frame(length);
    }
}

static void run(uint32_t number)
{
    if (number >= self.slot_count) leave();
    self.running = number;
    hl_buffer ran = {0};
    hl_run_slot(self.vm, (hl_slot *)(self.slots + number * self.slot_bytes), &ran);
    begin_frame(HL_RAN);
    hl_put_u32(&self.answer, number);
    if (ran.is_cut) leave();
    hl_put_bytes(&self.answer, ran.bytes, ran.length);
    hl_buffer_free(&ran);
    send_frame();
}

static void run_waiting(void)
{
    while (self.waiting_count > 0) {
        uint32_t next = self.waiting[0];
        self.waiting_count--;
        memmove(self.waiting, self.waiting + 1, self.waiting_count * sizeof *self.waiting);
        run(next);
    }
}

static void answer(size_t length)
{
    begin_frame(HL_ANSWER);
    hl_answer(self.vm, self.frame, length, &self.answer);
    send_frame();
}

/// Maps what the caller shares and makes the machine. After this, nothing needs the system any more.
static int32_t prepare(const hl_worker_start *start)
{
    self.slot_count = start->slot_count;
    self.slot_bytes = start->slot_bytes;
    if (start->slot_count > 0) {
        self.slots = mmap(NULL, start->slot_count * start->slot_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, HL_SLOTS, 0);
        if (self.slots == MAP_FAILED) return HL_MEMORY;
    }
    self.vm = hl_vm_create(&start->limits);
    if (self.vm == NULL) return HL_MEMORY;
    hl_set_fetch(self.vm, fetch);
    if (start->lookup_bytes > 0) {
        void *lookups = mmap(NULL, start->lookup_bytes, PROT_READ, MAP_SHARED, HL_LOOKUPS, 0);
        if (lookups == MAP_FAILED) return HL_MEMORY;
        hl_vm_set_lookups(self.vm, lookups, start->lookup_bytes);
    }
    return HL_OK;
}

_Noreturn void hl_worker_main(void)
{
    // The handlers that the surrounding program installed must not run here: they make system calls of their own.
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) signal(fatal[i], SIG_DFL);
    hl_worker_start start;
    receive(&start, sizeof start);
    hl_jail_follow(start.caller);
    hl_jail_raise_stack();
    hl_worker_greeting greeting = {.status = prepare(&start)};
    hl_jail_limit(SPARE_BYTES);
    // Before the first byte of a script arrives.
    greeting.filter_error = start.without_filter ? EPERM : hl_jail_filter();
    greeting.is_filtered = greeting.filter_error == 0;
    send_bytes(&greeting, sizeof greeting);
    if (greeting.status != HL_OK) leave();
    for (;;) {
        size_t length = receive_frame();
        if (self.frame[0] == HL_RUN) run(slot_of_frame(length));
        else answer(length);
        run_waiting();
    }
}
