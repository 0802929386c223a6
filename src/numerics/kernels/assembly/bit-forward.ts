/** The forward product of a first layer whose inputs have two values each: z = x · W + b by tables (bit-table.ts). */
import { BLOCK_GROUPS, lookUpTile, SCRATCH, storeHalf, TABLE } from './bit-table';
import { rectifyTile } from './forward';
import { OCTET, QUAD, TILE } from './layout';
import { START_BIAS, START_TILE } from './tile';
import { storeTransposedOctets } from './transpose';

/**
 * z = x · W + b, nothing more.
 *
 * @param entries [rows / 4][groupUnits][4], as `gatherBits` leaves them
 * @param lows the lower value of each input, padded to whole groups
 * @param highs the higher value
 * @param w output quads, `inputUnits` padded inputs
 * @param bias one number per output, padded
 * @param tables room for BLOCK_GROUPS tables and two tiles
 * @param z batch octets, `outputUnits` padded units
 * @param groups groups of inputs, at least 1
 * @param octets octets of rows, at least 1
 */
export function forwardBits(
  entries: usize,
  lows: usize,
  highs: usize,
  w: usize,
  bias: usize,
  tables: usize,
  z: usize,
  groups: i32,
  groupUnits: usize,
  inputUnits: usize,
  outputUnits: usize,
  octets: i32,
): void {
  layer(false, entries, lows, highs, w, bias, tables, z, groups, groupUnits, inputUnits, outputUnits, octets, 0, 0, 0, 0);
}

/** The same with an activation function that is linear on both sides of 0; its parameters are those of `forwardRectified`. */
export function forwardBitsRectified(
  entries: usize,
  lows: usize,
  highs: usize,
  w: usize,
  bias: usize,
  tables: usize,
  y: usize,
  groups: i32,
  groupUnits: usize,
  inputUnits: usize,
  outputUnits: usize,
  octets: i32,
  slopes: usize,
  turned: usize,
  rows: usize,
  leak: f32,
): void {
  const units = outputUnits;
  layer(true, entries, lows, highs, w, bias, tables, y, groups, groupUnits, inputUnits, units, octets, slopes, turned, rows, leak);
}

/**
 * The loops of both, from the outside in: blocks of groups, octets of outputs, octets of rows. Tables are filled anew for each
 * micro-batch, a ninth of the time with 128 rows: those of all outputs would displace other things from the second-level cache.
 */
@inline
function layer(
  rectify: bool,
  entries: usize,
  lows: usize,
  highs: usize,
  w: usize,
  bias: usize,
  tables: usize,
  y: usize,
  groups: i32,
  groupUnits: usize,
  inputUnits: usize,
  outputUnits: usize,
  octets: i32,
  slopes: usize,
  turned: usize,
  rows: usize,
  leak: f32,
): void {
  const scratch = tables + SCRATCH;
  for (let first: i32 = 0; first < groups; first += BLOCK_GROUPS) {
    const terms = min(BLOCK_GROUPS, groups - first);
    const last = first + terms == groups;
    for (let unit: usize = 0; unit < outputUnits; unit += 8) {
      const weights = w + ((unit >> 2) * inputUnits + <usize>first * 4) * QUAD;
      fillTables(tables, weights, inputUnits * QUAD, lows + <usize>first * QUAD, highs + <usize>first * QUAD, terms);
      let lines = entries + <usize>first * QUAD;
      let to = y + unit * OCTET;
      let slope = slopes + unit * OCTET;
      let quarter = turned + (unit >> 2) * rows * QUAD;
      let octet = octets;
      do {
        // Rows by outputs, until the sums are complete.
        const sums = last ? scratch : to;
        const next = lines + groupUnits * QUAD;
        if (first) {
          lookUpTile(lines, terms, START_TILE, to, sums);
          lookUpTile(next, terms, START_TILE, to + TILE, sums + TILE);
        } else {
          lookUpTile(lines, terms, START_BIAS, bias + unit * 4, sums);
          lookUpTile(next, terms, START_BIAS, bias + unit * 4, sums + TILE);
        }
        if (last) {
          turnTiles(scratch, to);
          if (rectify) {
            rectifyTile(to, slope, quarter, leak);
            rectifyTile(to + TILE, slope + TILE, quarter + rows * QUAD, leak);
            slope += outputUnits * OCTET;
            quarter += 8 * QUAD;
          }
        }
        lines = next + groupUnits * QUAD;
        to += outputUnits * OCTET;
      } while (--octet);
    }
  }
}

/** Two tiles of 4 rows × 8 outputs become two of 4 outputs × 8 rows. */
@inline
function turnTiles(from: usize, to: usize): void {
  turnQuads(from, to);
  turnQuads(from + 16, to + TILE);
}

@inline
function turnQuads(from: usize, to: usize): void {
  storeTransposedOctets(to, v128.load(from), v128.load(from, 32), v128.load(from, 64), v128.load(from, 96));
  storeTransposedOctets(to + 16, v128.load(from, 128), v128.load(from, 160), v128.load(from, 192), v128.load(from, 224));
}

/** The tables of 8 outputs. @param next bytes from one output quad to the next */
@inline
function fillTables(table: usize, w: usize, next: usize, lows: usize, highs: usize, groups: i32): void {
  do {
    fillHalf(table, w, lows, highs);
    fillHalf(table + 16, w + next, lows, highs);
    table += TABLE;
    w += 4 * QUAD;
    lows += QUAD;
    highs += QUAD;
  } while (--groups);
}

/**
 * Each pattern is a sum of four products x · w, not a difference from a sum of lower values: so it has the rounding of a
 * product of floats, whatever the two values are. Padded inputs have the values 0 and weights of 0.
 */
@inline
function fillHalf(table: usize, w: usize, lows: usize, highs: usize): void {
  const w0 = v128.load(w);
  const l0 = f32x4.mul(w0, v128.load32_splat(lows));
  const h0 = f32x4.mul(w0, v128.load32_splat(highs));
  const w1 = v128.load(w, 16);
  const l1 = f32x4.mul(w1, v128.load32_splat(lows, 4));
  const h1 = f32x4.mul(w1, v128.load32_splat(highs, 4));
  const w2 = v128.load(w, 32);
  const l2 = f32x4.mul(w2, v128.load32_splat(lows, 8));
  const h2 = f32x4.mul(w2, v128.load32_splat(highs, 8));
  const w3 = v128.load(w, 48);
  const l3 = f32x4.mul(w3, v128.load32_splat(lows, 12));
  const h3 = f32x4.mul(w3, v128.load32_splat(highs, 12));
  storeHalf(
    table,
    f32x4.add(l0, l1),
    f32x4.add(h0, l1),
    f32x4.add(l0, h1),
    f32x4.add(h0, h1),
    f32x4.add(l2, l3),
    f32x4.add(h2, l3),
    f32x4.add(l2, h3),
    f32x4.add(h2, h3),
  );
}
