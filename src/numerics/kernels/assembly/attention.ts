/**
 * Causal attention of eight documents of one length, side by side: rows are ordered by position, and the eight lanes of a position's
 * octets are its documents (training/graph/batch.ts). So every number of an octet belongs to a document of its own, each product
 * of queries, keys and values is taken for eight documents at once, and nothing is turned or broadcast.
 *
 * Order of sums: scores over a head's units upwards, what is attended to over positions upwards, each term one fused multiply-add; the
 * sums of the softmax over positions upwards, unfused. Positions are taken in blocks of `ROWS`, and within one the probabilities of
 * what lies ahead are 0: they are added as such.
 */
import { fused32 } from './fused';
import { OCTET } from './layout';
import { expOfNegative } from './math';

/** Positions that are computed together. */
const ROWS: i32 = 4;

/**
 * One half (four documents) of c = a · b, up to four rows and two columns: strides are in bytes, from row to row, column to column
 * and term to term. Rows and columns that are missing are copies of the last.
 */
@inline
function halfTile(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  aTerm: usize,
  b0: usize,
  b1: usize,
  bTerm: usize,
  c: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  second: usize,
  terms: i32,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  do {
    const x0 = v128.load(b0);
    const x1 = v128.load(b1);
    const y0 = v128.load(a0);
    s00 = fused32(y0, x0, s00);
    s01 = fused32(y0, x1, s01);
    const y1 = v128.load(a1);
    s10 = fused32(y1, x0, s10);
    s11 = fused32(y1, x1, s11);
    const y2 = v128.load(a2);
    s20 = fused32(y2, x0, s20);
    s21 = fused32(y2, x1, s21);
    const y3 = v128.load(a3);
    s30 = fused32(y3, x0, s30);
    s31 = fused32(y3, x1, s31);
    a0 += aTerm;
    a1 += aTerm;
    a2 += aTerm;
    a3 += aTerm;
    b0 += bTerm;
    b1 += bTerm;
  } while (--terms);
  v128.store(c, s00);
  v128.store(c + second, s01);
  v128.store(c1, s10);
  v128.store(c1 + second, s11);
  v128.store(c2, s20);
  v128.store(c2 + second, s21);
  v128.store(c3, s30);
  v128.store(c3 + second, s31);
}

/** c = a · b for each lane: `rows` (1 to 4) × `columns`, over `terms`, at least one of each. Strides in bytes. */
function product(
  a: usize,
  aRow: usize,
  aTerm: usize,
  b: usize,
  bColumn: usize,
  bTerm: usize,
  c: usize,
  cRow: usize,
  cColumn: usize,
  rows: i32,
  columns: i32,
  terms: i32,
): void {
  const last = <usize>(rows - 1);
  const second = min<usize>(1, last);
  const third = min<usize>(2, last);
  const fourth = last;
  for (let column: i32 = 0; column < columns; column += 2) {
    const next: usize = column + 1 < columns ? 1 : 0;
    const b1 = b + next * bColumn;
    const step = next * cColumn;
    for (let half: usize = 0; half < OCTET; half += OCTET / 2) {
      const from = a + half;
      const to = c + half;
      halfTile(
        from,
        from + second * aRow,
        from + third * aRow,
        from + fourth * aRow,
        aTerm,
        b + half,
        b1 + half,
        bTerm,
        to,
        to + second * cRow,
        to + third * cRow,
        to + fourth * cRow,
        step,
        terms,
      );
    }
    b += 2 * bColumn;
    c += 2 * cColumn;
  }
}

/** Scores of one position become probabilities of `present` positions; those of `ahead` more become 0. */
@inline
function softmax(scores: usize, present: i32, ahead: i32, scale: f32): void {
  const scales = f32x4.splat(scale);
  for (let half = scores; half < scores + OCTET; half += OCTET / 2) {
    const end = half + <usize>present * OCTET;
    let largest = v128.load(half);
    for (let at = half + OCTET; at < end; at += OCTET) largest = f32x4.pmax(largest, v128.load(at));
    let total = f32x4.splat(0);
    for (let at = half; at < end; at += OCTET) {
      const e = expOfNegative(f32x4.mul(f32x4.sub(v128.load(at), largest), scales));
      v128.store(at, e);
      total = f32x4.add(total, e);
    }
    const share = f32x4.div(f32x4.splat(1), total);
    for (let at = half; at < end; at += OCTET) v128.store(at, f32x4.mul(v128.load(at), share));
  }
  clear(scores + <usize>present * OCTET, ahead);
}

@inline
function clear(at: usize, octets: i32): void {
  for (; octets > 0; octets--, at += OCTET) {
    v128.store(at, f32x4.splat(0));
    v128.store(at, f32x4.splat(0), 16);
  }
}

/** Gradients of probabilities (`deltas`) of one position become those of its scores; those of positions ahead become 0. */
@inline
function softmaxBackward(probabilities: usize, deltas: usize, present: i32, ahead: i32, scale: f32): void {
  const scales = f32x4.splat(scale);
  for (let half: usize = 0; half < OCTET; half += OCTET / 2) {
    let sum = f32x4.splat(0);
    let p = probabilities + half;
    let d = deltas + half;
    for (let left = present; left > 0; left--, p += OCTET, d += OCTET)
      sum = f32x4.add(sum, f32x4.mul(v128.load(p), v128.load(d)));
    p = probabilities + half;
    d = deltas + half;
    for (let left = present; left > 0; left--, p += OCTET, d += OCTET)
      v128.store(d, f32x4.mul(f32x4.mul(v128.load(p), f32x4.sub(v128.load(d), sum)), scales));
  }
  clear(deltas + <usize>present * OCTET, ahead);
}

/**
 * out = softmax(scale · q kᵀ) v of every head, over the position itself and those before it.
 *
 * @param qkv batch octets of `length` positions, `units` padded units a row: queries, keys and values of all heads, one after the other
 * @param probabilities [heads][length][length] octets; what lies ahead of a position is 0 or not written
 * @param out batch octets, `outUnits` padded units: heads one after the other
 * @param length positions, at least 1
 * @param heads at least 1, of `headUnits` units each, at least 1
 */
export function attention(
  qkv: usize,
  units: usize,
  probabilities: usize,
  out: usize,
  outUnits: usize,
  length: i32,
  heads: i32,
  headUnits: i32,
  scale: f32,
): void {
  const row = units * OCTET;
  const outRow = outUnits * OCTET;
  const line = <usize>length * OCTET;
  const head = <usize>headUnits * OCTET;
  for (let h: i32 = 0; h < heads; h++) {
    const queries = qkv + <usize>h * head;
    const keys = queries + <usize>heads * head;
    const values = keys + <usize>heads * head;
    for (let first: i32 = 0; first < length; first += ROWS) {
      const rows = min(ROWS, length - first);
      const end = first + rows;
      const scores = probabilities + <usize>first * line;
      product(queries + <usize>first * row, row, OCTET, keys, row, OCTET, scores, line, OCTET, rows, end, headUnits);
      for (let i: i32 = 0; i < rows; i++)
        softmax(scores + <usize>i * line, first + i + 1, rows - i - 1, scale);
      const to = out + <usize>h * head + <usize>first * outRow;
      product(scores, line, OCTET, values, OCTET, row, to, outRow, OCTET, rows, headUnits, end);
    }
    probabilities += <usize>length * line;
  }
}

/**
 * The gradient of queries, keys and values from that of `out`; parameters as in `attention`, and
 *
 * @param delta batch octets like `out`: its gradient
 * @param scratch [length][length] octets, which are overwritten
 * @param gradient batch octets like `qkv`
 */
export function attentionBackward(
  qkv: usize,
  units: usize,
  probabilities: usize,
  delta: usize,
  outUnits: usize,
  scratch: usize,
  gradient: usize,
  length: i32,
  heads: i32,
  headUnits: i32,
  scale: f32,
): void {
  const row = units * OCTET;
  const outRow = outUnits * OCTET;
  const line = <usize>length * OCTET;
  const head = <usize>headUnits * OCTET;
  const part = <usize>heads * head;
  for (let h: i32 = 0; h < heads; h++) {
    const queries = qkv + <usize>h * head;
    const keys = queries + part;
    const values = keys + part;
    const deltas = delta + <usize>h * head;
    const toQueries = gradient + <usize>h * head;
    for (let first: i32 = 0; first < length; first += ROWS) {
      const rows = min(ROWS, length - first);
      const end = first + rows;
      const scores = scratch + <usize>first * line;
      const from = deltas + <usize>first * outRow;
      product(from, outRow, OCTET, values, row, OCTET, scores, line, OCTET, rows, end, headUnits);
      for (let i: i32 = 0; i < rows; i++) {
        const at = <usize>i * line;
        softmaxBackward(probabilities + <usize>first * line + at, scores + at, first + i + 1, rows - i - 1, scale);
      }
      const to = toQueries + <usize>first * row;
      product(scores, line, OCTET, keys, OCTET, row, to, row, OCTET, rows, headUnits, end);
    }
    for (let first: i32 = 0; first < length; first += ROWS) {
      const rows = min(ROWS, length - first);
      const left = length - first;
      // Column `first` of the block, from the row of the block on: what is ahead of a position is 0.
      const at = <usize>first * line + <usize>first * OCTET;
      const to = toQueries + part + <usize>first * row;
      const later = <usize>first * row;
      product(scratch + at, OCTET, line, queries + later, OCTET, row, to, row, OCTET, rows, headUnits, left);
      const from = deltas + <usize>first * outRow;
      product(probabilities + at, OCTET, line, from, OCTET, outRow, to + part, row, OCTET, rows, headUnits, left);
    }
    probabilities += <usize>length * line;
  }
}
