/** Inverted dropout by the hash of src/training/dropout.ts, computed here four rows at a time: no mask is stored. */
import { OCTET } from './layout';

/** 2³² divided by the golden ratio: what the hash multiplies the index of an element by. */
const GOLDEN: i32 = 0x9e3779b1;

/** `mix32` of src/training/dropout.ts in four lanes. */
@inline
function mix(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** Multiplies 4 activations and their slopes by 0 or by `scale`. */
@inline
function dropQuad(values: usize, slopes: usize, hash: v128, threshold: v128, scale: v128): void {
  const factor = v128.and(i32x4.ge_u(mix(hash), threshold), scale);
  v128.store(values, f32x4.mul(v128.load(values), factor));
  v128.store(slopes, f32x4.mul(v128.load(slopes), factor));
}

/**
 * @param values batch octets of activations, `paddedUnits` padded units
 * @param slopes the derivatives beside them
 * @param octets octets of rows, at least 1
 * @param units real units, at least 1: the element (row, unit) of the batch has the index row × units + unit
 * @param firstRow row of the batch that is the first of this micro-batch
 * @param seed `maskSeed`
 * @param threshold `dropThreshold`
 * @param scale 1 / (1 − rate)
 */
export function dropout(
  values: usize,
  slopes: usize,
  octets: i32,
  units: i32,
  paddedUnits: usize,
  firstRow: i32,
  seed: i32,
  threshold: i32,
  scale: f32,
): void {
  const thresholds = i32x4.splat(threshold);
  const scales = f32x4.splat(scale);
  const nextUnit = i32x4.splat(GOLDEN);
  const fourRows = i32x4.splat(4 * units * GOLDEN);
  const rows = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(units * GOLDEN));
  do {
    let low = i32x4.add(i32x4.splat(seed + firstRow * units * GOLDEN), rows);
    let value = values;
    let slope = slopes;
    let unit = units;
    do {
      dropQuad(value, slope, low, thresholds, scales);
      dropQuad(value + 16, slope + 16, i32x4.add(low, fourRows), thresholds, scales);
      low = i32x4.add(low, nextUnit);
      value += OCTET;
      slope += OCTET;
    } while (--unit);
    firstRow += 8;
    values += paddedUnits * OCTET;
    slopes += paddedUnits * OCTET;
  } while (--octets);
}
