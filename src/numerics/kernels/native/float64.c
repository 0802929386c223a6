/* Float64 products of the analyses (assembly/multiply64.ts), centred units (assembly/panels.ts) and distances (assembly/distances.ts). */
#include "bounds.h"
#include "lanes.h"

/* Bytes of one k-step of a panel: a quartet. */
#define STEP 32

/* Four rows of `panels` panels of C, `vectors` vectors of them: sums of one block, added to C once or written. */
INLINE void multiply_panels(const uint8_t *a, const uint8_t *b, size_t panel, int32_t k, uint8_t *c, size_t row, bool add,
                            const int vectors, int32_t panels) {
  vector64 sums[4][3];
  places from[3], to[3];
  UNROLL(3)
  for (int v = 0; v < vectors; v++) {
    from[v] = neighbours(panel, panels - v * ABREAST);
    to[v] = neighbours(STEP, panels - v * ABREAST);
    UNROLL(4)
    for (int r = 0; r < 4; r++) sums[r][v] = every64(0);
  }
  const uint8_t *at[3] = {b, b + ABREAST * panel, b + 2 * ABREAST * panel};
  do {
    vector64 x[3];
    UNROLL(3)
    for (int v = 0; v < vectors; v++) {
      x[v] = load_quartets(at[v], from[v]);
      at[v] += STEP;
    }
    UNROLL(4)
    for (int r = 0; r < 4; r++) {
      const vector64 y = every64(load_double(a + 8 * r));
      UNROLL(3)
      for (int v = 0; v < vectors; v++) sums[r][v] = fused_vector64(y, x[v], sums[r][v]);
    }
    a += STEP;
  } while (--k);
  UNROLL(4)
  for (int r = 0; r < 4; r++)
    UNROLL(3)
    for (int v = 0; v < vectors; v++) {
      uint8_t *tile = c + r * row + v * ABREAST * STEP;
      store_quartets(tile, to[v], add ? load_quartets(tile, to[v]) + sums[r][v] : sums[r][v]);
    }
}

KERNEL(multiply64)(uint8_t *m, size_t length, address a, address b, address c, int32_t a_panels, int32_t b_panels, int32_t k,
                   address stride, bool add, int32_t diagonal) {
  const size_t row = (size_t)stride * 8, panel = (size_t)k * STEP;
  if (a_panels < 1 || b_panels < 1 || k < 1 || (size_t)b_panels * 4 > stride || !within(length, a, a_panels, panel) ||
      !within(length, b, b_panels, panel) || !within(length, c, (int64_t)a_panels * 4, row))
    return false;
  for (int32_t j = 0; j < b_panels;) {
    const int32_t left = b_panels - j, vectors = (left + ABREAST - 1) / ABREAST;
    const int32_t most = (vectors >= 5 || vectors == 3 ? 3 : vectors >= 2 ? 2 : 1) * ABREAST, taken = most < left ? most : left;
    const uint8_t *columns = m + b + j * panel;
    for (int32_t i = 0; i < a_panels; i++) {
      /* The first of these panels that a tile is wanted of; all to its right are, too. */
      int32_t first = j;
      while (first < j + taken && (int64_t)i * 4 > (int64_t)first * 4 + 3 + diagonal) first++;
      const int32_t wanted = j + taken - first;
      const uint8_t *rows = m + a + i * panel, *from = columns + (first - j) * panel;
      uint8_t *to = m + c + (size_t)i * 4 * row + (size_t)first * STEP;
      if (wanted > 2 * ABREAST) multiply_panels(rows, from, panel, k, to, row, add, 3, wanted);
      else if (wanted > ABREAST) multiply_panels(rows, from, panel, k, to, row, add, 2, wanted);
      else if (wanted > 0) multiply_panels(rows, from, panel, k, to, row, add, 1, wanted);
      else break;
    }
    j += taken;
  }
  return true;
}

/* Four neighbouring numbers of x. */
INLINE quartet four(const uint8_t *x, const bool is_wide) { return is_wide ? load_quartet(x) : wide(load_quad(x)); }

INLINE void centre(const uint8_t *x, int32_t stimuli, int32_t quads, int32_t depth, uint8_t *panels, uint8_t *means, uint8_t *squares,
                   const bool is_wide) {
  const size_t size = is_wide ? 32 : 16, row = (size_t)quads * size;
  for (int32_t quad = 0; quad < quads; quad++) {
    const uint8_t *units = x + quad * size;
    const quartet first = four(units, is_wide);
    quartet sum = splat64(0);
    for (int32_t i = 1; i < stimuli; i++) sum += four(units + i * row, is_wide) - first;
    const quartet mean = first + sum / splat64(stimuli);
    store_quartet(means + (size_t)quad * STEP, mean);
    quartet square = splat64(0);
    for (int32_t top = 0; top < stimuli; top += depth) {
      const int32_t height = stimuli - top < depth ? stimuli - top : depth;
      uint8_t *to = panels + ((size_t)top * quads + (size_t)quad * height) * STEP;
      for (int32_t i = 0; i < height; i++) {
        const quartet centred = four(units + (size_t)(top + i) * row, is_wide) - mean;
        store_quartet(to + (size_t)i * STEP, centred);
        square += centred * centred;
      }
    }
    store_quartet(squares + (size_t)quad * STEP, square);
  }
}

KERNEL(centreUnits)(uint8_t *m, size_t length, address x, bool is_wide, int32_t stimuli, int32_t quads, int32_t depth, address panels,
                    address means, address squares) {
  if (stimuli < 1 || quads < 1 || depth < 1 || !within(length, x, stimuli, (size_t)quads * (is_wide ? 32 : 16)) ||
      !within(length, panels, stimuli, (size_t)quads * STEP) || !within(length, means, quads, STEP) ||
      !within(length, squares, quads, STEP))
    return false;
  if (is_wide) centre(m + x, stimuli, quads, depth, m + panels, m + means, m + squares, true);
  else centre(m + x, stimuli, quads, depth, m + panels, m + means, m + squares, false);
  return true;
}

/* Bytes of a line of ten numbers. */
#define TEN 80

KERNEL(projectUnits)(uint8_t *m, size_t length, address panels, int32_t height, int32_t quads, address directions, address out) {
  if (height < 1 || quads < 1 || !within(length, panels, (int64_t)height * quads + (height & 1), STEP) ||
      !within(length, directions, (int64_t)quads * 4, TEN) || !within(length, out, (int64_t)height + (height & 1), TEN))
    return false;
  for (int32_t quad = 0; quad < quads; quad++) {
    const uint8_t *x = m + panels + (size_t)quad * height * STEP, *direction = m + directions + (size_t)quad * 4 * TEN;
    for (int32_t i = 0; i < height; i++) {
      uint8_t *to = m + out + (size_t)i * TEN;
      vector64 eight[2 / ABREAST];
      pair two = {0, 0};
      UNROLL(2)
      for (int v = 0; v < 2 / ABREAST; v++) eight[v] = quad > 0 ? load_vector64(to + v * ABREAST * 32) : every64(0);
      if (quad > 0) memcpy(&two, to + 64, 16);
      for (int unit = 0; unit < 4; unit++) {
        const double value = load_double(x + (size_t)i * STEP + 8 * unit);
        const uint8_t *line = direction + unit * TEN;
        pair end;
        memcpy(&end, line + 64, 16);
        UNROLL(2)
        for (int v = 0; v < 2 / ABREAST; v++)
          eight[v] = fused_vector64(every64(value), load_vector64(line + v * ABREAST * 32), eight[v]);
        two = fused_pair((pair){value, value}, end, two);
      }
      UNROLL(2)
      for (int v = 0; v < 2 / ABREAST; v++) store_vector64(to + v * ABREAST * 32, eight[v]);
      memcpy(to + 64, &two, 16);
    }
  }
  return true;
}

/* What becomes of rows before they are multiplied, as in assembly/distances.ts; the third is of length 1 as it stands. */
enum form { SHIFTED, CENTRED };

/* The length by which to divide: 1 for rows of nothing. */
INLINE quartet divisor(quartet length) { return chosen64(length == splat64(0), splat64(1), length); }

/* Four numbers of a column, one of each of four rows. */
INLINE quartet down(const uint8_t *x, size_t row, const bool is_wide) {
  if (is_wide) return (quartet){load_double(x), load_double(x + row), load_double(x + 2 * row), load_double(x + 3 * row)};
  return wide((quad){load_float(x), load_float(x + row), load_float(x + 2 * row), load_float(x + 3 * row)});
}

/* The panels of some rows: where four of them begin, and where they go on from one block of terms to the next. */
typedef struct {
  uint8_t *first;
  int32_t quads, quad, terms, depth;
} panels_of;

typedef struct {
  uint8_t *at, *end;
} stretch;

/* The terms of four rows from `top` to the end of its block. */
INLINE stretch block_of(panels_of p, int32_t top) {
  const size_t height = p.terms - top < p.depth ? p.terms - top : p.depth;
  uint8_t *at = p.first + ((size_t)top * p.quads + p.quad * height) * STEP;
  return (stretch){at, at + height * STEP};
}

INLINE void pack_four(const uint8_t *x, size_t row, const bool is_wide, panels_of p, const int how, const uint8_t *means,
                      uint8_t *squares, uint8_t *largest) {
  const quartet first = down(x, row, is_wide);
  quartet sum = splat64(0), norm = splat64(1), total = splat64(0);
  quartet_mask same = sum == sum;
  for (int32_t top = 0; top < p.terms; top += p.depth)
    for (stretch s = block_of(p, top); s.at < s.end; s.at += STEP) {
      quartet value = down(x, row, is_wide);
      x += is_wide ? 8 : 4;
      if (how == SHIFTED) {
        value -= splat64(load_double(means));
        means += 8;
      }
      sum += value;
      same &= value == first;
      store_quartet(s.at, value);
    }
  if (how != SHIFTED) {
    const quartet mean = how == CENTRED ? chosen64(same, first, sum / splat64(p.terms)) : splat64(0);
    quartet most = splat64(0), length = splat64(0);
    for (int32_t top = 0; top < p.terms; top += p.depth)
      for (stretch s = block_of(p, top); s.at < s.end; s.at += STEP) {
        const quartet value = load_quartet(s.at) - mean, size = size_of(value);
        store_quartet(s.at, value);
        most = chosen64(size <= most, most, size);
      }
    store_quartet(largest, most);
    const quartet scale = divisor(most);
    for (int32_t top = 0; top < p.terms; top += p.depth)
      for (stretch s = block_of(p, top); s.at < s.end; s.at += STEP) {
        const quartet value = load_quartet(s.at) / scale;
        store_quartet(s.at, value);
        length += value * value;
      }
    norm = divisor(square_root64(length));
  }
  for (int32_t top = 0; top < p.terms; top += p.depth) {
    quartet block = splat64(0);
    for (stretch s = block_of(p, top); s.at < s.end; s.at += STEP) {
      const quartet value = how == SHIFTED ? load_quartet(s.at) : load_quartet(s.at) / norm;
      store_quartet(s.at, value);
      block = fused64(value, value, block);
    }
    total = top > 0 ? total + block : block;
  }
  store_quartet(squares, total);
}

KERNEL(packRows)(uint8_t *m, size_t length, address x, bool is_wide, int32_t quads, int32_t terms, int32_t depth, int32_t how, address means,
                 address panels, address squares, address largest) {
  const size_t row = (size_t)(terms < 0 ? 0 : terms) * (is_wide ? 8 : 4);
  if (quads < 1 || terms < 1 || depth < 1 || !within(length, x, (int64_t)quads * 4, row) ||
      !within(length, means, terms, 8) || !within(length, panels, (int64_t)quads * terms, STEP) ||
      !within(length, squares, quads, STEP) || !within(length, largest, quads, STEP))
    return false;
  for (int32_t quad = 0; quad < quads; quad++) {
    const uint8_t *from = m + x + (size_t)quad * 4 * row;
    const panels_of p = {m + panels, quads, quad, terms, depth};
    uint8_t *to = m + squares + (size_t)quad * STEP, *most = m + largest + (size_t)quad * STEP;
    if (how == SHIFTED) pack_four(from, row, is_wide, p, SHIFTED, m + means, to, most);
    else if (is_wide) pack_four(from, row, true, p, how, m + means, to, most);
    else pack_four(from, row, false, p, how, m + means, to, most);
  }
  return true;
}

/* As in assembly/distances.ts. */
#define CANCELLED 1e-5
enum distance { SQUARED, HALVED, ROOT };

/* Numbers of a vector64. */
#define LANES64 (4 * ABREAST)

static double squared_distance(const uint8_t *panels, int32_t quads, int32_t i, int32_t j, int32_t terms, int32_t depth) {
  double sum = 0;
  for (int32_t left = terms; left > 0; left -= depth) {
    const int32_t height = left < depth ? left : depth;
    const size_t size = (size_t)height * STEP;
    const uint8_t *x = panels + (size_t)(i >> 2) * size + (size_t)(i & 3) * 8;
    const uint8_t *y = panels + (size_t)(j >> 2) * size + (size_t)(j & 3) * 8;
    for (int32_t k = 0; k < height; k++) {
      const double difference = load_double(x + (size_t)k * STEP) - load_double(y + (size_t)k * STEP);
      sum += difference * difference;
    }
    panels += quads * size;
  }
  return sum;
}

/* Answers the largest of them, 0 at least. */
INLINE double row_distances(const uint8_t *product, const uint8_t *squares, int32_t row, int32_t rows, const uint8_t *panels, int32_t quads,
                          int32_t terms, int32_t depth, int32_t finish, uint8_t *distances) {
  const int32_t later = rows - row - 1;
  const double own = load_double(squares + (size_t)row * 8);
  const uint8_t *square = squares + (size_t)(row + 1) * 8;
  vector64 most = every64(0);
  int32_t j = 0;
  for (; j + LANES64 <= later; j += LANES64) {
    const vector64 scale = every64(own) + load_vector64(square + (size_t)j * 8), p = load_vector64(product + (size_t)j * 8);
    vector64 squared = scale - (p + p);
    const vector64_mask cancelled = squared < every64(CANCELLED) * scale;
    int64_t any = 0;
    for (int lane = 0; lane < LANES64; lane++) any |= cancelled[lane];
    if (any)
      for (int lane = 0; lane < LANES64; lane++)
        if (cancelled[lane]) squared[lane] = squared_distance(panels, quads, row, row + 1 + j + lane, terms, depth);
    if (finish == HALVED) squared *= every64(0.5);
    else if (finish == ROOT) squared = root64(squared);
    store_vector64(distances + (size_t)j * 8, squared);
    const vector64_mask more = most < squared;
    most = (vector64)(((vector64_mask)squared & more) | ((vector64_mask)most & ~more));
  }
  double largest = 0;
  for (int lane = 0; lane < LANES64; lane++)
    if (most[lane] > largest) largest = most[lane];
  for (; j < later; j++) {
    const double scale = own + load_double(square + (size_t)j * 8);
    double squared = scale - 2 * load_double(product + (size_t)j * 8);
    if (squared < CANCELLED * scale) squared = squared_distance(panels, quads, row, row + 1 + j, terms, depth);
    if (finish == HALVED) squared *= 0.5;
    else if (finish == ROOT) squared = __builtin_sqrt(squared);
    memcpy(distances + (size_t)j * 8, &squared, 8);
    if (squared > largest) largest = squared;
  }
  return largest;
}

KERNEL(laterDistances)(uint8_t *m, size_t length, address products, address stride, address squares, int32_t top, int32_t count, int32_t rows,
                       address panels, int32_t quads, int32_t terms, int32_t depth, int32_t finish, address to,
                       address most) {
  /* Lines of products are read from the row itself on; what each receives is one less than of the line before. */
  const int64_t later = (int64_t)rows - top - 1;
  if (top < 0 || count < 1 || (int64_t)top + count > rows || quads < 1 || terms < 0 || depth < 1 || ((int64_t)rows + 3) / 4 > quads ||
      stride < later + 1 || !within(length, products, count, (size_t)stride * 8) || !within(length, squares, rows, 8) ||
      !within(length, panels, (int64_t)quads * terms, STEP) ||
      !within(length, to, later * count - (int64_t)count * (count - 1) / 2, 8) || !within(length, most, 1, 8))
    return false;
  uint8_t *distances = m + to;
  for (int32_t i = 0; i < count; i++) {
    const uint8_t *product = m + products + ((size_t)i * stride + i + 1) * 8;
    const double largest =
        row_distances(product, m + squares, top + i, rows, m + panels, quads, terms, depth, finish, distances);
    if (largest > load_double(m + most)) memcpy(m + most, &largest, 8);
    distances += (size_t)(rows - top - i - 1) * 8;
  }
  return true;
}
