/** Turning 4 × 4 blocks, to keep a matrix in both of the orders that the products read (see layout.ts). */
import { OCTET, QUAD } from './layout';

/** Stores the transpose of the block with the rows r0 … r3 as quads: 4 × 16 bytes in a row. */
@inline
export function storeTransposedQuads(to: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = f32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const low23 = f32x4.shuffle(r2, r3, 0, 4, 1, 5);
  v128.store(to, f64x2.shuffle(low01, low23, 0, 2));
  v128.store(to, f64x2.shuffle(low01, low23, 1, 3), 16);
  const high01 = f32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const high23 = f32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(to, f64x2.shuffle(high01, high23, 0, 2), 32);
  v128.store(to, f64x2.shuffle(high01, high23, 1, 3), 48);
}

/** Stores the transpose of the block with the rows r0 … r3 as halves of octets: 16 bytes every 32. */
@inline
export function storeTransposedOctets(to: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = f32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const low23 = f32x4.shuffle(r2, r3, 0, 4, 1, 5);
  v128.store(to, f64x2.shuffle(low01, low23, 0, 2));
  v128.store(to, f64x2.shuffle(low01, low23, 1, 3), 32);
  const high01 = f32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const high23 = f32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(to, f64x2.shuffle(high01, high23, 0, 2), 64);
  v128.store(to, f64x2.shuffle(high01, high23, 1, 3), 96);
}

/** Stores the transpose of the block with the rows r0 … r3, a row every `step` bytes. */
@inline
export function storeTransposedRows(to: usize, step: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = f32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const low23 = f32x4.shuffle(r2, r3, 0, 4, 1, 5);
  v128.store(to, f64x2.shuffle(low01, low23, 0, 2));
  v128.store(to + step, f64x2.shuffle(low01, low23, 1, 3));
  const high01 = f32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const high23 = f32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(to + 2 * step, f64x2.shuffle(high01, high23, 0, 2));
  v128.store(to + 3 * step, f64x2.shuffle(high01, high23, 1, 3));
}

/**
 * Copies batch octets to unit quads.
 *
 * @param from batch octets, `fromUnits` units
 * @param to unit quads, `toRows` rows
 * @param octets octets of rows to copy, at least 1
 * @param quads quads of units to copy, at least 1
 */
export function octetsToQuads(from: usize, fromUnits: usize, to: usize, toRows: usize, octets: i32, quads: i32): void {
  for (let octet = 0; octet < octets; octet++) {
    let source = from + <usize>octet * fromUnits * OCTET;
    let target = to + <usize>octet * 8 * QUAD;
    for (let quad = 0; quad < quads; quad++) {
      storeTransposedQuads(target, v128.load(source), v128.load(source, 32), v128.load(source, 64), v128.load(source, 96));
      storeTransposedQuads(
        target + 64,
        v128.load(source, 16),
        v128.load(source, 48),
        v128.load(source, 80),
        v128.load(source, 112),
      );
      source += 4 * OCTET;
      target += toRows * QUAD;
    }
  }
}

/** Copies batch octets to unit octets; parameters as in `octetsToQuads`. */
export function octetsToOctets(from: usize, fromUnits: usize, to: usize, toRows: usize, octets: i32, quads: i32): void {
  for (let octet = 0; octet < octets; octet++) {
    let source = from + <usize>octet * fromUnits * OCTET;
    const rows = to + <usize>octet * 8 * OCTET;
    for (let quad = 0; quad < quads; quad++) {
      const target = rows + <usize>(quad >> 1) * toRows * OCTET + <usize>(quad & 1) * 16;
      storeTransposedOctets(target, v128.load(source), v128.load(source, 32), v128.load(source, 64), v128.load(source, 96));
      storeTransposedOctets(
        target + 4 * OCTET,
        v128.load(source, 16),
        v128.load(source, 48),
        v128.load(source, 80),
        v128.load(source, 112),
      );
      source += 4 * OCTET;
    }
  }
}

/**
 * Copies batch octets to rows.
 *
 * @param units units of each octet and of each row, a multiple of 4
 * @param octets octets of rows, at least 1
 * @param to row-major
 */
export function octetsToRows(from: usize, units: usize, octets: i32, to: usize): void {
  const row = units << 2;
  for (let octet = 0; octet < octets; octet++) {
    let target = to;
    for (let left = units; left > 0; left -= 4) {
      storeTransposedRows(target, row, v128.load(from), v128.load(from, 32), v128.load(from, 64), v128.load(from, 96));
      storeTransposedRows(
        target + 4 * row,
        row,
        v128.load(from, 16),
        v128.load(from, 48),
        v128.load(from, 80),
        v128.load(from, 112),
      );
      from += 4 * OCTET;
      target += 16;
    }
    to += 8 * row;
  }
}
