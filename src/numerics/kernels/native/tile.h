/*
 * The inner loop of all float32 products, as assembly/tile.ts has it, with wider lanes: sums of one tile do not depend on how many are
 * taken side by side, so that any width gives the same bits. 4 × 24 (one quad, three octets) is what sixteen registers of eight numbers
 * hold: twelve sums, three octets and a broadcast.
 */
#ifndef TILE_H
#define TILE_H

#include "lanes.h"

enum start { ZERO, BIAS, SUMS };

/* Where the tiles of a product begin; tiles of neighbouring quads are neighbours. */
typedef struct {
  const uint8_t *quads;
  const uint8_t *octets;
  /* Terms from one quad, and from one octet, to the next; and how many of them are summed. */
  size_t stride;
  int32_t terms;
  /* Biases (4 numbers a quad), or nothing; sums come from `to`. */
  const uint8_t *biases;
  uint8_t *to;
  /* Bytes from the tiles of one octet to those of the next. */
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
                        : start == SUMS ? load_octet(p->to + q * TILE + o * p->to_next_octet + r * OCTET)
                                        : splat(0);
  const uint8_t *a[2] = {p->quads, p->quads + p->stride * QUAD};
  const uint8_t *b[3] = {p->octets, p->octets + p->stride * OCTET, p->octets + 2 * p->stride * OCTET};
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
        store_octet(p->to + q * TILE + o * p->to_next_octet + r * OCTET, sums[q][r][o]);
}

#endif
