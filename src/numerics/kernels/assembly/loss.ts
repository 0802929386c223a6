/**
 * Cross-entropies of the heads of the output layer, their gradients and right answers, eight rows at a time. The definitions
 * are those of src/training/loss.ts, in float32; sums over rows are float64, in a fixed order.
 *
 * Both kernels take
 * - `z`: batch octets of logits, from the head's first unit, `units` padded units in all; `dz`: the gradient, likewise
 * - `labels`: one number per row, the last octet padded
 * - `rows`: real rows, at least 1; what stands in further rows is not counted
 * - `factor`: weight of the task / (sum of weights × rows of the whole batch)
 * - `result`: two float64, the sum of cross-entropies and the number of right answers over this micro-batch, are stored there
 */
import { expOfNegative, log, log1p } from './math';
import { OCTET } from './layout';

/** A binary task: one logit, sigmoid cross-entropy; a logit > 0 answers true. */
export function lossSigmoid(z: usize, dz: usize, labels: usize, units: usize, rows: i32, factor: f32, result: usize): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  let sum = f64x2.splat(0);
  let right: i32 = 0;
  for (let row: i32 = 0; row < rows; row += 4) {
    const x = v128.load(z);
    const label = v128.load(labels);
    const positive = f32x4.gt(x, zero);
    const e = expOfNegative(f32x4.neg(f32x4.abs(x)));
    const probability = f32x4.div(v128.bitselect(one, e, positive), f32x4.add(one, e));
    v128.store(dz, f32x4.mul(f32x4.splat(factor), f32x4.sub(probability, label)));
    // −ln p = max(x, 0) − x · label + ln(1 + exp(−|x|)), which cannot overflow.
    const loss = f32x4.add(f32x4.sub(f32x4.max(x, zero), f32x4.mul(x, label)), log1p(e));
    const present = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rows - row));
    sum = addTo(sum, v128.and(loss, present));
    const answer = v128.xor(positive, f32x4.gt(label, f32x4.splat(0.5)));
    right += popcnt(i32x4.bitmask(v128.andnot(present, answer)));
    // The two halves of an octet follow each other; from one octet to the next it is all units.
    const step: usize = row & 4 ? units * OCTET - 16 : 16;
    z += step;
    dz += step;
    labels += 16;
  }
  store<f64>(result, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  store<f64>(result, <f64>right, 8);
}

/** A categorical task: one logit a class, softmax cross-entropy; the first of the largest logits is the answer. */
export function lossSoftmax(
  z: usize,
  dz: usize,
  labels: usize,
  units: usize,
  rows: i32,
  factor: f32,
  result: usize,
  classes: i32,
): void {
  let sum = f64x2.splat(0);
  let right: i32 = 0;
  for (let row: i32 = 0; row < rows; row += 4) {
    const label = v128.load(labels);

    let largest = v128.load(z);
    let best = f32x4.splat(0);
    for (let c: i32 = 1; c < classes; c++) {
      const x = v128.load(z + <usize>c * OCTET);
      const larger = f32x4.gt(x, largest);
      largest = v128.bitselect(x, largest, larger);
      best = v128.bitselect(f32x4.splat(<f32>c), best, larger);
    }

    let total = f32x4.splat(0);
    let labelled = f32x4.splat(0);
    for (let c: i32 = 0; c < classes; c++) {
      const x = v128.load(z + <usize>c * OCTET);
      const e = expOfNegative(f32x4.sub(x, largest));
      v128.store(dz + <usize>c * OCTET, e);
      total = f32x4.add(total, e);
      labelled = v128.bitselect(x, labelled, f32x4.eq(label, f32x4.splat(<f32>c)));
    }

    for (let c: i32 = 0; c < classes; c++) {
      const probability = f32x4.div(v128.load(dz + <usize>c * OCTET), total);
      const target = v128.and(f32x4.splat(1), f32x4.eq(label, f32x4.splat(<f32>c)));
      v128.store(dz + <usize>c * OCTET, f32x4.mul(f32x4.splat(factor), f32x4.sub(probability, target)));
    }

    const loss = f32x4.add(log(total), f32x4.sub(largest, labelled));
    const present = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rows - row));
    sum = addTo(sum, v128.and(loss, present));
    right += popcnt(i32x4.bitmask(v128.and(present, f32x4.eq(best, label))));
    const step: usize = row & 4 ? units * OCTET - 16 : 16;
    z += step;
    dz += step;
    labels += 16;
  }
  store<f64>(result, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  store<f64>(result, <f64>right, 8);
}

/** Adds four float32 lanes to two float64 lanes. */
@inline
function addTo(sum: v128, x: v128): v128 {
  const high = f32x4.shuffle(x, x, 2, 3, 2, 3);
  return f64x2.add(sum, f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(high)));
}
