/**
 * The heavy loops of a symmetric eigenproblem (src/numerics/symmetric-eigen.ts): float64, four columns a turn, each sum in a fixed
 * order of four partial sums. Vectors may begin at odd places: loads of WebAssembly need no alignment.
 */

import { fused64 } from './fused';

/**
 * Squares of a column that sum to less are none, of a matrix whose largest entry is 1: far below its rounding, and where they begin to
 * vanish their inverse would overflow.
 */
const NOTHING: f64 = 1e-200;

/** Four partial sums, and then the numbers that are left. */
@inline
function together(low: v128, high: v128): f64 {
  const pairs = f64x2.add(low, high);
  return f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
}

/** x · y over `count` numbers. */
@inline
function dot(x: usize, y: usize, count: i32): f64 {
  let a = f64x2.splat(0), b = a;
  for (; count >= 4; count -= 4, x += 32, y += 32) {
    a = fused64(v128.load(x), v128.load(y), a);
    b = fused64(v128.load(x, 16), v128.load(y, 16), b);
  }
  let sum = together(a, b);
  for (; count > 0; count--, x += 8, y += 8) sum += load<f64>(x) * load<f64>(y);
  return sum;
}

/** y += factor · x over `count` numbers. */
@inline
function addMultiple(y: usize, x: usize, factor: f64, count: i32): void {
  const f = f64x2.splat(factor);
  for (; count >= 4; count -= 4, x += 32, y += 32) {
    v128.store(y, fused64(f, v128.load(x), v128.load(y)));
    v128.store(y, fused64(f, v128.load(x, 16), v128.load(y, 16)), 16);
  }
  for (; count > 0; count--, x += 8, y += 8) store<f64>(y, load<f64>(y) + factor * load<f64>(x));
}

/** x − v w − w' v', of two numbers each. */
@inline
function updated(x: v128, v: v128, w: v128, otherW: v128, otherV: v128): v128 {
  return f64x2.sub(x, fused64(v, w, f64x2.mul(otherW, otherV)));
}

/** One row of A ← A − v wᵀ − w vᵀ: `count` numbers at x, which stand at the first of v and w. */
@inline
function updateRow(x: usize, v: usize, w: usize, count: i32): void {
  const fv = load<f64>(v), fw = load<f64>(w);
  const splatV = f64x2.splat(fv), splatW = f64x2.splat(fw);
  for (; count >= 4; count -= 4, x += 32, w += 32, v += 32) {
    v128.store(x, updated(v128.load(x), splatV, v128.load(w), splatW, v128.load(v)));
    v128.store(x, updated(v128.load(x, 16), splatV, v128.load(w, 16), splatW, v128.load(v, 16)), 16);
  }
  for (; count > 0; count--, x += 8, w += 8, v += 8) {
    store<f64>(x, load<f64>(x) - (fv * load<f64>(w) + fw * load<f64>(v)));
  }
}

/** A ← A − v wᵀ − w vᵀ in the upper triangle: `count` rows, the first at `a`, on its diagonal. */
function update(a: usize, n: usize, v: usize, w: usize, count: i32): void {
  const next = (n + 1) << 3;
  for (; count > 0; count--, a += next, v += 8, w += 8) updateRow(a, v, w, count);
}

/**
 * p = A u, from the upper triangle of A alone: `count` rows, the first at `a`, on its diagonal.
 *
 * @param n numbers of a row of A
 */
function symmetricProduct(a: usize, n: usize, u: usize, p: usize, count: i32): void {
  multiply(false, a, n, 0, 0, u, p, count);
}

/**
 * `update` by v and w and then `symmetricProduct` with u, in one pass over the matrix: it is larger than the first-level
 * cache, and reading it is what takes the time.
 */
function updateAndMultiply(a: usize, n: usize, v: usize, w: usize, u: usize, p: usize, count: i32): void {
  multiply(true, a, n, v, w, u, p, count);
}

/** The loops of both. @param updates a constant, of which the compiler keeps one branch */
@inline
function multiply(updates: bool, a: usize, n: usize, v: usize, w: usize, u: usize, p: usize, count: i32): void {
  memory.fill(p, 0, <usize>count << 3);
  const next = (n + 1) << 3;
  let left = count;
  for (; left >= 2; left -= 2, u += 16, p += 16, a += 2 * next) {
    // Two rows at once, so that p is read and written half as often. Their 2 × 2 corner first.
    const below = a + next;
    const v0 = updates ? load<f64>(v) : 0, v1 = updates ? load<f64>(v, 8) : 0;
    const w0 = updates ? load<f64>(w) : 0, w1 = updates ? load<f64>(w, 8) : 0;
    const u0 = load<f64>(u), u1 = load<f64>(u, 8);
    let first = load<f64>(a), corner = load<f64>(a, 8), second = load<f64>(below);
    if (updates) {
      first -= v0 * w0 + w0 * v0;
      corner -= v0 * w1 + w0 * v1;
      second -= v1 * w1 + w1 * v1;
      store<f64>(a, first);
      store<f64>(a, corner, 8);
      store<f64>(below, second);
    }
    let sum0 = first * u0 + corner * u1;
    let sum1 = corner * u0 + second * u1;
    const f0 = f64x2.splat(u0), f1 = f64x2.splat(u1);
    const sv0 = f64x2.splat(v0), sv1 = f64x2.splat(v1), sw0 = f64x2.splat(w0), sw1 = f64x2.splat(w1);
    let low0 = f64x2.splat(0), high0 = low0, low1 = low0, high1 = low0;
    let x = a + 16, y = below + 8, vv = v + 16, ww = w + 16, uu = u + 16, q = p + 16;
    let rest = left - 2;
    for (; rest >= 4; rest -= 4, x += 32, y += 32, uu += 32, q += 32) {
      let r0 = v128.load(x), r1 = v128.load(y), ou = v128.load(uu);
      if (updates) {
        const ow = v128.load(ww), ov = v128.load(vv);
        r0 = updated(r0, sv0, ow, sw0, ov);
        v128.store(x, r0);
        r1 = updated(r1, sv1, ow, sw1, ov);
        v128.store(y, r1);
      }
      low0 = fused64(r0, ou, low0);
      low1 = fused64(r1, ou, low1);
      v128.store(q, fused64(r1, f1, fused64(r0, f0, v128.load(q))));
      r0 = v128.load(x, 16);
      r1 = v128.load(y, 16);
      ou = v128.load(uu, 16);
      if (updates) {
        const ow = v128.load(ww, 16), ov = v128.load(vv, 16);
        r0 = updated(r0, sv0, ow, sw0, ov);
        v128.store(x, r0, 16);
        r1 = updated(r1, sv1, ow, sw1, ov);
        v128.store(y, r1, 16);
        vv += 32;
        ww += 32;
      }
      high0 = fused64(r0, ou, high0);
      high1 = fused64(r1, ou, high1);
      v128.store(q, fused64(r1, f1, fused64(r0, f0, v128.load(q, 16))), 16);
    }
    for (; rest > 0; rest--, x += 8, y += 8, uu += 8, q += 8) {
      let r0 = load<f64>(x), r1 = load<f64>(y);
      const ou = load<f64>(uu);
      if (updates) {
        const ow = load<f64>(ww), ov = load<f64>(vv);
        r0 -= v0 * ow + w0 * ov;
        r1 -= v1 * ow + w1 * ov;
        store<f64>(x, r0);
        store<f64>(y, r1);
        vv += 8;
        ww += 8;
      }
      sum0 += r0 * ou;
      sum1 += r1 * ou;
      store<f64>(q, load<f64>(q) + (r0 * u0 + r1 * u1));
    }
    store<f64>(p, load<f64>(p) + (sum0 + together(low0, high0)));
    store<f64>(p, load<f64>(p, 8) + (sum1 + together(low1, high1)), 8);
    if (updates) {
      v += 16;
      w += 16;
    }
  }
  if (left > 0) {
    let last = load<f64>(a);
    if (updates) {
      last -= load<f64>(v) * load<f64>(w) + load<f64>(w) * load<f64>(v);
      store<f64>(a, last);
    }
    store<f64>(p, load<f64>(p) + last * load<f64>(u));
  }
}

/**
 * Householder tridiagonalisation T = QᵀAQ (Golub & Van Loan, Matrix Computations, §8.3.1). The update that a reflector asks for is done
 * together with the product for the next one.
 *
 * @param a n × n, of which the upper triangle is read and used up: v of reflector k is left in row k, right of the diagonal
 * @param d receives n diagonal entries
 * @param e receives n − 1 entries beside the diagonal, and a 0
 * @param scales receives n numbers: reflector k is I − scales[k]·v·vᵀ
 * @param p room for 2 n numbers
 */
export function tridiagonalise(a: usize, n: i32, d: usize, e: usize, scales: usize, p: usize): void {
  const row = <usize>n << 3;
  // v and w of the update that is still to be done, from row k on; none where oldV is 0.
  let oldV: usize = 0;
  let oldW: usize = 0;
  let other = p + row;
  for (let k: i32 = 0; k < n; k++) {
    const at = <usize>k << 3;
    const diagonal = a + <usize>k * row + at;
    const count = n - 1 - k;
    if (oldV) updateRow(diagonal, oldV, oldW, count + 1);
    store<f64>(d + at, load<f64>(diagonal));
    store<f64>(e + at, 0);
    store<f64>(scales + at, 0);
    if (count == 0) break;
    const corner = diagonal + row + 8;
    const v = diagonal + 8;
    const tail = dot(v + 8, v + 8, count - 1);
    const head = load<f64>(v);
    if (tail < NOTHING) {
      store<f64>(e + at, head);
      if (oldV) update(corner, <usize>n, oldV + 8, oldW + 8, count);
      oldV = 0;
      continue;
    }
    const norm = sqrt(head * head + tail);
    const alpha = head > 0 ? -norm : norm;
    store<f64>(e + at, alpha);
    store<f64>(v, head - alpha);
    const beta = 1 / (norm * (norm + abs(head)));
    store<f64>(scales + at, beta);

    // w = p − ½ β (pᵀv) v with p = β A v; then A ← A − v wᵀ − w vᵀ
    if (oldV) updateAndMultiply(corner, <usize>n, oldV + 8, oldW + 8, v, p, count);
    else symmetricProduct(corner, <usize>n, v, p, count);
    for (let i: i32 = 0; i < count; i++) store<f64>(p + (<usize>i << 3), load<f64>(p + (<usize>i << 3)) * beta);
    addMultiple(p, v, -0.5 * beta * dot(p, v, count), count);
    oldV = v;
    oldW = p;
    p = other;
    other = oldW;
  }
}

/**
 * y ← H₀ H₁ … H_{last−1} y for the reflectors of `tridiagonalise`.
 *
 * @param a the used-up matrix, n × n
 * @param y n numbers
 */
export function reflectBack(a: usize, n: i32, scales: usize, y: usize, last: i32): void {
  const row = <usize>n << 3;
  for (let k = last - 1; k >= 0; k--) {
    const at = <usize>k << 3;
    const scale = load<f64>(scales + at);
    if (scale == 0) continue;
    const v = a + <usize>k * row + at + 8;
    const to = y + at + 8;
    const count = n - 1 - k;
    addMultiple(to, v, -scale * dot(v, to, count), count);
  }
}

/**
 * Rotates neighbouring rows of z, from the last pair upwards: rows i and i + 1 become c·zᵢ − s·zᵢ₊₁ and s·zᵢ + c·zᵢ₊₁.
 *
 * @param z row-major, n columns
 * @param top the row i of the first rotation
 * @param count rotations, at least 1
 * @param turns pairs (s, c), in the order of the rotations
 */
export function rotateRows(z: usize, n: i32, top: i32, count: i32, turns: usize): void {
  const row = <usize>n << 3;
  const first = z + <usize>top * row;
  let column: i32 = 0;
  // Eight columns pass all rotations while they are in the first-level cache; the lower row stays in registers.
  for (; column + 8 <= n; column += 8) {
    let at = first + (<usize>column << 3);
    let turn = turns;
    let below = at + row;
    let f0 = v128.load(below), f1 = v128.load(below, 16), f2 = v128.load(below, 32), f3 = v128.load(below, 48);
    let left = count;
    do {
      const s = v128.load64_splat(turn), c = v128.load64_splat(turn, 8), minus = f64x2.neg(s);
      const h0 = v128.load(at), h1 = v128.load(at, 16), h2 = v128.load(at, 32), h3 = v128.load(at, 48);
      v128.store(below, fused64(s, h0, f64x2.mul(c, f0)));
      v128.store(below, fused64(s, h1, f64x2.mul(c, f1)), 16);
      v128.store(below, fused64(s, h2, f64x2.mul(c, f2)), 32);
      v128.store(below, fused64(s, h3, f64x2.mul(c, f3)), 48);
      f0 = fused64(c, h0, f64x2.mul(minus, f0));
      f1 = fused64(c, h1, f64x2.mul(minus, f1));
      f2 = fused64(c, h2, f64x2.mul(minus, f2));
      f3 = fused64(c, h3, f64x2.mul(minus, f3));
      below = at;
      at -= row;
      turn += 16;
    } while (--left);
    v128.store(below, f0);
    v128.store(below, f1, 16);
    v128.store(below, f2, 32);
    v128.store(below, f3, 48);
  }
  for (; column < n; column++) {
    let at = first + (<usize>column << 3);
    let below = at + row;
    let f = load<f64>(below);
    let turn = turns;
    let left = count;
    do {
      const s = load<f64>(turn), c = load<f64>(turn, 8);
      const h = load<f64>(at);
      store<f64>(below, s * h + c * f);
      f = c * h - s * f;
      below = at;
      at -= row;
      turn += 16;
    } while (--left);
    store<f64>(below, f);
  }
}
