/* The loops of a symmetric eigenproblem (assembly/eigen.ts): four columns a turn. Scalars are multiplied and added, as there. */
#include <math.h>

#include "bounds.h"
#include "lanes.h"

/* As there: squares that sum to less are none. */
#define NOTHING 1e-200

INLINE double at(const double *x, ptrdiff_t i) { return load_double(x + i); }

INLINE void put(double *x, ptrdiff_t i, double value) { memcpy(x + i, &value, sizeof value); }

/* Four partial sums. */
INLINE double together(quartet x) { return (x[0] + x[2]) + (x[1] + x[3]); }

INLINE double dot(const double *x, const double *y, int32_t count) {
  quartet sums = splat64(0);
  for (; count >= 4; count -= 4, x += 4, y += 4) sums = fused64(load_quartet(x), load_quartet(y), sums);
  double sum = together(sums);
  for (; count > 0; count--, x++, y++) sum += at(x, 0) * at(y, 0);
  return sum;
}

INLINE void add_multiple(double *y, const double *x, double factor, int32_t count) {
  const quartet f = splat64(factor);
  for (; count >= 4; count -= 4, x += 4, y += 4) store_quartet(y, fused64(f, load_quartet(x), load_quartet(y)));
  for (; count > 0; count--, x++, y++) put(y, 0, at(y, 0) + factor * at(x, 0));
}

/* x − v w − w' v' */
INLINE quartet updated_four(quartet x, quartet v, quartet w, quartet other_w, quartet other_v) {
  return x - fused64(v, w, other_w * other_v);
}

INLINE void update_row(double *x, const double *v, const double *w, int32_t count) {
  const double fv = at(v, 0), fw = at(w, 0);
  const quartet four_v = splat64(fv), four_w = splat64(fw);
  for (; count >= 4; count -= 4, x += 4, v += 4, w += 4)
    store_quartet(x, updated_four(load_quartet(x), four_v, load_quartet(w), four_w, load_quartet(v)));
  for (; count > 0; count--, x++, v++, w++) put(x, 0, at(x, 0) - (fv * at(w, 0) + fw * at(v, 0)));
}

/* p = A u, and where v is given A ← A − v wᵀ − w vᵀ first, in one pass over the upper triangle. */
INLINE void multiply_symmetric(double *a, size_t n, const double *v, const double *w, const double *u, double *p, int32_t count,
                               const bool update) {
  memset(p, 0, (size_t)count * sizeof *p);
  const size_t next = n + 1;
  int32_t left = count;
  for (; left >= 2; left -= 2, u += 2, p += 2, a += 2 * next) {
    double *below = a + next;
    const double u0 = at(u, 0), u1 = at(u, 1);
    const double v0 = update ? at(v, 0) : 0, v1 = update ? at(v, 1) : 0, w0 = update ? at(w, 0) : 0, w1 = update ? at(w, 1) : 0;
    double first = at(a, 0), corner = at(a, 1), second = at(below, 0);
    if (update) {
      first -= v0 * w0 + w0 * v0;
      corner -= v0 * w1 + w0 * v1;
      second -= v1 * w1 + w1 * v1;
      put(a, 0, first);
      put(a, 1, corner);
      put(below, 0, second);
    }
    double sum0 = first * u0 + corner * u1, sum1 = corner * u0 + second * u1;
    const quartet f0 = splat64(u0), f1 = splat64(u1);
    const quartet sv0 = splat64(v0), sv1 = splat64(v1), sw0 = splat64(w0), sw1 = splat64(w1);
    quartet s0 = splat64(0), s1 = splat64(0);
    double *x = a + 2, *y = below + 1, *q = p + 2;
    const double *vv = v + 2, *ww = w + 2, *uu = u + 2;
    int32_t rest = left - 2;
    for (; rest >= 4; rest -= 4, x += 4, y += 4, uu += 4, q += 4) {
      const quartet ou = load_quartet(uu);
      quartet r0 = load_quartet(x), r1 = load_quartet(y);
      if (update) {
        const quartet ow = load_quartet(ww), ov = load_quartet(vv);
        r0 = updated_four(r0, sv0, ow, sw0, ov);
        r1 = updated_four(r1, sv1, ow, sw1, ov);
        store_quartet(x, r0);
        store_quartet(y, r1);
        vv += 4;
        ww += 4;
      }
      s0 = fused64(r0, ou, s0);
      s1 = fused64(r1, ou, s1);
      store_quartet(q, fused64(r1, f1, fused64(r0, f0, load_quartet(q))));
    }
    for (; rest > 0; rest--, x++, y++, uu++, q++) {
      double r0 = at(x, 0), r1 = at(y, 0);
      const double ou = at(uu, 0);
      if (update) {
        const double ow = at(ww++, 0), ov = at(vv++, 0);
        r0 -= v0 * ow + w0 * ov;
        r1 -= v1 * ow + w1 * ov;
        put(x, 0, r0);
        put(y, 0, r1);
      }
      sum0 += r0 * ou;
      sum1 += r1 * ou;
      put(q, 0, at(q, 0) + (r0 * u0 + r1 * u1));
    }
    put(p, 0, at(p, 0) + (sum0 + together(s0)));
    put(p, 1, at(p, 1) + (sum1 + together(s1)));
    if (update) {
      v += 2;
      w += 2;
    }
  }
  if (left > 0) {
    double last = at(a, 0);
    if (update) {
      last -= at(v, 0) * at(w, 0) + at(w, 0) * at(v, 0);
      put(a, 0, last);
    }
    put(p, 0, at(p, 0) + last * at(u, 0));
  }
}

/* Apart, for the copies that a constant makes of it. */
static void symmetric_product(double *a, size_t n, const double *u, double *p, int32_t count) {
  multiply_symmetric(a, n, a, a, u, p, count, false);
}

static void update_and_multiply(double *a, size_t n, const double *v, const double *w, const double *u, double *p, int32_t count) {
  multiply_symmetric(a, n, v, w, u, p, count, true);
}

KERNEL(tridiagonalise)(uint8_t *m, size_t length, address matrix, int32_t n, address diagonals, address beside, address scalings,
                       address room) {
  const size_t row = (size_t)(n < 0 ? 0 : n) * 8;
  if (n < 1 || !within(length, matrix, n, row) || !within(length, diagonals, n, 8) || !within(length, beside, n, 8) ||
      !within(length, scalings, n, 8) || !within(length, room, 2, row))
    return false;
  double *a = (double *)(m + matrix), *d = (double *)(m + diagonals), *e = (double *)(m + beside);
  double *scales = (double *)(m + scalings), *p = (double *)(m + room), *other = p + n;
  const double *old_v = NULL, *old_w = NULL;
  for (int32_t k = 0; k < n; k++) {
    double *diagonal = a + (size_t)k * n + k;
    const int32_t count = n - 1 - k;
    if (old_v) update_row(diagonal, old_v, old_w, count + 1);
    put(d, k, at(diagonal, 0));
    put(e, k, 0);
    put(scales, k, 0);
    if (count == 0) break;
    double *corner = diagonal + n + 1, *v = diagonal + 1;
    const double tail = dot(v + 1, v + 1, count - 1), head = at(v, 0);
    if (tail < NOTHING) {
      put(e, k, head);
      if (old_v)
        for (int32_t i = 0; i < count; i++) update_row(corner + (size_t)i * (n + 1), old_v + 1 + i, old_w + 1 + i, count - i);
      old_v = NULL;
      continue;
    }
    const double norm = sqrt(head * head + tail), alpha = head > 0 ? -norm : norm;
    put(e, k, alpha);
    put(v, 0, head - alpha);
    const double beta = 1 / (norm * (norm + fabs(head)));
    put(scales, k, beta);
    if (old_v) update_and_multiply(corner, n, old_v + 1, old_w + 1, v, p, count);
    else symmetric_product(corner, n, v, p, count);
    for (int32_t i = 0; i < count; i++) put(p, i, at(p, i) * beta);
    add_multiple(p, v, -0.5 * beta * dot(p, v, count), count);
    old_v = v;
    old_w = p;
    p = other;
    other = (double *)old_w;
  }
  return true;
}

KERNEL(reflectBack)(uint8_t *m, size_t length, address matrix, int32_t n, address scalings, address vector, int32_t last) {
  if (n < 1 || last < 0 || last >= n || !within(length, matrix, n, (size_t)n * 8) || !within(length, scalings, n, 8) ||
      !within(length, vector, n, 8))
    return false;
  const double *a = (const double *)(m + matrix), *scales = (const double *)(m + scalings);
  double *y = (double *)(m + vector);
  for (int32_t k = last - 1; k >= 0; k--) {
    const double scale = at(scales, k);
    if (scale == 0) continue;
    const double *v = a + (size_t)k * n + k + 1;
    double *to = y + k + 1;
    add_multiple(to, v, -scale * dot(v, to, n - 1 - k), n - 1 - k);
  }
  return true;
}

/* Columns that pass all rotations while the lower row stays in registers. */
INLINE void rotate(double *z, int32_t n, int32_t top, int32_t count, const double *turns, const int quartets) {
  double *above = z + (size_t)top * n, *below = above + n;
  quartet f[4];
  UNROLL(4)
  for (int i = 0; i < quartets; i++) f[i] = load_quartet(below + 4 * i);
  do {
    const quartet s = splat64(at(turns, 0)), c = splat64(at(turns, 1)), minus = -s;
    UNROLL(4)
    for (int i = 0; i < quartets; i++) {
      const quartet h = load_quartet(above + 4 * i);
      store_quartet(below + 4 * i, fused64(s, h, c * f[i]));
      f[i] = fused64(c, h, minus * f[i]);
    }
    below = above;
    above -= n;
    turns += 2;
  } while (--count);
  UNROLL(4)
  for (int i = 0; i < quartets; i++) store_quartet(below + 4 * i, f[i]);
}

KERNEL(rotateRows)(uint8_t *m, size_t length, address rows, int32_t n, int32_t top, int32_t count, address pairs) {
  if (n < 1 || count < 1 || top < count - 1 || !within(length, rows, (int64_t)top + 2, (size_t)n * 8) ||
      !within(length, pairs, count, 16))
    return false;
  double *z = (double *)(m + rows);
  const double *turns = (const double *)(m + pairs);
  int32_t column = 0;
  for (; column + 16 <= n; column += 16) rotate(z + column, n, top, count, turns, 4);
  for (; column + 8 <= n; column += 8) rotate(z + column, n, top, count, turns, 2);
  for (; column < n; column++) {
    double *above = z + (size_t)top * n + column, *below = above + n;
    double f = at(below, 0);
    for (int32_t i = 0; i < count; i++) {
      const double s = at(turns, 2 * i), c = at(turns, 2 * i + 1), h = at(above, 0);
      put(below, 0, s * h + c * f);
      f = c * h - s * f;
      below = above;
      above -= n;
    }
    put(below, 0, f);
  }
  return true;
}
