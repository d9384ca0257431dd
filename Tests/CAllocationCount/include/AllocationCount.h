#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

#include <stdint.h>

/// Whether allocations are counted: with glibc, and not where a sanitizer has an allocator of its own.
int ac_is_counting(void);

/// How often the calling thread has allocated or reallocated so far, from whatever library.
uint64_t ac_allocations(void);

#endif
