/**
 * Centred units as the analyses multiply them (src/numerics/unit-panels.ts): float64, two lanes, each sum in the order in which
 * the stimuli stand.
 *
 *   x        stimuli × units as recorded, float32 or float64, rows padded with zeros to a multiple of 4 units
 *   panels   [block of stimuli][units / 4][stimuli of the block][4]: each block is B (or A) of `multiply64`
 */
import { fused64 } from './fused';

/** Bytes of four numbers of float64: one stimulus of a panel. */
const STEP: usize = 32;

/** Two neighbouring numbers of x. */
@inline
function pair(x: usize, wide: bool): v128 {
  return wide ? v128.load(x) : f64x2.promote_low_f32x4(v128.load64_zero(x));
}

/**
 * Centres each unit on its mean: first + Σ(x − first) / stimuli, so that a constant unit becomes exactly 0.
 *
 * @param wide whether x is float64
 * @param quads units / 4, at least 1
 * @param depth stimuli of each block but the last
 * @param panels receives all blocks
 * @param means receives 4 · quads means
 * @param squares receives 4 · quads sums of squares about the mean
 */
export function centreUnits(
  x: usize,
  wide: bool,
  stimuli: i32,
  quads: i32,
  depth: i32,
  panels: usize,
  means: usize,
  squares: usize,
): void {
  if (wide) centre(x, true, stimuli, quads, depth, panels, means, squares);
  else centre(x, false, stimuli, quads, depth, panels, means, squares);
}

@inline
function centre(
  x: usize,
  wide: bool,
  stimuli: i32,
  quads: i32,
  depth: i32,
  panels: usize,
  means: usize,
  squares: usize,
): void {
  const size: usize = wide ? 16 : 8;
  const row = <usize>quads * 2 * size;
  const end = <usize>quads * STEP;
  // The first stimulus in float64 stands in the room of the squares meanwhile.
  for (let u: usize = 0, at = x; u < end; u += 16, at += size) {
    v128.store(squares + u, pair(at, wide));
    v128.store(means + u, f64x2.splat(0));
  }
  let line = x + row;
  for (let i: i32 = 1; i < stimuli; i++, line += row) {
    for (let u: usize = 0, at = line; u < end; u += 16, at += size) {
      v128.store(means + u, f64x2.add(v128.load(means + u), f64x2.sub(pair(at, wide), v128.load(squares + u))));
    }
  }
  const count = f64x2.splat(stimuli);
  for (let u: usize = 0; u < end; u += 16) {
    v128.store(means + u, f64x2.add(v128.load(squares + u), f64x2.div(v128.load(means + u), count)));
    v128.store(squares + u, f64x2.splat(0));
  }
  let to = panels;
  line = x;
  for (let left = stimuli; left > 0; left -= depth) {
    const height = min(left, depth);
    for (let u: usize = 0, from = line; u < end; u += STEP, from += 2 * size) {
      const m0 = v128.load(means + u), m1 = v128.load(means + u, 16);
      let s0 = v128.load(squares + u), s1 = v128.load(squares + u, 16);
      let at = from;
      for (let i = height; i > 0; i--, at += row, to += STEP) {
        const a = f64x2.sub(pair(at, wide), m0), b = f64x2.sub(pair(at + size, wide), m1);
        v128.store(to, a);
        v128.store(to, b, 16);
        s0 = f64x2.add(s0, f64x2.mul(a, a));
        s1 = f64x2.add(s1, f64x2.mul(b, b));
      }
      v128.store(squares + u, s0);
      v128.store(squares + u, s1, 16);
    }
    line += <usize>height * row;
  }
}

/** Numbers of one line of `projectUnits`: five registers. */
const TEN: usize = 80;

/**
 * Products of the stimuli of one block with ten directions: out(i, k) = Σ panels(i, unit) · directions(unit, k), units in their order.
 * An odd number of stimuli writes one line too many.
 *
 * @param height stimuli of the block
 * @param directions units × 10
 * @param out stimuli × 10
 */
export function projectUnits(panels: usize, height: i32, quads: i32, directions: usize, out: usize): void {
  for (let quad: i32 = 0; quad < quads; quad++, directions += 4 * TEN) {
    let x = panels + <usize>quad * <usize>height * STEP;
    let to = out;
    for (let i: i32 = 0; i < height; i += 2, x += 2 * STEP, to += 2 * TEN) {
      let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0;
      let b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0;
      if (quad > 0) {
        a0 = v128.load(to);
        a1 = v128.load(to, 16);
        a2 = v128.load(to, 32);
        a3 = v128.load(to, 48);
        a4 = v128.load(to, 64);
        b0 = v128.load(to, 80);
        b1 = v128.load(to, 96);
        b2 = v128.load(to, 112);
        b3 = v128.load(to, 128);
        b4 = v128.load(to, 144);
      }
      let direction = directions;
      let at = x;
      let unit: i32 = 4;
      do {
        const xa = v128.load64_splat(at), xb = v128.load64_splat(at, 32);
        let d = v128.load(direction);
        a0 = fused64(xa, d, a0);
        b0 = fused64(xb, d, b0);
        d = v128.load(direction, 16);
        a1 = fused64(xa, d, a1);
        b1 = fused64(xb, d, b1);
        d = v128.load(direction, 32);
        a2 = fused64(xa, d, a2);
        b2 = fused64(xb, d, b2);
        d = v128.load(direction, 48);
        a3 = fused64(xa, d, a3);
        b3 = fused64(xb, d, b3);
        d = v128.load(direction, 64);
        a4 = fused64(xa, d, a4);
        b4 = fused64(xb, d, b4);
        direction += TEN;
        at += 8;
      } while (--unit);
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to, a2, 32);
      v128.store(to, a3, 48);
      v128.store(to, a4, 64);
      v128.store(to, b0, 80);
      v128.store(to, b1, 96);
      v128.store(to, b2, 112);
      v128.store(to, b3, 128);
      v128.store(to, b4, 144);
    }
  }
}

/**
 * Adds the stimuli of one block to the sums of their groups.
 *
 * @param height stimuli of the block
 * @param groups group of each of them (u32)
 * @param count groups
 * @param sums [units / 4][groups][4]
 */
export function sumGroups(panels: usize, height: i32, quads: i32, groups: usize, count: i32, sums: usize): void {
  for (let quad: i32 = 0; quad < quads; quad++, sums += <usize>count * STEP) {
    let group = groups;
    for (let i = height; i > 0; i--, group += 4, panels += STEP) {
      const to = sums + <usize>load<u32>(group) * STEP;
      v128.store(to, f64x2.add(v128.load(to), v128.load(panels)));
      v128.store(to, f64x2.add(v128.load(to, 16), v128.load(panels, 16)), 16);
    }
  }
}
