/**
 * Float32 matrix products for networks that are not plain stacks, which TensorFlow.js runs: C = A · B of any size, each operand
 * transposed or not. Operands are packed into the quads and octets of the training step (layout.ts) and share its inner loop.
 */
import { OCTET, QUAD, TILE } from './layout';
import { START_TILE, START_ZERO, tile } from './tile';
import { storeTransposedOctets, storeTransposedQuads } from './transpose';

/**
 * Packs a matrix into panels of `width` lines, [lines / width][terms][width]; the last panel is filled up with zeros. Lines are
 * the rows of A or the columns of B, terms what is summed over.
 *
 * @param lineStride bytes from one line to the next
 * @param termStride bytes from one term to the next; one of the strides is 4
 * @param width 4 for quads, 8 for octets
 */
export function pack32(
  from: usize,
  lineStride: usize,
  termStride: usize,
  lines: i32,
  terms: i32,
  to: usize,
  width: i32,
): void {
  const step = <usize>width << 2;
  for (let line: i32 = 0; line < lines; line += width) {
    for (let quad: i32 = 0; quad < width; quad += 4) {
      packQuad(from, lineStride, termStride, lines - line - quad, terms, to + (<usize>quad << 2), step);
      from += 4 * lineStride;
    }
    to += <usize>terms * step;
  }
}

/** Packs four lines, of which `present` exist, into numbers that are `step` bytes apart from term to term. */
function packQuad(
  from: usize,
  lineStride: usize,
  termStride: usize,
  present: i32,
  terms: i32,
  to: usize,
  step: usize,
): void {
  let term: i32 = 0;
  if (present >= 4) {
    if (lineStride == 4) {
      for (; term < terms; term++, from += termStride, to += step) v128.store(to, v128.load(from));
      return;
    }
    // Along the lines, four terms at a time.
    const second = from + lineStride;
    const third = second + lineStride;
    const fourth = third + lineStride;
    for (let at: usize = 0; term + 4 <= terms; term += 4, at += 16, to += 4 * step) {
      const r0 = v128.load(from + at);
      const r1 = v128.load(second + at);
      const r2 = v128.load(third + at);
      const r3 = v128.load(fourth + at);
      if (step == QUAD) storeTransposedQuads(to, r0, r1, r2, r3);
      else storeTransposedOctets(to, r0, r1, r2, r3);
    }
  }
  for (; term < terms; term++, to += step) {
    const at = from + <usize>term * termStride;
    for (let line: i32 = 0; line < 4; line++) {
      const value = line < present ? load<f32>(at + <usize>line * lineStride) : 0;
      store<f32>(to + (<usize>line << 2), value);
    }
  }
}

/** Terms of a sum that pass at once: their octets (8 kB) stay in the first-level cache while all quads pass. */
const BLOCK: i32 = 256;

/**
 * Multiplies packed operands.
 *
 * @param a quads, m rows, k terms
 * @param b octets, n columns, k terms
 * @param c m × n, row-major
 * @param tiles room for one column of tiles, m padded to a multiple of 4 × 8 numbers
 */
export function multiply32(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, tiles: usize): void {
  const row = <usize>n << 2;
  const panel = <usize>k * QUAD;
  for (let j: i32 = 0; j < n; j += 8) {
    for (let term: i32 = 0; term < k; term += BLOCK) {
      const terms = min(BLOCK, k - term);
      let quad = a + <usize>term * QUAD;
      let to = tiles;
      for (let i: i32 = 0; i < m; i += 4) {
        if (term) tile(quad, b, terms, START_TILE, to, to);
        else tile(quad, b, terms, START_ZERO, 0, to);
        quad += panel;
        to += TILE;
      }
      b += <usize>terms * OCTET;
    }
    let from = tiles;
    let to = c + (<usize>j << 2);
    for (let i: i32 = 0; i < m; i += 4) {
      copyTile(from, to, row, min(4, m - i), n - j);
      from += TILE;
      to += 4 * row;
    }
  }
}

/** Copies what of a tile lies within the matrix. */
@inline
function copyTile(tile: usize, to: usize, row: usize, rows: i32, columns: i32): void {
  for (let end = tile + <usize>rows * (TILE / 4); tile < end; tile += TILE / 4, to += row) {
    if (columns >= 8) {
      v128.store(to, v128.load(tile));
      v128.store(to, v128.load(tile, 16), 16);
    } else {
      for (let j: i32 = 0; j < columns; j++) store<f32>(to + (<usize>j << 2), load<f32>(tile + (<usize>j << 2)));
    }
  }
}
