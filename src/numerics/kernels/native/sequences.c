/* Attention (assembly/attention.ts) and layer normalisation (layer-norm.ts): an octet is eight documents, or eight rows. */
#include "bounds.h"
#include "elementary.h"

/* A matrix of octets: bytes from row to row, and from column to column. */
typedef struct {
  uint8_t *at;
  size_t row, column;
} octets_matrix;

INLINE octets_matrix part_of(octets_matrix a, int32_t row, int32_t column) {
  a.at += (size_t)row * a.row + (size_t)column * a.column;
  return a;
}

INLINE octets_matrix across(octets_matrix a) { return (octets_matrix){a.at, a.column, a.row}; }

/* c = a · b, lane by lane, in tiles of 4 × 2. Rows and columns that are missing are copies of the last. */
static void multiply_lanes(octets_matrix a, octets_matrix b, octets_matrix c, int32_t rows, int32_t columns, int32_t terms) {
  for (int32_t row = 0; row < rows; row += 4) {
    const uint8_t *lines[4];
    uint8_t *to[4];
    for (int i = 0; i < 4; i++) {
      const int32_t at = row + i < rows ? row + i : rows - 1;
      lines[i] = a.at + (size_t)at * a.row;
      to[i] = c.at + (size_t)at * c.row;
    }
    for (int32_t column = 0; column < columns; column += 2) {
      const size_t second = column + 1 < columns ? 1 : 0;
      const uint8_t *y = b.at + (size_t)column * b.column, *y1 = y + second * b.column;
      const uint8_t *x0 = lines[0], *x1 = lines[1], *x2 = lines[2], *x3 = lines[3];
      octet sums[4][2];
      UNROLL(4)
      for (int i = 0; i < 4; i++) sums[i][0] = sums[i][1] = splat(0);
      for (int32_t term = 0; term < terms; term++) {
        const octet b0 = load_octet(y), b1 = load_octet(y1);
        const octet a0 = load_octet(x0), a1 = load_octet(x1), a2 = load_octet(x2), a3 = load_octet(x3);
        sums[0][0] = fused(a0, b0, sums[0][0]);
        sums[0][1] = fused(a0, b1, sums[0][1]);
        sums[1][0] = fused(a1, b0, sums[1][0]);
        sums[1][1] = fused(a1, b1, sums[1][1]);
        sums[2][0] = fused(a2, b0, sums[2][0]);
        sums[2][1] = fused(a2, b1, sums[2][1]);
        sums[3][0] = fused(a3, b0, sums[3][0]);
        sums[3][1] = fused(a3, b1, sums[3][1]);
        y += b.row;
        y1 += b.row;
        x0 += a.column;
        x1 += a.column;
        x2 += a.column;
        x3 += a.column;
      }
      UNROLL(4)
      for (int i = 0; i < 4; i++) {
        uint8_t *at = to[i] + (size_t)column * c.column;
        store_octet(at, sums[i][0]);
        store_octet(at + second * c.column, sums[i][1]);
      }
    }
  }
}

INLINE void clear_octets(uint8_t *at, int32_t count) {
  for (int32_t i = 0; i < count; i++) store_octet(at + (size_t)i * OCTET, splat(0));
}

INLINE void softmax_row(uint8_t *scores, int32_t present, int32_t ahead, float scale) {
  octet largest = load_octet(scores);
  for (int32_t s = 1; s < present; s++) largest = greater(largest, load_octet(scores + (size_t)s * OCTET));
  octet total = splat(0);
  for (int32_t s = 0; s < present; s++) {
    uint8_t *at = scores + (size_t)s * OCTET;
    const octet e = exp_of_negative((load_octet(at) - largest) * splat(scale));
    store_octet(at, e);
    total += e;
  }
  const octet share = splat(1) / total;
  for (int32_t s = 0; s < present; s++) {
    uint8_t *at = scores + (size_t)s * OCTET;
    store_octet(at, load_octet(at) * share);
  }
  clear_octets(scores + (size_t)present * OCTET, ahead);
}

INLINE void softmax_row_backward(const uint8_t *probabilities, uint8_t *deltas, int32_t present, int32_t ahead, float scale) {
  octet sum = splat(0);
  for (size_t at = 0; at < (size_t)present * OCTET; at += OCTET) sum += load_octet(probabilities + at) * load_octet(deltas + at);
  for (size_t at = 0; at < (size_t)present * OCTET; at += OCTET)
    store_octet(deltas + at, load_octet(probabilities + at) * (load_octet(deltas + at) - sum) * splat(scale));
  clear_octets(deltas + (size_t)present * OCTET, ahead);
}

INLINE bool attention_within(size_t size, address qkv, address units, address probabilities, address out, address out_units, int32_t length,
                             int32_t heads, int32_t head_units) {
  return length >= 1 && heads >= 1 && head_units >= 1 && (int64_t)heads * head_units <= out_units &&
         3 * (int64_t)heads * head_units <= units && within(size, qkv, length, (size_t)units * OCTET) &&
         within(size, probabilities, (int64_t)heads * length, (size_t)length * OCTET) &&
         within(size, out, length, (size_t)out_units * OCTET);
}

/* Positions that are computed together (ROWS there). */
#define POSITIONS 4

INLINE int32_t positions_from(int32_t length, int32_t first) { return length - first < POSITIONS ? length - first : POSITIONS; }

KERNEL(attention)(uint8_t *m, size_t size, address qkv, address units, address probabilities, address out, address out_units,
                  int32_t length, int32_t heads, int32_t head_units, float scale) {
  if (!attention_within(size, qkv, units, probabilities, out, out_units, length, heads, head_units)) return false;
  const size_t row = (size_t)units * OCTET, line = (size_t)length * OCTET;
  for (int32_t h = 0; h < heads; h++) {
    const octets_matrix queries = part_of((octets_matrix){m + qkv, row, OCTET}, 0, h * head_units);
    const octets_matrix keys = part_of(queries, 0, heads * head_units), values = part_of(keys, 0, heads * head_units);
    const octets_matrix scores = {m + probabilities + (size_t)h * length * line, line, OCTET};
    const octets_matrix to = part_of((octets_matrix){m + out, (size_t)out_units * OCTET, OCTET}, 0, h * head_units);
    for (int32_t first = 0; first < length; first += POSITIONS) {
      const int32_t rows = positions_from(length, first), end = first + rows;
      const octets_matrix part = part_of(scores, first, 0);
      multiply_lanes(part_of(queries, first, 0), across(keys), part, rows, end, head_units);
      for (int32_t i = 0; i < rows; i++) softmax_row(part.at + (size_t)i * line, first + i + 1, rows - i - 1, scale);
      multiply_lanes(part, values, part_of(to, first, 0), rows, head_units, end);
    }
  }
  return true;
}

KERNEL(attentionBackward)(uint8_t *m, size_t size, address qkv, address units, address probabilities, address delta, address out_units,
                          address scratch, address gradient, int32_t length, int32_t heads, int32_t head_units, float scale) {
  const size_t row = (size_t)units * OCTET, line = (size_t)length * OCTET;
  if (!attention_within(size, qkv, units, probabilities, delta, out_units, length, heads, head_units) ||
      !within(size, scratch, length, line) || !within(size, gradient, length, row))
    return false;
  const int32_t width = heads * head_units;
  for (int32_t h = 0; h < heads; h++) {
    const octets_matrix queries = part_of((octets_matrix){m + qkv, row, OCTET}, 0, h * head_units);
    const octets_matrix keys = part_of(queries, 0, width), values = part_of(keys, 0, width);
    const octets_matrix weights = {m + probabilities + (size_t)h * length * line, line, OCTET};
    const octets_matrix deltas = part_of((octets_matrix){m + delta, (size_t)out_units * OCTET, OCTET}, 0, h * head_units);
    const octets_matrix to = part_of((octets_matrix){m + gradient, row, OCTET}, 0, h * head_units);
    const octets_matrix scores = {m + scratch, line, OCTET};
    for (int32_t first = 0; first < length; first += POSITIONS) {
      const int32_t rows = positions_from(length, first), end = first + rows;
      const octets_matrix part = part_of(scores, first, 0);
      multiply_lanes(part_of(deltas, first, 0), across(values), part, rows, end, head_units);
      for (int32_t i = 0; i < rows; i++)
        softmax_row_backward(part_of(weights, first + i, 0).at, part.at + (size_t)i * line, first + i + 1, rows - i - 1, scale);
      multiply_lanes(part, keys, part_of(to, first, 0), rows, head_units, end);
    }
    for (int32_t first = 0; first < length; first += POSITIONS) {
      const int32_t rows = positions_from(length, first), left = length - first;
      const octets_matrix at = part_of(to, first, width);
      multiply_lanes(across(part_of(scores, first, first)), part_of(queries, first, 0), at, rows, head_units, left);
      multiply_lanes(across(part_of(weights, first, first)), part_of(deltas, first, 0), part_of(at, 0, width), rows, head_units, left);
    }
  }
  return true;
}

/* Four interleaved parts of a sum over units. */
INLINE octet total_of(const octet parts[4]) { return (parts[0] + parts[1]) + (parts[2] + parts[3]); }

INLINE octet sum_units(const uint8_t *x, int32_t units, const bool squares, octet centre) {
  octet parts[4] = {splat(0), splat(0), splat(0), splat(0)};
  int32_t unit = 0;
  for (; unit + 4 <= units; unit += 4) {
    UNROLL(4)
    for (int i = 0; i < 4; i++) {
      const octet d = load_octet(x + (size_t)(unit + i) * OCTET) - centre;
      parts[i] += squares ? d * d : load_octet(x + (size_t)(unit + i) * OCTET);
    }
  }
  for (; unit < units; unit++) {
    const octet d = load_octet(x + (size_t)unit * OCTET) - centre;
    parts[0] += squares ? d * d : load_octet(x + (size_t)unit * OCTET);
  }
  return total_of(parts);
}

INLINE bool norm_within(size_t length, address x, address gain, address y, address statistics, int32_t units, address padded_units,
                        int32_t octets) {
  const size_t row = (size_t)padded_units * OCTET;
  return units >= 1 && octets >= 1 && (address)units <= padded_units && within(length, x, octets, row) && within(length, y, octets, row) &&
         within(length, gain, units, 4) && within(length, statistics, octets, 2 * OCTET);
}

KERNEL(layerNorm)(uint8_t *m, size_t length, address x, address gain, address bias, address y, address statistics, int32_t units,
                  address padded_units, int32_t octets, float epsilon) {
  if (!norm_within(length, x, gain, y, statistics, units, padded_units, octets) || !within(length, bias, units, 4)) return false;
  const octet count = splat((float)units), one = splat(1);
  for (int32_t o = 0; o < octets; o++) {
    const uint8_t *from = m + x + (size_t)o * padded_units * OCTET;
    uint8_t *to = m + y + (size_t)o * padded_units * OCTET, *kept = m + statistics + (size_t)o * 2 * OCTET;
    const octet mean = sum_units(from, units, false, one) / count;
    const octet variance = sum_units(from, units, true, mean) / count;
    const octet inverse = one / square_root(variance + splat(epsilon));
    store_octet(kept, mean);
    store_octet(kept + OCTET, inverse);
    for (int32_t unit = 0; unit < units; unit++) {
      const octet normal = (load_octet(from + (size_t)unit * OCTET) - mean) * inverse;
      store_octet(to + (size_t)unit * OCTET,
                  normal * splat(load_float(m + gain + (size_t)unit * 4)) + splat(load_float(m + bias + (size_t)unit * 4)));
    }
  }
  return true;
}

KERNEL(layerNormBackward)(uint8_t *m, size_t length, address x, address gain, address statistics, address dy, address dx,
                          address gain_lanes, address bias_lanes, int32_t units, address padded_units, int32_t octets, bool add) {
  if (!norm_within(length, x, gain, dy, statistics, units, padded_units, octets) ||
      !within(length, dx, octets, (size_t)padded_units * OCTET) || !within(length, gain_lanes, units, OCTET) ||
      !within(length, bias_lanes, units, OCTET))
    return false;
  const octet count = splat((float)units);
  for (int32_t o = 0; o < octets; o++) {
    const size_t place = (size_t)o * padded_units * OCTET;
    const uint8_t *from = m + x + place, *deltas = m + dy + place, *kept = m + statistics + (size_t)o * 2 * OCTET;
    const octet mean = load_octet(kept), inverse = load_octet(kept + OCTET);
    octet h[4] = {splat(0), splat(0), splat(0), splat(0)}, n[4] = {splat(0), splat(0), splat(0), splat(0)};
    for (int32_t unit = 0; unit < units; unit++) {
      const size_t at = (size_t)unit * OCTET;
      const octet d = load_octet(deltas + at), dn = d * ((load_octet(from + at) - mean) * inverse);
      uint8_t *gains = m + gain_lanes + at, *biases = m + bias_lanes + at;
      store_octet(gains, load_octet(gains) + dn);
      store_octet(biases, load_octet(biases) + d);
      const octet factor = splat(load_float(m + gain + (size_t)unit * 4));
      /* Parts take turns. */
      const octet next_h = h[0] + factor * d, next_n = n[0] + factor * dn;
      UNROLL(3)
      for (int i = 0; i < 3; i++) {
        h[i] = h[i + 1];
        n[i] = n[i + 1];
      }
      h[3] = next_h;
      n[3] = next_n;
    }
    const octet mean_h = total_of(h) / count, mean_n = total_of(n) / count;
    for (int32_t unit = 0; unit < units; unit++) {
      const size_t at = (size_t)unit * OCTET;
      uint8_t *to = m + dx + place + at;
      const octet normal = (load_octet(from + at) - mean) * inverse;
      const octet d =
          ((splat(load_float(m + gain + (size_t)unit * 4)) * load_octet(deltas + at) - mean_h) - normal * mean_n) * inverse;
      store_octet(to, add ? load_octet(to) + d : d);
    }
  }
  return true;
}
