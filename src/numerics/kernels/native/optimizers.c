/* Optimisers (assembly/optimizer.ts): the new weights in both of their layouts. Nothing here is fused. */
#include "bounds.h"
#include "lanes.h"

enum kind { SGD, MOMENTUM, ADAM };

typedef struct {
  vector step, rate, square_rate, epsilon;
} rule;

/* One update of a vector of weights; see `updated` there. */
INLINE vector updated(const rule *r, enum kind kind, vector w, vector g, uint8_t *m, uint8_t *v, places at) {
  if (kind == SGD) return w - g * r->step;
  if (kind == MOMENTUM) {
    const vector velocity = load_octets(m, at) * r->rate + g;
    store_octets(m, at, velocity);
    return w - velocity * r->step;
  }
  vector first = load_octets(m, at);
  first = first + (g - first) * r->rate;
  const vector size = (vector)((vector_mask)first & 0x7fffffff);
  first = (vector)((vector_mask)first & (size > every(1e-30f)));
  store_octets(m, at, first);
  vector second = load_octets(v, at);
  second = second + (g * g - second) * r->square_rate;
  store_octets(v, at, second);
  return w - first / (root(second) + r->epsilon) * r->step;
}

INLINE bool weights_within(size_t length, address w, address turned, address g, address m, address v, address input_units,
                           address output_units, int32_t quads, int32_t octets) {
  const size_t tiles = (size_t)quads * TILE;
  return quads >= 1 && octets >= 1 && (size_t)quads * 4 <= input_units && (size_t)octets * 8 <= output_units &&
         within(length, w, 2 * (int64_t)octets, (size_t)input_units * QUAD) &&
         within(length, turned, quads, (size_t)output_units * QUAD) && within(length, g, octets, tiles) &&
         within(length, m, octets, tiles) && within(length, v, octets, tiles);
}

INLINE void update_weights(const rule *r, enum kind kind, uint8_t *w, uint8_t *turned, const uint8_t *g, uint8_t *m, uint8_t *v,
                           address input_units, address output_units, int32_t quads, int32_t octets) {
  const size_t next = (size_t)input_units * QUAD;
  for (int32_t o = 0; o < octets; o++)
    for (int32_t q = 0; q < quads; q++) {
      const size_t tile = ((size_t)o * quads + q) * TILE;
      uint8_t *weights = w + 2 * o * next + (size_t)q * 4 * QUAD;
      uint8_t *columns = turned + ((size_t)q * output_units + (size_t)o * 8) * QUAD;
      octet rows[4], quarters[4];
      UNROLL(4)
      for (int i = 0; i < 4; i += ABREAST) {
        uint8_t *line = weights + i * QUAD;
        const size_t at = tile + i * OCTET;
        for (int j = 0; j < ABREAST; j++) rows[i + j] = join(load_quad(line + j * QUAD), load_quad(line + next + j * QUAD));
        const vector new = updated(r, kind, abreast(rows + i), load_vector(g + at), m + at, v + at, neighbours(OCTET, ABREAST));
        UNROLL(2)
        for (int j = 0; j < ABREAST; j++) {
          rows[i + j] = part(new, j);
          store_quad(line + j * QUAD, low_quad(rows[i + j]));
          store_quad(line + next + j * QUAD, high_quad(rows[i + j]));
        }
      }
      turn(rows[0], rows[1], rows[2], rows[3], quarters);
      UNROLL(4)
      for (int i = 0; i < 4; i++) store_octet(columns + i * OCTET, quarters[i]);
    }
}

INLINE bool biases_within(size_t length, address b, address g, address m, address v, int32_t octets) {
  return octets >= 1 && within(length, b, octets, OCTET) && within(length, g, octets, OCTET) && within(length, m, octets, OCTET) &&
         within(length, v, octets, OCTET);
}

INLINE void update_biases(const rule *r, enum kind kind, uint8_t *b, const uint8_t *g, uint8_t *m, uint8_t *v, int32_t octets) {
  for (int32_t o = 0; o < octets; o += ABREAST) {
    const size_t at = (size_t)o * OCTET;
    const places of = neighbours(OCTET, octets - o);
    store_octets(b + at, of, updated(r, kind, load_octets(b + at, of), load_octets(g + at, of), m + at, v + at, of));
  }
}

KERNEL(adam)(uint8_t *memory, size_t length, address w, address turned, address g, address m, address v, address input_units,
             address output_units, int32_t quads, int32_t octets, float step, float rate, float square_rate, float epsilon) {
  if (!weights_within(length, w, turned, g, m, v, input_units, output_units, quads, octets)) return false;
  const rule r = {every(step), every(rate), every(square_rate), every(epsilon)};
  update_weights(&r, ADAM, memory + w, memory + turned, memory + g, memory + m, memory + v, input_units, output_units, quads, octets);
  return true;
}

KERNEL(momentum)(uint8_t *memory, size_t length, address w, address turned, address g, address m, address input_units,
                 address output_units, int32_t quads, int32_t octets, float step, float rate) {
  if (!weights_within(length, w, turned, g, m, m, input_units, output_units, quads, octets)) return false;
  const rule r = {every(step), every(rate), every(0), every(0)};
  update_weights(&r, MOMENTUM, memory + w, memory + turned, memory + g, memory + m, memory, input_units, output_units, quads, octets);
  return true;
}

KERNEL(sgd)(uint8_t *memory, size_t length, address w, address turned, address g, address input_units, address output_units,
            int32_t quads, int32_t octets, float step) {
  if (!weights_within(length, w, turned, g, g, g, input_units, output_units, quads, octets)) return false;
  const rule r = {every(step), every(0), every(0), every(0)};
  update_weights(&r, SGD, memory + w, memory + turned, memory + g, memory, memory, input_units, output_units, quads, octets);
  return true;
}

KERNEL(adamBiases)(uint8_t *memory, size_t length, address b, address g, address m, address v, int32_t octets, float step, float rate,
                   float square_rate, float epsilon) {
  if (!biases_within(length, b, g, m, v, octets)) return false;
  const rule r = {every(step), every(rate), every(square_rate), every(epsilon)};
  update_biases(&r, ADAM, memory + b, memory + g, memory + m, memory + v, octets);
  return true;
}

KERNEL(momentumBiases)(uint8_t *memory, size_t length, address b, address g, address m, int32_t octets, float step, float rate) {
  if (!biases_within(length, b, g, m, m, octets)) return false;
  const rule r = {every(step), every(rate), every(0), every(0)};
  update_biases(&r, MOMENTUM, memory + b, memory + g, memory + m, memory, octets);
  return true;
}

KERNEL(sgdBiases)(uint8_t *memory, size_t length, address b, address g, int32_t octets, float step) {
  if (!biases_within(length, b, g, g, g, octets)) return false;
  const rule r = {every(step), every(0), every(0), every(0)};
  update_biases(&r, SGD, memory + b, memory + g, memory, memory, octets);
  return true;
}
