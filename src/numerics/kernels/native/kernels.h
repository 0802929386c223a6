/*
 * What every kernel here is: the function of the same name in ../assembly, to the bit, on the same memory. The first two parameters are
 * that memory and its length; addresses are offsets in it. A kernel looks first whether all that it will touch is within the memory, and
 * answers false, having touched nothing, where it is not.
 */
#ifndef KERNELS_H
#define KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t address;

/* Every kernel's head: `KERNEL(name)(uint8_t *memory, size_t length, …)`; scripts/native.mjs finds them by it. */
#define KERNEL(name) static bool name

#endif
