/**
 * Layer normalisation over the units of a row, eight rows at a time. Sums over units are those of four interleaved parts (every fourth
 * unit, upwards), added as (0 + 1) + (2 + 3); units beyond the last whole four go into the first part. Gradients of gain and bias are
 * summed by lane, over the octets of a step in their order, and over lanes at its end.
 */
import { OCTET } from './layout';

/** Bytes of what is kept of an octet of rows: its means, and 1 / its standard deviations. */
const STATISTICS: usize = 2 * OCTET;

@inline
function total(s0: v128, s1: v128, s2: v128, s3: v128): v128 {
  return f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
}

@inline
function square(x: v128): v128 {
  return f32x4.mul(x, x);
}

/** The sum over units of one half of an octet, `centre` taken off each and squared where `squares`. */
@inline
function sumUnits(x: usize, units: i32, squares: bool, centre: v128): v128 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let fours = units >> 2;
  for (; fours > 0; fours--, x += 4 * OCTET) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 32);
    const x2 = v128.load(x, 64);
    const x3 = v128.load(x, 96);
    s0 = f32x4.add(s0, squares ? square(f32x4.sub(x0, centre)) : x0);
    s1 = f32x4.add(s1, squares ? square(f32x4.sub(x1, centre)) : x1);
    s2 = f32x4.add(s2, squares ? square(f32x4.sub(x2, centre)) : x2);
    s3 = f32x4.add(s3, squares ? square(f32x4.sub(x3, centre)) : x3);
  }
  for (let left = units & 3; left > 0; left--, x += OCTET) {
    const x0 = v128.load(x);
    s0 = f32x4.add(s0, squares ? square(f32x4.sub(x0, centre)) : x0);
  }
  return total(s0, s1, s2, s3);
}

/**
 * y = gain · (x − mean) / √(variance + ε) + bias, mean and variance (divided by the number of units) of each row.
 *
 * @param x batch octets, `paddedUnits` padded units
 * @param gain one number per unit, padded; `bias` likewise
 * @param y batch octets like `x`
 * @param statistics two octets for each octet of rows
 * @param units real units, at least 1
 * @param octets octets of rows, at least 1
 */
export function layerNorm(
  x: usize,
  gain: usize,
  bias: usize,
  y: usize,
  statistics: usize,
  units: i32,
  paddedUnits: usize,
  octets: i32,
  epsilon: f32,
): void {
  const count = f32x4.splat(<f32>units);
  const one = f32x4.splat(1);
  do {
    for (let half: usize = 0; half < OCTET; half += OCTET / 2) {
      const mean = f32x4.div(sumUnits(x + half, units, false, one), count);
      const variance = f32x4.div(sumUnits(x + half, units, true, mean), count);
      const inverse = f32x4.div(one, f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))));
      v128.store(statistics + half, mean);
      v128.store(statistics + half, inverse, OCTET);
      let from = x + half;
      let to = y + half;
      let g = gain;
      let b = bias;
      for (let unit = units; unit > 0; unit--, from += OCTET, to += OCTET, g += 4, b += 4) {
        const normal = f32x4.mul(f32x4.sub(v128.load(from), mean), inverse);
        v128.store(to, f32x4.add(f32x4.mul(normal, v128.load32_splat(g)), v128.load32_splat(b)));
      }
    }
    x += paddedUnits * OCTET;
    y += paddedUnits * OCTET;
    statistics += STATISTICS;
  } while (--octets);
}

/**
 * With n = (x − mean) / √(variance + ε) and h = gain · dy: dx = (h − mean of h − n · mean of h n) / √(variance + ε), means over units.
 *
 * @param dy batch octets: the gradient of y
 * @param dx batch octets, to which the gradient of x is added where `add`
 * @param gainLanes one octet per unit, to which dy · n is added; `biasLanes`: dy
 */
export function layerNormBackward(
  x: usize,
  gain: usize,
  statistics: usize,
  dy: usize,
  dx: usize,
  gainLanes: usize,
  biasLanes: usize,
  units: i32,
  paddedUnits: usize,
  octets: i32,
  add: bool,
): void {
  const count = f32x4.splat(<f32>units);
  do {
    for (let half: usize = 0; half < OCTET; half += OCTET / 2) {
      const mean = v128.load(statistics + half);
      const inverse = v128.load(statistics + half, OCTET);
      let from = x + half;
      let delta = dy + half;
      let g = gain;
      let gains = gainLanes + half;
      let biases = biasLanes + half;
      // Parts of the sums take turns, so that none waits for itself.
      let h0 = f32x4.splat(0);
      let h1 = h0;
      let h2 = h0;
      let h3 = h0;
      let n0 = h0;
      let n1 = h0;
      let n2 = h0;
      let n3 = h0;
      for (let unit: i32 = 0; unit < units; unit++) {
        const d = v128.load(delta);
        const normal = f32x4.mul(f32x4.sub(v128.load(from), mean), inverse);
        const dn = f32x4.mul(d, normal);
        v128.store(gains, f32x4.add(v128.load(gains), dn));
        v128.store(biases, f32x4.add(v128.load(biases), d));
        const factor = v128.load32_splat(g);
        const h = f32x4.add(h0, f32x4.mul(factor, d));
        const n = f32x4.add(n0, f32x4.mul(factor, dn));
        h0 = h1;
        h1 = h2;
        h2 = h3;
        h3 = h;
        n0 = n1;
        n1 = n2;
        n2 = n3;
        n3 = n;
        from += OCTET;
        delta += OCTET;
        g += 4;
        gains += OCTET;
        biases += OCTET;
      }
      const meanH = f32x4.div(total(h0, h1, h2, h3), count);
      const meanN = f32x4.div(total(n0, n1, n2, n3), count);
      from = x + half;
      delta = dy + half;
      g = gain;
      let to = dx + half;
      for (let unit = units; unit > 0; unit--, from += OCTET, delta += OCTET, to += OCTET, g += 4) {
        const normal = f32x4.mul(f32x4.sub(v128.load(from), mean), inverse);
        const h = f32x4.mul(v128.load32_splat(g), v128.load(delta));
        const d = f32x4.mul(f32x4.sub(f32x4.sub(h, meanH), f32x4.mul(normal, meanN)), inverse);
        v128.store(to, add ? f32x4.add(v128.load(to), d) : d);
      }
    }
    x += paddedUnits * OCTET;
    dy += paddedUnits * OCTET;
    dx += paddedUnits * OCTET;
    statistics += STATISTICS;
  } while (--octets);
}

/** to = the sum of the eight lanes of each of `count` octets, at least 1: ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)). */
export function sumLanes(from: usize, to: usize, count: i32): void {
  do {
    store<f32>(to, sumOctet(from));
    from += OCTET;
    to += 4;
  } while (--count);
}

@inline
export function sumOctet(at: usize): f32 {
  const four = f32x4.add(v128.load(at), v128.load(at, 16));
  const two = f32x4.add(four, f32x4.shuffle(four, four, 2, 3, 2, 3));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}
