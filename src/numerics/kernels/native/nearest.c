/* The nearest of many rows (assembly/nearest.ts), four pairs at once. */
#include <math.h>

#include "bounds.h"
#include "lanes.h"

INLINE bool any(quartet_mask mask) {
  const int64_t all = mask[0] | mask[1] | mask[2] | mask[3];
  return all != 0;
}

/* Numbers of the upper triangle of so many rows. */
INLINE int64_t triangle(int32_t rows) { return rows < 1 ? 0 : (int64_t)rows * (rows - 1) / 2; }

INLINE void meet(size_t row, double distance, size_t count, uint8_t *smallest, uint8_t *last) {
  if (!(distance < load_double(last + row * 8))) return;
  uint8_t *first = smallest + row * count * 8, *end = first + (count - 1) * 8, *at = end;
  for (; at > first && load_double(at - 8) > distance; at -= 8) memcpy(at, at - 8, 8);
  memcpy(at, &distance, 8);
  memcpy(last + row * 8, end, 8);
}

KERNEL(smallestDistances)(uint8_t *m, size_t length, address distances, int32_t rows, int32_t count, address smallest, address last) {
  if (rows < 1 || count < 1 || !within(length, distances, triangle(rows), 8) || !within(length, smallest, rows, (size_t)count * 8) ||
      !within(length, last, rows, 8))
    return false;
  const uint8_t *at = m + distances;
  uint8_t *least = m + smallest, *bars = m + last;
  const double infinite = INFINITY;
  for (int64_t k = 0; k < (int64_t)rows * count; k++) memcpy(least + k * 8, &infinite, 8);
  for (int32_t k = 0; k < rows; k++) memcpy(bars + (size_t)k * 8, &infinite, 8);
  for (int32_t i = 0; i < rows; i++) {
    int32_t j = i + 1;
    for (; j + 4 <= rows; j += 4, at += 32) {
      const quartet four = load_quartet(at), own = splat64(load_double(bars + (size_t)i * 8));
      if (!any((four < own) | (four < load_quartet(bars + (size_t)j * 8)))) continue;
      for (int lane = 0; lane < 4; lane++) {
        meet(i, four[lane], count, least, bars);
        meet((size_t)j + lane, four[lane], count, least, bars);
      }
    }
    for (; j < rows; j++, at += 8) {
      const double distance = load_double(at);
      meet(i, distance, count, least, bars);
      meet(j, distance, count, least, bars);
    }
  }
  return true;
}

INLINE uint8_t *add_pair(uint8_t *to, uint32_t i, uint32_t j) {
  memcpy(to, &i, 4);
  memcpy(to + 4, &j, 4);
  return to + 8;
}

KERNEL(nearPairs)(uint8_t *m, size_t length, address distances, int32_t rows, address bars, double rounding, address pairs, address found) {
  if (rows < 1 || !within(length, distances, triangle(rows), 8) || !within(length, bars, rows, 8) ||
      !within(length, pairs, triangle(rows), 8) || !within(length, found, 1, 8))
    return false;
  const uint8_t *at = m + distances, *bar = m + bars;
  uint8_t *to = m + pairs;
  const quartet above = splat64(rounding);
  for (int32_t i = 0; i < rows; i++) {
    const double own = load_double(bar + (size_t)i * 8);
    int32_t j = i + 1;
    for (; j + 4 <= rows; j += 4, at += 32) {
      const quartet four = load_quartet(at);
      const quartet_mask near = (four - splat64(own) <= above) | (four - load_quartet(bar + (size_t)j * 8) <= above);
      if (!any(near)) continue;
      for (int lane = 0; lane < 4; lane++)
        if (near[lane]) to = add_pair(to, i, j + lane);
    }
    for (; j < rows; j++, at += 8) {
      const double distance = load_double(at);
      if (distance - own <= rounding || distance - load_double(bar + (size_t)j * 8) <= rounding) to = add_pair(to, i, j);
    }
  }
  const double count = (to - (m + pairs)) / 8;
  memcpy(m + found, &count, 8);
  return true;
}
