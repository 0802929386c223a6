/*
 * The inner loop of all float32 products, as assembly/tile.ts has it, with wider lanes: sums of one tile do not depend on how many are
 * taken side by side, so that any width gives the same bits. 4 × 24 (one quad, three octets) is what sixteen registers of eight numbers
 * hold: twelve sums, three octets and a broadcast.
 */
#ifndef TILE_H
#define TILE_H

#include "lanes.h"

enum start { ZERO, BIAS, SUMS };

/* Where the tiles of a product begin, and how far from one quad and one octet to the next (bytes). */
typedef struct {
  const uint8_t *quads;
  size_t next_quad;
  const uint8_t *octets;
  size_t next_octet;
  int32_t terms;
  /* Biases (4 numbers a quad), or nothing; sums come from `to`. */
  const uint8_t *biases;
  uint8_t *to;
  size_t to_next_quad;
  size_t to_next_octet;
} product;

INLINE void multiply(const product *p, enum start start, const int quads, const int octets) {
  octet sums[2][4][3];
#pragma GCC unroll 2
  for (int q = 0; q < quads; q++)
#pragma GCC unroll 4
    for (int r = 0; r < 4; r++)
#pragma GCC unroll 3
      for (int o = 0; o < octets; o++)
        sums[q][r][o] = start == BIAS   ? splat(load_float(p->biases + q * QUAD + r * 4))
                        : start == SUMS ? load_octet(p->to + q * p->to_next_quad + o * p->to_next_octet + r * OCTET)
                                        : splat(0);
  const uint8_t *a[2] = {p->quads, p->quads + p->next_quad};
  const uint8_t *b[3] = {p->octets, p->octets + p->next_octet, p->octets + 2 * p->next_octet};
  int32_t k = p->terms;
  do {
    octet x[3];
#pragma GCC unroll 3
    for (int o = 0; o < octets; o++) {
      x[o] = load_octet(b[o]);
      b[o] += OCTET;
    }
#pragma GCC unroll 2
    for (int q = 0; q < quads; q++) {
#pragma GCC unroll 4
      for (int r = 0; r < 4; r++) {
        octet y = splat(load_float(a[q] + 4 * r));
#pragma GCC unroll 3
        for (int o = 0; o < octets; o++) sums[q][r][o] = fused(y, x[o], sums[q][r][o]);
      }
      a[q] += QUAD;
    }
  } while (--k);
#pragma GCC unroll 2
  for (int q = 0; q < quads; q++)
#pragma GCC unroll 4
    for (int r = 0; r < 4; r++)
#pragma GCC unroll 3
      for (int o = 0; o < octets; o++)
        store_octet(p->to + q * p->to_next_quad + o * p->to_next_octet + r * OCTET, sums[q][r][o]);
}

#endif
