/**
 * Vectors of tokens and of their positions, and rows that are chosen. The table of tokens is kept as the weights of a layer from units to
 * tokens (layout.ts): a token's vector lies in the input quads, and the same table may be the readout.
 */
import { OCTET, QUAD, TILE } from './layout';
import { sumOctet } from './layer-norm';
import { storeTransposedOctets } from './transpose';

/**
 * x = the vector of each token + that of its position, for eight documents of `length` positions (attention.ts).
 *
 * @param tokens 32 bits each, eight documents' for each position
 * @param table input quads, `tableUnits` padded tokens
 * @param positions row-major, `units` padded units a position
 * @param x batch octets, `units` padded units
 * @param quads quads of units, at least 1
 * @param length positions, at least 1
 */
export function embed(
  tokens: usize,
  table: usize,
  tableUnits: usize,
  positions: usize,
  x: usize,
  units: usize,
  quads: i32,
  length: i32,
): void {
  do {
    let to = x;
    let from = table;
    let position = positions;
    for (let quad = quads; quad > 0; quad--) {
      const add = v128.load(position);
      for (let four: usize = 0; four < OCTET; four += OCTET / 2)
        storeTransposedOctets(
          to + four,
          f32x4.add(v128.load(from + <usize>load<u32>(tokens + four) * QUAD), add),
          f32x4.add(v128.load(from + <usize>load<u32>(tokens + four, 4) * QUAD), add),
          f32x4.add(v128.load(from + <usize>load<u32>(tokens + four, 8) * QUAD), add),
          f32x4.add(v128.load(from + <usize>load<u32>(tokens + four, 12) * QUAD), add),
        );
      from += tableUnits * QUAD;
      position += QUAD;
      to += 4 * OCTET;
    }
    tokens += OCTET;
    positions += units * 4;
    x += units * OCTET;
  } while (--length);
}

/**
 * Adds to the gradients of table and positions, row after row in their order; of a position the sum of its eight rows (`sumLanes`).
 *
 * @param delta batch octets: the gradient of x; rows that count for nothing have none
 * @param tableGradient tiles, `quads` quads of inputs
 * @param positionGradient like `positions`
 */
export function embedBackward(
  tokens: usize,
  delta: usize,
  units: usize,
  quads: i32,
  length: i32,
  tableGradient: usize,
  positionGradient: usize,
): void {
  do {
    let to = positionGradient;
    for (let unit: i32 = 0, at = delta; unit < quads << 2; unit++, at += OCTET, to += 4)
      store<f32>(to, load<f32>(to) + sumOctet(at));
    for (let lane: usize = 0; lane < OCTET; lane += 4) {
      const token = <usize>load<u32>(tokens + lane);
      let column = tableGradient + (token >> 3) * <usize>quads * TILE + ((token & 7) << 2);
      let from = delta + lane;
      for (let unit: i32 = 0; unit < quads << 2; unit++, from += OCTET, column += OCTET)
        store<f32>(column, load<f32>(column) + load<f32>(from));
    }
    tokens += OCTET;
    delta += units * OCTET;
    positionGradient += units * 4;
  } while (--length);
}

/**
 * Copies chosen rows.
 *
 * @param from batch octets, `units` padded units
 * @param rows 32 bits each
 * @param count at least 1; the last octet is filled up with copies of the last row
 * @param to batch octets, `units` padded units
 */
export function selectRows(from: usize, units: usize, rows: usize, count: i32, to: usize): void {
  const padded = (count + 7) & ~7;
  for (let row: i32 = 0; row < padded; row++) {
    let source = place(from, units, load<u32>(rows + (<usize>min(row, count - 1) << 2)));
    let target = place(to, units, row);
    for (let unit = units; unit > 0; unit--, source += OCTET, target += OCTET) store<f32>(target, load<f32>(source));
  }
}

/** Copies rows back to where `selectRows` took them from; other rows of `to` stay. */
export function returnRows(from: usize, units: usize, rows: usize, count: i32, to: usize): void {
  for (let row: i32 = 0; row < count; row++) {
    let source = place(from, units, row);
    let target = place(to, units, load<u32>(rows + (<usize>row << 2)));
    for (let unit = units; unit > 0; unit--, source += OCTET, target += OCTET) store<f32>(target, load<f32>(source));
  }
}

/** Address of a row's first unit in batch octets. */
@inline
function place(at: usize, units: usize, row: u32): usize {
  return at + <usize>(row >> 3) * units * OCTET + <usize>((row & 7) << 2);
}

/** to = a + b, `count` registers of four numbers, at least 1. */
export function addVectors(a: usize, b: usize, to: usize, count: i32): void {
  do {
    v128.store(to, f32x4.add(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    to += 16;
  } while (--count);
}
