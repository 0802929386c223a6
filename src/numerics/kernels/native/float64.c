/* Float64 products of the analyses (assembly/multiply64.ts), and what is done with centred units (assembly/panels.ts). */
#include "bounds.h"
#include "lanes.h"

/* Bytes of one k-step of a panel: a quartet. */
#define STEP 32

/* Four rows of `panels` panels of C: sums of one block, added to C once or written. */
INLINE void multiply_panels(const uint8_t *a, const uint8_t *b, size_t panel, int32_t k, uint8_t *c, size_t row, bool add, const int panels) {
  quartet sums[4][3];
#pragma GCC unroll 4
  for (int r = 0; r < 4; r++)
#pragma GCC unroll 3
    for (int p = 0; p < panels; p++) sums[r][p] = splat64(0);
  const uint8_t *at[3] = {b, b + panel, b + 2 * panel};
  do {
    quartet x[3];
#pragma GCC unroll 3
    for (int p = 0; p < panels; p++) {
      x[p] = load_quartet(at[p]);
      at[p] += STEP;
    }
#pragma GCC unroll 4
    for (int r = 0; r < 4; r++) {
      const quartet y = splat64(load_double(a + 8 * r));
#pragma GCC unroll 3
      for (int p = 0; p < panels; p++) sums[r][p] = fused64(y, x[p], sums[r][p]);
    }
    a += STEP;
  } while (--k);
#pragma GCC unroll 4
  for (int r = 0; r < 4; r++)
#pragma GCC unroll 3
    for (int p = 0; p < panels; p++) {
      uint8_t *to = c + r * row + p * STEP;
      store_quartet(to, add ? load_quartet(to) + sums[r][p] : sums[r][p]);
    }
}

KERNEL(multiply64)(uint8_t *m, size_t length, address a, address b, address c, int32_t a_panels, int32_t b_panels, int32_t k,
                   address stride, bool add, int32_t diagonal) {
  const size_t row = (size_t)stride * 8, panel = (size_t)k * STEP;
  if (a_panels < 1 || b_panels < 1 || k < 1 || (size_t)b_panels * 4 > stride || !within(length, a, a_panels, panel) ||
      !within(length, b, b_panels, panel) || !within(length, c, (int64_t)a_panels * 4, row))
    return false;
  for (int32_t j = 0; j < b_panels;) {
    const int32_t left = b_panels - j;
    const int32_t taken = left >= 5 || left == 3 ? 3 : left >= 2 ? 2 : 1;
    const uint8_t *columns = m + b + j * panel;
    for (int32_t i = 0; i < a_panels; i++) {
      /* The first of these panels that a tile is wanted of; all to its right are, too. */
      int32_t first = j;
      while (first < j + taken && (int64_t)i * 4 > (int64_t)first * 4 + 3 + diagonal) first++;
      const int32_t wanted = j + taken - first;
      const uint8_t *rows = m + a + i * panel, *from = columns + (first - j) * panel;
      uint8_t *to = m + c + (size_t)i * 4 * row + (size_t)first * STEP;
      if (wanted == 3) multiply_panels(rows, from, panel, k, to, row, add, 3);
      else if (wanted == 2) multiply_panels(rows, from, panel, k, to, row, add, 2);
      else if (wanted == 1) multiply_panels(rows, from, panel, k, to, row, add, 1);
      else break;
    }
    j += taken;
  }
  return true;
}
