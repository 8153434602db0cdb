#include <time.h>

#include "vm.h"

// Instructions between two looks at the budget. The presence of a count hook costs time, not how often it fires.
static const int64_t default_stride = 1000;
// With a huge string around, a single instruction (such as a comparison) may take milliseconds.
static const int64_t stride_with_huge_strings = 16;
static const size_t huge_string = 256 << 10;
// Work between two looks at the clock, and nanoseconds between two readings of processor time, each a system call.
static const uint64_t work_between_looks = 1000;
static const uint64_t nanoseconds_between_readings = 5000000;
// How many copied bytes count as one instruction.
static const size_t bytes_per_instruction = 16;

static uint64_t nanoseconds(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t thread_nanoseconds(void)
{
    return nanoseconds(CLOCK_THREAD_CPUTIME_ID);
}

static void on_count(lua_State *L, lua_Debug *activation);

static int64_t wanted_stride(const hl_vm *vm)
{
    int64_t count = vm->instructions_left < vm->stride ? vm->instructions_left : vm->stride;
    return count < 1 ? 1 : count;
}

static void set_hook(const hl_vm *vm, lua_State *L, int count)
{
    lua_sethook(L, on_count, LUA_MASKCOUNT | (vm->on_return != NULL ? LUA_MASKRET : 0), count);
}

static void arm(hl_vm *vm)
{
    vm->armed = wanted_stride(vm);
    set_hook(vm, vm->lua, (int)vm->armed);
}

static void raise_doom(lua_State *L)
{
    // The user never sees this text: hl_fill_error writes another.
    luaL_error(L, "a limit of the script was reached");
}

static void doom(lua_State *L, int32_t status)
{
    hl_vm *vm = hl_vm_of(L);
    hl_note_error_location(L);
    vm->doomed = status;
    set_hook(vm, L, 1);
    raise_doom(L);
}

void hl_check_clock(lua_State *L)
{
    hl_vm *vm = hl_vm_of(L);
    vm->work_since_look = 0;
    uint64_t now = nanoseconds(CLOCK_MONOTONIC);
    if (now - vm->last_reading < nanoseconds_between_readings) return;
    vm->last_reading = now;
    if (thread_nanoseconds() > vm->processor_deadline) doom(L, HL_PROCESSOR_TIME);
}

static void count_work(lua_State *L, uint64_t work)
{
    hl_vm *vm = hl_vm_of(L);
    vm->work_since_look += work;
    if (vm->work_since_look >= work_between_looks) hl_check_clock(L);
}

/// Charges a large block to the running call: copying and clearing memory takes time that no instruction counts.
static void on_large_block(void *context, size_t size, bool is_string)
{
    hl_vm *vm = context;
    if (is_string && size >= huge_string && vm->stride > stride_with_huge_strings) vm->stride = stride_with_huge_strings;
    if (!vm->in_call || vm->doomed != HL_OK) return;
    vm->work_since_look += size / bytes_per_instruction;
    // The machine's own tables grow when they are full, whatever row is running: a row pays only for what it makes itself.
    if (!is_string) return;
    vm->instructions_left -= (int64_t)(size / bytes_per_instruction);
    // An allocation can only succeed or fail, so the hook raises at the next instruction.
    vm->armed = 1;
    set_hook(vm, vm->lua, 1);
}

void hl_start_limits(hl_vm *vm)
{
    vm->stride = vm->limits.exact_instructions ? 1 : default_stride;
    hl_arena_watch(vm->arena, 16 << 10, on_large_block, vm);
}

static void on_count(lua_State *L, lua_Debug *activation)
{
    hl_vm *vm = hl_vm_of(L);
    if (vm->doomed != HL_OK) raise_doom(L);
    if (activation->event == LUA_HOOKRET) {
        vm->on_return(L, activation);
        return;
    }
    if (vm->limits.notes_coverage) hl_note_coverage(L, activation);
    vm->instructions_left -= vm->armed;
    if (vm->instructions_left <= 0) doom(L, HL_INSTRUCTIONS);
    count_work(L, (uint64_t)vm->armed);
    if (wanted_stride(vm) != vm->armed) arm(vm);
}

void hl_begin_work(hl_vm *vm, uint64_t processor_used)
{
    uint64_t limit = vm->limits.processor_nanoseconds;
    vm->processor_deadline = thread_nanoseconds() + (processor_used < limit ? limit - processor_used : 0);
    vm->work_since_look = 0;
    vm->last_reading = nanoseconds(CLOCK_MONOTONIC);
}

uint64_t hl_end_work(hl_vm *vm)
{
    uint64_t now = thread_nanoseconds();
    uint64_t limit = vm->limits.processor_nanoseconds;
    return now >= vm->processor_deadline ? limit : limit - (vm->processor_deadline - now);
}

void hl_begin_call(hl_vm *vm)
{
    vm->instructions_left = (int64_t)vm->limits.instructions;
    vm->pattern_steps_left = (int64_t)vm->limits.pattern_steps;
    vm->in_call = true;
    arm(vm);
}

void hl_charge(lua_State *L, uint64_t instructions)
{
    hl_vm *vm = hl_vm_of(L);
    if (vm->doomed != HL_OK) raise_doom(L);
    if ((int64_t)instructions >= vm->instructions_left) doom(L, HL_INSTRUCTIONS);
    vm->instructions_left -= (int64_t)instructions;
    count_work(L, instructions);
}

void hl_charge_pattern(lua_State *L, uint64_t steps)
{
    hl_vm *vm = hl_vm_of(L);
    if (vm->doomed != HL_OK) raise_doom(L);
    if ((int64_t)steps >= vm->pattern_steps_left) doom(L, HL_PATTERN_STEPS);
    vm->pattern_steps_left -= (int64_t)steps;
    count_work(L, steps / 4);
}
