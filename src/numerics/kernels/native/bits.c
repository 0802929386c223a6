/* The first layer where inputs have two values: sums looked up in tables (assembly/bit-table.ts, bit-forward.ts, bit-gradient.ts). */
#include "bounds.h"
#include "epilogue.h"

#define PATTERNS (TABLE / PATTERN)

/* Tables of a vector of outputs at once: always 16 kB, whatever the width. They are on the stack, and nothing is left of them. */
#define GROUPS (BLOCK_GROUPS / ABREAST)
#define TABLES (GROUPS * ABREAST * TABLE)

/* One table from the parts of its lower and of its higher two elements, by the pattern of these two. */
INLINE void fill(uint8_t *table, const vector low[4], const vector high[4]) {
  UNROLL(16)
  for (int pattern = 0; pattern < PATTERNS; pattern++)
    store_vector(table + pattern * ABREAST * PATTERN, low[pattern & 3] + high[pattern >> 2]);
}

/*
 * Sums of eight lines over groups. Entries are addresses in the memory, of tables of one octet at `base`: whoever changed one could have
 * it read beyond, so that each is held within the tables; which is also why blocks may be smaller than those that entries are made for.
 *
 * sums: eight vectors, of `from` 4 lines and `next` 4 lines
 */
INLINE void look_up(const uint8_t *tables, address base, const uint8_t *from, const uint8_t *next, int32_t groups, vector sums[8]) {
  /* Tables are a power of two together, patterns a whole octet each. */
  const address within_tables = GROUPS * TABLE - PATTERN;
  do {
    address a[4], b[4];
    memcpy(a, from, sizeof a);
    memcpy(b, next, sizeof b);
    UNROLL(4)
    for (int r = 0; r < 4; r++) {
      sums[r] += load_vector(tables + (size_t)((a[r] - base) & within_tables) * ABREAST);
      sums[4 + r] += load_vector(tables + (size_t)((b[r] - base) & within_tables) * ABREAST);
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

/* The tables of a vector of outputs, whose weights are at places from `w`: each pattern is a sum of four products x · w. */
INLINE void fill_products(uint8_t *tables, const uint8_t *w, places at, size_t next, const uint8_t *lows, const uint8_t *highs,
                          int32_t groups) {
  for (int32_t group = 0; group < groups; group++) {
    vector low[4], high[4];
    UNROLL(4)
    for (int input = 0; input < 4; input++) {
      octet x[ABREAST];
      UNROLL(2)
      for (int i = 0; i < ABREAST; i++) {
        const uint8_t *quads = w + at.at[i] + ((size_t)group * 4 + input) * QUAD;
        x[i] = join(load_quad(quads), load_quad(quads + next));
      }
      const vector weights = abreast(x);
      low[input] = weights * every(load_float(lows + (size_t)group * QUAD + 4 * input));
      high[input] = weights * every(load_float(highs + (size_t)group * QUAD + 4 * input));
    }
    const vector first[4] = {low[0] + low[1], high[0] + low[1], low[0] + high[1], high[0] + high[1]};
    const vector second[4] = {low[2] + low[3], high[2] + low[3], low[2] + high[3], high[2] + high[3]};
    fill(tables + (size_t)group * ABREAST * TABLE, first, second);
  }
}

/* What becomes of 8 rows by 8 outputs when their sums are complete: two tiles. */
INLINE void finish_bits(const bit_layer *l, const octet sums[8], address unit, int32_t at) {
  const size_t offset = ((size_t)at * l->output_units + unit) * OCTET;
  uint8_t *to = l->m + l->y + offset;
  octet low[4], high[4];
  turn(sums[0], sums[1], sums[2], sums[3], low);
  turn(sums[4], sums[5], sums[6], sums[7], high);
  UNROLL(4)
  for (int q = 0; q < 4; q++) {
    store_octet(to + 2 * q * OCTET, join(low_quad(low[q]), low_quad(high[q])));
    store_octet(to + (2 * q + 1) * OCTET, join(high_quad(low[q]), high_quad(high[q])));
  }
  if (l->rectified)
    for (int half = 0; half < 2; half++)
      rectify(to + half * TILE, l->m + l->slopes + offset + half * TILE,
              l->m + l->turned + ((size_t)((unit >> 2) + half) * l->rows + (size_t)at * 8) * QUAD, l->leak);
}

/* Looks up one vector of outputs for all rows: `terms` groups from the group `first` on. */
INLINE void look_up_rows(const bit_layer *l, const uint8_t *tables, address unit, int32_t octets, int32_t first, int32_t terms) {
  uint8_t *m = l->m;
  const places neighbour_units = neighbours(8 * OCTET, octets), neighbour_biases = neighbours(OCTET, octets);
  for (int32_t at = 0; at < l->octets; at++) {
    const uint8_t *lines = m + l->entries + ((size_t)at * 2 * l->group_units + (size_t)first) * QUAD;
    uint8_t *to = m + l->y + ((size_t)at * l->output_units + unit) * OCTET;
    vector sums[8];
    UNROLL(8)
    for (int r = 0; r < 8; r++)
      sums[r] = first ? load_octets(to + r * OCTET, neighbour_units) : load_octets(m + l->bias + unit * 4, neighbour_biases);
    look_up(tables, l->tables, lines, lines + (size_t)l->group_units * QUAD, terms, sums);
    if (first + terms < l->groups) {
      /* Rows by outputs, until the sums are complete. */
      UNROLL(8)
      for (int r = 0; r < 8; r++) store_octets(to + r * OCTET, neighbour_units, sums[r]);
      continue;
    }
    UNROLL(2)
    for (int i = 0; i < ABREAST; i++) {
      octet of[8];
      UNROLL(8)
      for (int r = 0; r < 8; r++) of[r] = part(sums[r], i);
      if (i < octets) finish_bits(l, of, unit + 8 * i, at);
    }
  }
}

INLINE void bit_forward(const bit_layer *l) {
  uint8_t filled[TABLES] __attribute__((aligned(64)));
  const size_t next = (size_t)l->input_units * QUAD;
  for (int32_t first = 0; first < l->groups; first += GROUPS) {
    const int32_t terms = l->groups - first < GROUPS ? l->groups - first : GROUPS;
    for (address unit = 0; unit < l->output_units; unit += 8 * ABREAST) {
      const int32_t left = (int32_t)((l->output_units - unit) / 8), octets = left < ABREAST ? left : ABREAST;
      fill_products(filled, l->m + l->w + (unit >> 2) * next + (size_t)first * 4 * QUAD, neighbours(2 * next, octets), next,
                    l->m + l->lows + (size_t)first * QUAD, l->m + l->highs + (size_t)first * QUAD, terms);
      look_up_rows(l, filled, unit, octets, first, terms);
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

typedef struct {
  const uint8_t *entries, *deltas;
  address tables;
  uint8_t *gradient;
  int32_t groups;
  size_t line, next_deltas;
  int32_t quads, octets;
  bool add;
} bit_gradient;

/* Adds the deltas of a vector of outputs: those of at most GROUPS groups of rows, from the group `first` on. */
INLINE void add_deltas(const bit_gradient *s, uint8_t *tables, int32_t o, int32_t first) {
  const int32_t groups = s->groups - first < GROUPS ? s->groups - first : GROUPS;
  const places delta = neighbours(s->next_deltas, s->octets - o), tile = neighbours((size_t)s->quads * TILE, s->octets - o);
  const vector none = every(0);
  for (int32_t group = 0; group < groups; group++) {
    const uint8_t *four = s->deltas + (size_t)o * s->next_deltas + (size_t)(first + group) * 4 * OCTET;
    const vector r0 = load_octets(four, delta), r1 = load_octets(four + OCTET, delta), r2 = load_octets(four + 2 * OCTET, delta),
                 r3 = load_octets(four + 3 * OCTET, delta);
    const vector low[4] = {none, r0, r1, r0 + r1};
    const vector high[4] = {none, r2, r3, r2 + r3};
    fill(tables + (size_t)group * ABREAST * TABLE, low, high);
  }
  for (int32_t quad = 0; quad < s->quads; quad += 2) {
    uint8_t *to = s->gradient + ((size_t)o * s->quads + quad) * TILE;
    const uint8_t *lines = s->entries + (size_t)quad * s->line + (size_t)first * QUAD;
    /* An odd last quad is looked up twice. */
    const bool two = quad + 1 < s->quads;
    vector sums[8];
    UNROLL(8)
    for (int r = 0; r < 8; r++) sums[r] = (s->add || first > 0) && (two || r < 4) ? load_octets(to + r * OCTET, tile) : none;
    look_up(tables, s->tables, lines, two ? lines + s->line : lines, groups, sums);
    UNROLL(8)
    for (int r = 0; r < 8; r++)
      if (two || r < 4) store_octets(to + r * OCTET, tile, sums[r]);
  }
}

KERNEL(gradientBits)(uint8_t *m, size_t length, address entries, address dz, address tables, address gradient, int32_t rows,
                     address stride, int32_t quads, int32_t octets, bool add) {
  if (rows < 1 || rows > 4 * BLOCK_GROUPS) return false;
  const bit_gradient s = {.entries = m + entries,
                          .deltas = m + dz,
                          .tables = tables,
                          .gradient = m + gradient,
                          .groups = (rows + 3) >> 2,
                          .line = (size_t)(stride >> 2) * QUAD,
                          .next_deltas = (size_t)stride * OCTET,
                          .quads = quads,
                          .octets = octets,
                          .add = add};
  if (quads < 1 || octets < 1 || (address)s.groups * 4 > stride ||
      !within(length, entries, quads, s.line) || !within(length, dz, octets, s.next_deltas) ||
      !within(length, tables, BLOCK_GROUPS, TABLE) || !within(length, gradient, octets, (size_t)quads * TILE))
    return false;
  uint8_t filled[TABLES] __attribute__((aligned(64)));
  for (int32_t o = 0; o < octets; o += ABREAST)
    for (int32_t first = 0; first < s.groups; first += GROUPS) add_deltas(&s, filled, o, first);
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
