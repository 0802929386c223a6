/* The first layer where inputs have two values: sums looked up in tables (assembly/bit-table.ts, bit-forward.ts, bit-gradient.ts). */
#include "bounds.h"
#include "epilogue.h"

#define PATTERNS (TABLE / PATTERN)

/* One table from the parts of its lower and of its higher two elements, by the pattern of these two. */
INLINE void fill(uint8_t *table, const octet low[4], const octet high[4]) {
#pragma GCC unroll 16
  for (int pattern = 0; pattern < PATTERNS; pattern++) store_octet(table + pattern * PATTERN, low[pattern & 3] + high[pattern >> 2]);
}

/*
 * Sums of eight lines over groups. Entries are addresses in the memory: whoever changed one could have it read beyond, so that each is
 * held within the tables.
 *
 * sums: eight octets, of `from` 4 lines and `next` 4 lines
 */
INLINE void look_up(const uint8_t *tables, address base, const uint8_t *from, const uint8_t *next, int32_t groups, octet sums[8]) {
  const address within_tables = BLOCK_GROUPS * TABLE - 1;
  do {
    address a[4], b[4];
    memcpy(a, from, sizeof a);
    memcpy(b, next, sizeof b);
#pragma GCC unroll 4
    for (int r = 0; r < 4; r++) {
      sums[r] += load_octet(tables + ((a[r] - base) & within_tables));
      sums[4 + r] += load_octet(tables + ((b[r] - base) & within_tables));
    }
    from += QUAD;
    next += QUAD;
  } while (--groups);
}

typedef struct {
  uint8_t *m;
  address entries, lows, highs, w, bias, tables, y;
  int32_t groups;
  address group_units, input_units, output_units;
  int32_t octets;
  bool rectified;
  address slopes, turned, rows;
  float leak;
} bit_layer;

INLINE bool bit_layer_within(size_t length, const bit_layer *l) {
  const size_t octets = (size_t)l->octets, units = (size_t)l->output_units * OCTET;
  return l->groups >= 1 && l->octets >= 1 && l->output_units % 8 == 0 && (address)l->groups <= l->group_units &&
         (size_t)l->groups * 4 <= l->input_units && within(length, l->entries, 2 * (int64_t)octets, (size_t)l->group_units * QUAD) &&
         within(length, l->lows, l->groups, QUAD) && within(length, l->highs, l->groups, QUAD) &&
         within(length, l->w, l->output_units / 4, (size_t)l->input_units * QUAD) &&
         within(length, l->bias, l->output_units, 4) && within(length, l->tables, BLOCK_GROUPS, TABLE) &&
         within(length, l->y, octets, units) &&
         (!l->rectified || (within(length, l->slopes, octets, units) && l->rows >= octets * 8 &&
                            within(length, l->turned, l->output_units / 4, (size_t)l->rows * QUAD)));
}

/* The tables of 8 outputs: each pattern is a sum of four products x · w. */
INLINE void fill_products(uint8_t *tables, const uint8_t *w, size_t next, const uint8_t *lows, const uint8_t *highs, int32_t groups) {
  for (int32_t group = 0; group < groups; group++) {
    octet low[4], high[4];
#pragma GCC unroll 4
    for (int input = 0; input < 4; input++) {
      const size_t at = ((size_t)group * 4 + input) * QUAD;
      const octet weights = join(load_quad(w + at), load_quad(w + next + at));
      low[input] = weights * splat(load_float(lows + (size_t)group * QUAD + 4 * input));
      high[input] = weights * splat(load_float(highs + (size_t)group * QUAD + 4 * input));
    }
    const octet first[4] = {low[0] + low[1], high[0] + low[1], low[0] + high[1], high[0] + high[1]};
    const octet second[4] = {low[2] + low[3], high[2] + low[3], low[2] + high[3], high[2] + high[3]};
    fill(tables + (size_t)group * TABLE, first, second);
  }
}

INLINE void bit_forward(const bit_layer *l) {
  uint8_t *m = l->m;
  for (int32_t first = 0; first < l->groups; first += BLOCK_GROUPS) {
    const int32_t terms = l->groups - first < BLOCK_GROUPS ? l->groups - first : BLOCK_GROUPS;
    const bool last = first + terms == l->groups;
    for (address unit = 0; unit < l->output_units; unit += 8) {
      fill_products(m + l->tables, m + l->w + ((size_t)(unit >> 2) * l->input_units + (size_t)first * 4) * QUAD,
                    (size_t)l->input_units * QUAD, m + l->lows + (size_t)first * QUAD, m + l->highs + (size_t)first * QUAD, terms);
      for (int32_t at = 0; at < l->octets; at++) {
        const uint8_t *lines = m + l->entries + ((size_t)at * 2 * l->group_units + (size_t)first) * QUAD;
        const size_t offset = ((size_t)at * l->output_units + unit) * OCTET;
        uint8_t *to = m + l->y + offset;
        octet sums[8];
        for (int r = 0; r < 8; r++) sums[r] = first ? load_octet(to + r * OCTET) : load_octet(m + l->bias + unit * 4);
        look_up(m + l->tables, l->tables, lines, lines + (size_t)l->group_units * QUAD, terms, sums);
        if (!last) {
          /* Rows by outputs, until the sums are complete. */
          for (int r = 0; r < 8; r++) store_octet(to + r * OCTET, sums[r]);
          continue;
        }
        octet low[4], high[4];
        turn(sums[0], sums[1], sums[2], sums[3], low);
        turn(sums[4], sums[5], sums[6], sums[7], high);
        for (int q = 0; q < 4; q++) {
          store_octet(to + 2 * q * OCTET, join(low_quad(low[q]), low_quad(high[q])));
          store_octet(to + (2 * q + 1) * OCTET, join(high_quad(low[q]), high_quad(high[q])));
        }
        if (l->rectified)
          for (int half = 0; half < 2; half++)
            rectify(to + half * TILE, m + l->slopes + offset + half * TILE,
                    m + l->turned + ((size_t)((unit >> 2) + half) * l->rows + (size_t)at * 8) * QUAD, l->leak);
      }
    }
  }
}

KERNEL(forwardBits)(uint8_t *m, size_t length, address entries, address lows, address highs, address w, address bias,
                    address tables, address z, int32_t groups, address group_units, address input_units, address output_units,
                    int32_t octets) {
  const bit_layer l = {m,      entries,     lows,        highs,        w,      bias,  tables, z,
                       groups, group_units, input_units, output_units, octets, false, 0,      0, 0, 0};
  if (!bit_layer_within(length, &l)) return false;
  bit_forward(&l);
  return true;
}

KERNEL(forwardBitsRectified)(uint8_t *m, size_t length, address entries, address lows, address highs, address w, address bias,
                             address tables, address y, int32_t groups, address group_units, address input_units,
                             address output_units, int32_t octets, address slopes, address turned, address rows, float leak) {
  const bit_layer l = {m,      entries,     lows,        highs,        w,      bias, tables, y,
                       groups, group_units, input_units, output_units, octets, true, slopes, turned, rows, leak};
  if (!bit_layer_within(length, &l)) return false;
  bit_forward(&l);
  return true;
}

KERNEL(gradientBits)(uint8_t *m, size_t length, address entries, address dz, address tables, address gradient, int32_t rows,
                     address stride, int32_t quads, int32_t octets, bool add) {
  const int32_t groups = (rows + 3) >> 2;
  const size_t line = (size_t)(stride >> 2) * QUAD;
  if (rows < 1 || quads < 1 || octets < 1 || groups > BLOCK_GROUPS || (address)groups * 4 > stride ||
      !within(length, entries, quads, line) || !within(length, dz, octets, (size_t)stride * OCTET) ||
      !within(length, tables, BLOCK_GROUPS, TABLE) || !within(length, gradient, octets, (size_t)quads * TILE))
    return false;
  const octet none = splat(0);
  for (int32_t o = 0; o < octets; o++) {
    const uint8_t *deltas = m + dz + (size_t)o * stride * OCTET;
    for (int32_t group = 0; group < groups; group++) {
      const uint8_t *four = deltas + (size_t)group * 4 * OCTET;
      const octet r0 = load_octet(four), r1 = load_octet(four + OCTET), r2 = load_octet(four + 2 * OCTET),
                  r3 = load_octet(four + 3 * OCTET);
      const octet first[4] = {none, r0, r1, r0 + r1};
      const octet second[4] = {none, r2, r3, r2 + r3};
      fill(m + tables + (size_t)group * TABLE, first, second);
    }
    for (int32_t quad = 0; quad < quads; quad += 2) {
      uint8_t *to = m + gradient + ((size_t)o * quads + quad) * TILE;
      const uint8_t *lines = m + entries + (size_t)quad * line;
      /* An odd last quad is looked up twice. */
      const bool two = quad + 1 < quads;
      octet sums[8];
      for (int r = 0; r < 8; r++) sums[r] = add && (two || r < 4) ? load_octet(to + r * OCTET) : none;
      look_up(m + tables, tables, lines, two ? lines + line : lines, groups, sums);
      for (int r = 0; r < (two ? 8 : 4); r++) store_octet(to + r * OCTET, sums[r]);
    }
  }
  return true;
}

KERNEL(scaleBitGradient)(uint8_t *m, size_t length, address gradient, address bias_gradient, address lows, address spreads,
                         int32_t quads, int32_t octets) {
  if (quads < 1 || octets < 1 || !within(length, gradient, octets, (size_t)quads * TILE) ||
      !within(length, bias_gradient, octets, OCTET) || !within(length, lows, quads, QUAD) || !within(length, spreads, quads, QUAD))
    return false;
  uint8_t *to = m + gradient;
  for (int32_t o = 0; o < octets; o++) {
    const octet biases = load_octet(m + bias_gradient + (size_t)o * OCTET);
    for (int32_t input = 0; input < 4 * quads; input++, to += OCTET)
      store_octet(to, load_octet(to) * splat(load_float(m + spreads + 4 * (size_t)input)) +
                          biases * splat(load_float(m + lows + 4 * (size_t)input)));
  }
  return true;
}
