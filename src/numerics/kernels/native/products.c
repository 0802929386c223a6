/* The three products of a layer (assembly/forward.ts, backward.ts, gradient.ts), and those for TensorFlow.js. */
#include "bounds.h"
#include "epilogue.h"
#include "tile.h"

/* What becomes of a complete tile. */
enum finish { AS_IT_IS, RECTIFIED, SCALED };

/* One pass over blocks of terms and of quads, as in assembly/forward.ts. */
typedef struct {
  product p;
  enum start start;
  enum finish finish;
  int32_t octets;
  int32_t quads;
  /* Of what follows the tiles, for the first octet and quad. */
  uint8_t *slopes;
  uint8_t *turned;
  size_t rows;
  float leak;
} pass;

INLINE void finish_tiles(const pass *s, const product *p, int32_t quad, int32_t octet, int quads, int32_t octets) {
  for (int o = 0; o < octets; o++)
    for (int q = 0; q < quads; q++) {
      uint8_t *to = p->to + q * TILE + o * p->to_next_octet;
      uint8_t *slopes = s->slopes + (to - s->p.to);
      if (s->finish == RECTIFIED)
        rectify(to, slopes, s->turned + ((size_t)(quad + q) * s->rows + (size_t)(octet + o) * 8) * QUAD, s->leak);
      if (s->finish == SCALED)
        scale(to, slopes,
              s->turned + ((size_t)((quad + q) >> 1) * s->rows + (size_t)(octet + o) * 8) * OCTET + ((quad + q) & 1) * QUAD);
    }
}

/* Tiles of `octets` octets by all quads of a block: two quads at a time where there are registers, or one would leave the adders idle. */
INLINE void column(const pass *s, product p, int32_t first, int32_t quads, int32_t octet, bool last, const int vectors, int32_t octets) {
  for (int32_t quad = 0; quad < quads;) {
    const int taken = (ABREAST > 1 || vectors == 1) && quad + 2 <= quads ? 2 : 1;
    if (taken == 2) multiply(&p, s->start, 2, vectors, octets);
    else multiply(&p, s->start, 1, vectors, octets);
    if (last) finish_tiles(s, &p, first + quad, octet, taken, octets);
    p.quads += taken * p.stride * QUAD;
    p.biases += taken * QUAD;
    p.to += taken * TILE;
    quad += taken;
  }
}

INLINE void block(const pass *s, product p, int32_t first, int32_t quads, bool last) {
  for (int32_t octet = 0; octet < s->octets;) {
    const int32_t left = s->octets - octet, vectors = (left + ABREAST - 1) / ABREAST;
    /* Four are two twos: a single one would wait for its own sums. */
    const int32_t most = vectors >= 5 || vectors == 3 ? 3 : vectors >= 2 ? 2 : 1;
    const int32_t taken = most * ABREAST < left ? most * ABREAST : left;
    if (most == 3) column(s, p, first, quads, octet, last, 3, taken);
    else if (most == 2) column(s, p, first, quads, octet, last, 2, taken);
    else column(s, p, first, quads, octet, last, 1, taken);
    p.octets += taken * p.stride * OCTET;
    p.to += taken * p.to_next_octet;
    octet += taken;
  }
}

/* Blocks of terms go on from sums in memory: they change no order and no bit. */
INLINE void all(pass s, int32_t terms) {
  for (int32_t term = 0; term < terms; term += BLOCK_TERMS) {
    product p = s.p;
    p.terms = terms - term < BLOCK_TERMS ? terms - term : BLOCK_TERMS;
    p.quads += (size_t)term * QUAD;
    p.octets += (size_t)term * OCTET;
    for (int32_t first = 0; first < s.quads; first += BLOCK_QUADS) {
      product of = p;
      of.quads += first * p.stride * QUAD;
      of.biases += (size_t)first * QUAD;
      of.to += (size_t)first * TILE;
      block(&s, of, first, s.quads - first < BLOCK_QUADS ? s.quads - first : BLOCK_QUADS, term + p.terms == terms);
    }
    s.start = SUMS;
  }
}

/* Sums from zero, left as they are; stride and terms as of a product, `next` bytes from the tiles of one octet to those of the next. */
INLINE pass sums(uint8_t *m, address quads_at, address octets_at, address stride, address to, size_t next, int32_t octets,
                 int32_t quads) {
  return (pass){.p = {.quads = m + quads_at, .octets = m + octets_at, .stride = stride, .biases = m, .to = m + to, .to_next_octet = next},
                .start = ZERO,
                .finish = AS_IT_IS,
                .octets = octets,
                .quads = quads};
}

INLINE pass layer(uint8_t *m, address x, address w, address bias, address y, address input_units, address output_units,
                  int32_t octets, int32_t quads) {
  pass s = sums(m, w, x, input_units, y, (size_t)output_units * OCTET, octets, quads);
  s.start = BIAS;
  s.p.biases = m + bias;
  return s;
}

INLINE bool layer_within(size_t length, address x, address w, address bias, address y, int32_t inputs, address input_units,
                         address output_units, int32_t octets, int32_t quads) {
  const size_t units = (size_t)output_units * OCTET;
  return inputs >= 1 && octets >= 1 && quads >= 1 && (address)inputs <= input_units && (size_t)quads * 4 <= output_units &&
         within(length, x, octets, (size_t)input_units * OCTET) && within(length, w, quads, (size_t)input_units * QUAD) &&
         within(length, bias, quads, QUAD) && within(length, y, octets, units);
}

KERNEL(forward)(uint8_t *m, size_t length, address x, address w, address bias, address z, int32_t inputs, address input_units,
                address output_units, int32_t octets, int32_t quads) {
  if (!layer_within(length, x, w, bias, z, inputs, input_units, output_units, octets, quads)) return false;
  all(layer(m, x, w, bias, z, input_units, output_units, octets, quads), inputs);
  return true;
}

KERNEL(forwardRectified)(uint8_t *m, size_t length, address x, address w, address bias, address y, int32_t inputs,
                         address input_units, address output_units, int32_t octets, int32_t quads, address slopes,
                         address turned, address rows, float leak) {
  if (!layer_within(length, x, w, bias, y, inputs, input_units, output_units, octets, quads) ||
      !within(length, slopes, octets, (size_t)output_units * OCTET) || rows < (size_t)octets * 8 ||
      !within(length, turned, quads, (size_t)rows * QUAD))
    return false;
  pass s = layer(m, x, w, bias, y, input_units, output_units, octets, quads);
  s.finish = RECTIFIED;
  s.slopes = m + slopes;
  s.turned = m + turned;
  s.rows = rows;
  s.leak = leak;
  all(s, inputs);
  return true;
}

KERNEL(backward)(uint8_t *m, size_t length, address dz, address w, address slopes, address delta, address turned,
                 int32_t outputs, address output_units, address input_units, int32_t octets, int32_t quads, address rows) {
  const size_t units = (size_t)input_units * OCTET;
  if (outputs < 1 || octets < 1 || quads < 1 || (address)outputs > output_units || (size_t)quads * 4 > input_units ||
      rows < (size_t)octets * 8 || !within(length, dz, octets, (size_t)output_units * OCTET) ||
      !within(length, w, quads, (size_t)output_units * QUAD) || !within(length, slopes, octets, units) ||
      !within(length, delta, octets, units) || !within(length, turned, (quads + 1) / 2, (size_t)rows * OCTET))
    return false;
  pass s = sums(m, w, dz, output_units, delta, units, octets, quads);
  s.finish = SCALED;
  s.slopes = m + slopes;
  s.turned = m + turned;
  s.rows = rows;
  all(s, outputs);
  return true;
}

KERNEL(gradient)(uint8_t *m, size_t length, address x, address dz, address gradient, int32_t rows, address stride,
                 int32_t quads, int32_t octets, bool add) {
  const size_t next = (size_t)quads * TILE;
  if (rows < 1 || octets < 1 || quads < 1 || (address)rows > stride || !within(length, x, quads, (size_t)stride * QUAD) ||
      !within(length, dz, octets, (size_t)stride * OCTET) || !within(length, gradient, octets, next))
    return false;
  pass s = sums(m, x, dz, stride, gradient, next, octets, quads);
  if (add) s.start = SUMS;
  all(s, rows);
  return true;
}

KERNEL(biasGradient)(uint8_t *m, size_t length, address dz, address gradient, int32_t rows, address stride, int32_t octets,
                     bool add) {
  if (rows < 1 || octets < 1 || (address)rows > stride || !within(length, dz, octets, (size_t)stride * OCTET) ||
      !within(length, gradient, octets, OCTET))
    return false;
  for (int32_t o = 0; o < octets; o++) {
    uint8_t *to = m + gradient + (size_t)o * OCTET;
    const uint8_t *from = m + dz + (size_t)o * stride * OCTET;
    octet sum = add ? load_octet(to) : splat(0);
    for (int32_t row = 0; row < rows; row++) sum += load_octet(from + (size_t)row * OCTET);
    store_octet(to, sum);
  }
  return true;
}
