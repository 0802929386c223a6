/** The gradient of a first layer whose inputs have two values each, by tables (bit-table.ts). */
import { lookUpTile, storeHalf, TABLE } from './bit-table';
import { OCTET, QUAD, TILE } from './layout';
import { START_TILE, START_ZERO } from './tile';

/**
 * dW (+)= bitsᵀ · dz: for each input, the sum of the deltas of the rows where it has its higher value.
 *
 * @param entries [inputs / 4][stride / 4][4], as `gatherBits` leaves them
 * @param dz unit octets of the layer's deltas, `stride` rows
 * @param tables room for BLOCK_GROUPS tables
 * @param gradient tiles
 * @param rows real rows of the micro-batch, at least 1, at most 4 × BLOCK_GROUPS
 * @param quads quads of inputs, at least 1
 * @param octets octets of outputs, at least 1
 * @param add false for the first micro-batch of a step
 */
export function gradientBits(
  entries: usize,
  dz: usize,
  tables: usize,
  gradient: usize,
  rows: i32,
  stride: usize,
  quads: i32,
  octets: i32,
  add: bool,
): void {
  const groups = (rows + 3) >> 2;
  do {
    fillTables(tables, dz, groups);
    let lines = entries;
    let quad = quads;
    do {
      if (add) lookUpTile(lines, groups, START_TILE, gradient, gradient);
      else lookUpTile(lines, groups, START_ZERO, 0, gradient);
      lines += (stride >> 2) * QUAD;
      gradient += TILE;
    } while (--quad);
    dz += stride * OCTET;
  } while (--octets);
}

/**
 * From sums over bits to the gradient of weights, after the last micro-batch and where inputs are not 0 or 1:
 * dW = (high − low) · dW + low · db.
 *
 * @param gradient tiles
 * @param biasGradient one number per output
 * @param lows the lower value of each input, padded to whole groups
 * @param spreads high − low of each input
 * @param quads quads of inputs, at least 1
 * @param octets octets of outputs, at least 1
 */
export function scaleBitGradient(
  gradient: usize,
  biasGradient: usize,
  lows: usize,
  spreads: usize,
  quads: i32,
  octets: i32,
): void {
  do {
    const b0 = v128.load(biasGradient);
    const b1 = v128.load(biasGradient, 16);
    for (let input: usize = 0; input < <usize>quads * 16; input += 4) {
      const low = v128.load32_splat(lows + input);
      const spread = v128.load32_splat(spreads + input);
      v128.store(gradient, f32x4.add(f32x4.mul(v128.load(gradient), spread), f32x4.mul(b0, low)));
      v128.store(gradient, f32x4.add(f32x4.mul(v128.load(gradient, 16), spread), f32x4.mul(b1, low)), 16);
      gradient += TILE / 4;
    }
    biasGradient += OCTET;
  } while (--octets);
}

/** The tables of 8 outputs: sums of the deltas of four rows. What stands in padded rows gets into patterns that no entry names. */
@inline
function fillTables(table: usize, dz: usize, groups: i32): void {
  do {
    fillHalf(table, dz);
    fillHalf(table + 16, dz + 16);
    table += TABLE;
    dz += 4 * OCTET;
  } while (--groups);
}

@inline
function fillHalf(table: usize, dz: usize): void {
  const none = f32x4.splat(0);
  const r0 = v128.load(dz);
  const r1 = v128.load(dz, 32);
  const r2 = v128.load(dz, 64);
  const r3 = v128.load(dz, 96);
  storeHalf(table, none, r0, r1, f32x4.add(r0, r1), none, r2, r3, f32x4.add(r2, r3));
}
