/* Passes over a layer's batch octets: gelu (assembly/activation.ts), the loss of classes (loss.ts), and what is turned (transpose.ts). */
#include "bounds.h"
#include "elementary.h"

KERNEL(activateGelu)(uint8_t *m, size_t length, address values, address slopes, int32_t count) {
  /* Registers of four numbers: octets, of which the last may be half of one. */
  if (count < 1 || !within(length, values, count, QUAD) || !within(length, slopes, count, QUAD)) return false;
  const octet density = coefficient(0.3989422804014327);
  for (int32_t at = 0; at < count; at += 2) {
    const bool whole = at + 1 < count;
    uint8_t *to = m + values + (size_t)at * QUAD, *slope_to = m + slopes + (size_t)at * QUAD;
    const octet z = whole ? load_octet(to) : join(load_quad(to), load_quad(to));
    const octet bell = gaussian(z), cdf = normal_cdf(z, bell);
    const octet y = z * cdf, slope = cdf + z * (bell * density);
    if (whole) {
      store_octet(to, y);
      store_octet(slope_to, slope);
    } else {
      store_quad(to, low_quad(y));
      store_quad(slope_to, low_quad(slope));
    }
  }
  return true;
}

/* Of an octet of which only the first four rows are there those. */
INLINE void store_rows(uint8_t *to, octet x, bool half) {
  if (half) store_quad(to, low_quad(x));
  else store_octet(to, x);
}

/* The sum of four rows' losses, two by two, as `addTo` there. */
INLINE pair sum_quad(pair sum, quad x) { return sum + ((pair){x[0], x[1]} + (pair){x[2], x[3]}); }

KERNEL(lossSoftmax)(uint8_t *m, size_t length, address z, address dz, address labels, address units, int32_t rows, float factor,
                    address result, int32_t classes) {
  const int64_t octets = ((int64_t)rows + 7) / 8;
  if (rows < 1 || classes < 1 || (address)classes > units || !within(length, result, 1, 16) ||
      !within(length, labels, octets, OCTET) || octets - 1 > (int64_t)(length / OCTET / units))
    return false;
  /* Of the last octet only the head's own units are there. */
  const size_t next = (size_t)units * OCTET;
  const int64_t before = (octets - 1) * units;
  if (!within(length, z, before + classes, OCTET) || !within(length, dz, before + classes, OCTET)) return false;
  pair sum = {0, 0};
  int32_t right = 0;
  for (int64_t o = 0; o < octets; o++) {
    const uint8_t *from = m + z + o * next;
    uint8_t *to = m + dz + o * next;
    const int32_t left = rows - (int32_t)o * 8;
    const bool half = left <= 4;
    const octet label = load_octet(m + labels + o * OCTET);
    octet largest = load_octet(from), best = splat(0);
    for (int32_t c = 1; c < classes; c++) {
      const octet x = load_octet(from + (size_t)c * OCTET);
      const octet_mask more = x > largest;
      largest = chosen(more, x, largest);
      best = chosen(more, splat((float)c), best);
    }
    octet total = splat(0), labelled = splat(0);
    for (int32_t c = 0; c < classes; c++) {
      const octet x = load_octet(from + (size_t)c * OCTET);
      const octet e = exp_of_negative(x - largest);
      store_rows(to + (size_t)c * OCTET, e, half);
      total += e;
      labelled = chosen(label == splat((float)c), x, labelled);
    }
    for (int32_t c = 0; c < classes; c++) {
      uint8_t *at = to + (size_t)c * OCTET;
      const octet target = chosen(label == splat((float)c), splat(1), splat(0));
      store_rows(at, splat(factor) * (load_octet(at) / total - target), half);
    }
    octet loss = logarithm(total) + (largest - labelled);
    for (int32_t row = 0; row < 8; row++) {
      if (row >= left) loss[row] = 0;
      else right += best[row] == label[row];
    }
    sum = sum_quad(sum, low_quad(loss));
    if (!half) sum = sum_quad(sum, high_quad(loss));
  }
  const double found[] = {sum[0] + sum[1], right};
  memcpy(m + result, found, sizeof found);
  return true;
}

/* Whether `quads` quads of octets are there, and as many of `lines` lines, `size` bytes each, for every `share` of them. */
INLINE bool turned_within(size_t length, address from, address from_units, address to, address to_rows, int32_t octets, int32_t quads,
                          int32_t share, size_t size) {
  return octets >= 1 && quads >= 1 && (size_t)quads * 4 <= from_units && to_rows >= (size_t)octets * 8 &&
         within(length, from, octets, (size_t)from_units * OCTET) && within(length, to, (quads + share - 1) / share, to_rows * size);
}

INLINE void turn_quad(const uint8_t *from, octet turned[4]) {
  turn(load_octet(from), load_octet(from + OCTET), load_octet(from + 2 * OCTET), load_octet(from + 3 * OCTET), turned);
}

KERNEL(octetsToQuads)(uint8_t *m, size_t length, address from, address from_units, address to, address to_rows, int32_t octets,
                      int32_t quads) {
  if (!turned_within(length, from, from_units, to, to_rows, octets, quads, 1, QUAD)) return false;
  for (int32_t o = 0; o < octets; o++)
    for (int32_t q = 0; q < quads; q++) {
      octet turned[4];
      turn_quad(m + from + ((size_t)o * from_units + (size_t)q * 4) * OCTET, turned);
      uint8_t *at = m + to + ((size_t)q * to_rows + (size_t)o * 8) * QUAD;
      UNROLL(4)
      for (int r = 0; r < 4; r++) store_octet(at + r * OCTET, turned[r]);
    }
  return true;
}

KERNEL(octetsToOctets)(uint8_t *m, size_t length, address from, address from_units, address to, address to_rows, int32_t octets,
                       int32_t quads) {
  if (!turned_within(length, from, from_units, to, to_rows, octets, quads, 2, OCTET)) return false;
  for (int32_t o = 0; o < octets; o++)
    for (int32_t q = 0; q < quads; q++) {
      octet turned[4];
      turn_quad(m + from + ((size_t)o * from_units + (size_t)q * 4) * OCTET, turned);
      uint8_t *at = m + to + ((size_t)(q >> 1) * to_rows + (size_t)o * 8) * OCTET + (size_t)(q & 1) * QUAD;
      UNROLL(4)
      for (int r = 0; r < 4; r++) {
        store_quad(at + 2 * r * OCTET, low_quad(turned[r]));
        store_quad(at + (2 * r + 1) * OCTET, high_quad(turned[r]));
      }
    }
  return true;
}
