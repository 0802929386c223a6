/* Whether what a kernel will touch is within its memory. Sizes come from JavaScript: no product of them may overflow unnoticed. */
#ifndef BOUNDS_H
#define BOUNDS_H

#include "kernels.h"

/* `count` (not negative) pieces of `size` bytes each, from an offset. */
static inline bool within(size_t length, size_t from, int64_t count, size_t size) {
  size_t bytes;
  return count >= 0 && !__builtin_mul_overflow((size_t)count, size, &bytes) && from <= length && bytes <= length - from;
}

#endif
