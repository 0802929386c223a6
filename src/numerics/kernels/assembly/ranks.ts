/**
 * The order of float64 numbers (numerics/ranks.ts): a radix sort of their bits, least significant digit first, so that equal numbers stay
 * in the order in which they stand. A digit that all numbers share is left out: of single precision there are few others.
 *
 *   entries   [count][2] of 64 bits: the bits of a number, changed so that they are ordered as whole numbers, and its index
 */

/** Bytes of an entry. */
const ENTRY: usize = 16;

/** A digit is a byte: few enough piles that the ends of all stay in the first-level cache. */
const DIGITS: usize = 8;
/** Bytes of the counts of one digit. */
const PILES: usize = 4 * 256;

const SIGN: u64 = 1 << 63;

/** The bits of a number as a whole number that is larger for a larger one. Adding 0 makes 0 of −0, which equals it. */
@inline
function ordered(value: f64): u64 {
  const bits = reinterpret<u64>(value + 0);
  return bits & SIGN ? ~bits : bits | SIGN;
}

/** The number of an entry. */
@inline
function numberOf(entry: usize): f64 {
  const bits = load<u64>(entry);
  return reinterpret<f64>(bits & SIGN ? bits ^ SIGN : ~bits);
}

/** Where the count of an entry's pile is. */
@inline
function pileOf(piles: usize, bits: u64, digit: usize): usize {
  return piles + ((<usize>(bits >> (digit << 3)) & 255) << 2);
}

/**
 * Moves all entries to the piles of one digit.
 *
 * @param piles how many entries each will have; used up
 * @returns false, with nothing moved, where all are of one pile
 */
function deal(from: usize, to: usize, count: i32, piles: usize, digit: usize): bool {
  if (load<u32>(pileOf(piles, load<u64>(from), digit)) == <u32>count) return false;
  let next = to;
  for (let pile = piles; pile < piles + PILES; pile += 4) {
    const size = load<u32>(pile);
    // Where its next entry goes.
    store<u32>(pile, <u32>next);
    next += <usize>size * ENTRY;
  }
  for (const end = from + <usize>count * ENTRY; from < end; from += ENTRY) {
    const pile = pileOf(piles, load<u64>(from), digit);
    const place = <usize>load<u32>(pile);
    v128.store(place, v128.load(from));
    store<u32>(pile, <u32>(place + ENTRY));
  }
  return true;
}

/**
 * Sorts numbers, of which none is NaN.
 *
 * @param count at least 1
 * @param entries, others room for `count` entries each
 * @param piles room for 256 counts of each of 8 digits, 32 bits each
 * @returns where the sorted entries are
 */
export function sortNumbers(values: usize, count: i32, entries: usize, others: usize, piles: usize): usize {
  memory.fill(piles, 0, DIGITS * PILES);
  for (let i: i32 = 0, entry = entries; i < count; i++, entry += ENTRY, values += 8) {
    const bits = ordered(load<f64>(values));
    store<u64>(entry, bits);
    store<u64>(entry, <u64>i, 8);
    for (let digit: usize = 0; digit < DIGITS; digit++) {
      const pile = pileOf(piles + digit * PILES, bits, digit);
      store<u32>(pile, load<u32>(pile) + 1);
    }
  }
  let from = entries;
  let to = others;
  for (let digit: usize = 0; digit < DIGITS; digit++) {
    if (!deal(from, to, count, piles + digit * PILES, digit)) continue;
    const dealt = to;
    to = from;
    from = dealt;
  }
  return from;
}

/** @returns the end of the group of tied entries that begins at `from`: neighbours that differ by no more than the rounding */
@inline
function endOfTied(from: usize, end: usize, rounding: f64): usize {
  let at = from + ENTRY;
  // Equal infinities differ by no number.
  while (at < end && !(numberOf(at) - numberOf(at - ENTRY) > rounding)) at += ENTRY;
  return at;
}

/**
 * @param sorted as by `sortNumbers`
 * @param rounding neighbours in the order that differ by no more are tied
 * @param order receives the indices, smallest number first
 * @param dense receives of each number how many groups of tied ones are smaller
 * @param ties receives how many numbers each group has
 * @returns how many groups there are
 */
export function groupTied(sorted: usize, count: i32, rounding: f64, order: usize, dense: usize, ties: usize): i32 {
  const end = sorted + <usize>count * ENTRY;
  let group: i32 = 0;
  for (let from = sorted; from < end; group++, ties += 4) {
    const next = endOfTied(from, end, rounding);
    store<u32>(ties, <u32>((next - from) / ENTRY));
    for (; from < next; from += ENTRY, order += 4) {
      const index = load<u32>(from, 8);
      store<u32>(order, index);
      store<u32>(dense + (<usize>index << 2), group);
    }
  }
  return group;
}

/**
 * Ranks from 1; tied numbers get the mean of the ranks that they fill.
 *
 * @param sorted as by `sortNumbers`
 * @param rounding neighbours in the order that differ by no more are tied
 * @param ranks receives them, as float64
 */
export function averageRanks(sorted: usize, count: i32, rounding: f64, ranks: usize): void {
  const end = sorted + <usize>count * ENTRY;
  for (let from = sorted; from < end; ) {
    const next = endOfTied(from, end, rounding);
    // The first of them has rank 1 + what is before it.
    const rank = <f64>((from - sorted + next - sorted) / ENTRY + 1) / 2;
    for (; from < next; from += ENTRY) store<f64>(ranks + (<usize>load<u32>(from, 8) << 3), rank);
  }
}
