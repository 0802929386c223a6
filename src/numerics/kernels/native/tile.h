/*
 * The inner loop of all float32 products, as assembly/tile.ts has it, with wider lanes: sums of one tile do not depend on how many are
 * taken side by side, so that any width gives the same bits. 4 × 24 (one quad, three octets) is what sixteen registers of eight numbers
 * hold: twelve sums, three octets and a broadcast; 8 × 48 (two quads, three vectors of two octets) what thirty-two of sixteen do.
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

/* Tiles side by side: `quads` quads by `vectors` vectors, of which the last has only the octets that are left. */
INLINE void multiply(const product *p, enum start start, const int quads, const int vectors, int32_t octets) {
  vector sums[2][4][3];
  places from[3], to[3];
  UNROLL(3)
  for (int v = 0; v < vectors; v++) {
    from[v] = neighbours(p->stride * OCTET, octets - v * ABREAST);
    to[v] = neighbours(p->to_next_octet, octets - v * ABREAST);
  }
  UNROLL(2)
  for (int q = 0; q < quads; q++)
    UNROLL(4)
    for (int r = 0; r < 4; r++)
      UNROLL(3)
      for (int v = 0; v < vectors; v++)
        sums[q][r][v] = start == BIAS   ? every(load_float(p->biases + q * QUAD + r * 4))
                        : start == SUMS ? load_octets(p->to + q * TILE + v * ABREAST * p->to_next_octet + r * OCTET, to[v])
                                        : every(0);
  const uint8_t *a[2] = {p->quads, p->quads + p->stride * QUAD};
  const uint8_t *b[3] = {p->octets, p->octets + ABREAST * p->stride * OCTET, p->octets + 2 * ABREAST * p->stride * OCTET};
  int32_t k = p->terms;
  do {
    vector x[3];
    UNROLL(3)
    for (int v = 0; v < vectors; v++) {
      x[v] = load_octets(b[v], from[v]);
      b[v] += OCTET;
    }
    UNROLL(2)
    for (int q = 0; q < quads; q++) {
      UNROLL(4)
      for (int r = 0; r < 4; r++) {
        const vector y = every(load_float(a[q] + 4 * r));
        UNROLL(3)
        for (int v = 0; v < vectors; v++) sums[q][r][v] = fused_vector(y, x[v], sums[q][r][v]);
      }
      a[q] += QUAD;
    }
  } while (--k);
  UNROLL(2)
  for (int q = 0; q < quads; q++)
    UNROLL(4)
    for (int r = 0; r < 4; r++)
      UNROLL(3)
      for (int v = 0; v < vectors; v++)
        store_octets(p->to + q * TILE + v * ABREAST * p->to_next_octet + r * OCTET, to[v], sums[q][r][v]);
}

#endif
