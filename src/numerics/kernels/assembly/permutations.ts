/**
 * Permutation tests of selectivity: sums of columns over the first stimuli of many random orders, and what they say of each unit.
 * Float64 in two lanes; every sum is taken in the order in which the stimuli stand.
 *
 *   columns   [columns / 8][stimuli][8]: what is read of a stimulus at once is one cache line
 *   sums      orders × columns, row-major
 *   orders    orders × stimuli: indices of stimuli
 *
 * The columns are three for each unit, in three parts of `units` columns: centred activations, their squares, centred ranks. `units`
 * is padded to a multiple of 8; the bars of padded units are NaN, which nothing reaches.
 */

/** Bytes of eight columns of one stimulus. */
const LINE: usize = 64;

/**
 * Adds the stimuli from place `start` to place `end` of each order.
 *
 * @param octets columns / 8, at least 1
 * @param orders address of the first order's stimulus at `start`
 * @param count orders, at least 1
 * @param places end − start, at least 1
 * @param from sums up to `start`, with rows like `to`; 0 where `start` is
 */
export function addStretch(
  columns: usize,
  stimuli: usize,
  octets: i32,
  orders: usize,
  count: i32,
  places: i32,
  from: usize,
  to: usize,
): void {
  const row = <usize>octets * LINE;
  for (let octet: i32 = 0; octet < octets; octet++) {
    let order = orders;
    let source = from;
    let target = to;
    for (let k: i32 = 0; k < count; k++) {
      let c0 = f64x2.splat(0), c1 = c0, c2 = c0, c3 = c0;
      if (from) {
        c0 = v128.load(source);
        c1 = v128.load(source, 16);
        c2 = v128.load(source, 32);
        c3 = v128.load(source, 48);
        source += row;
      }
      let at = order;
      let place = places;
      do {
        const line = columns + <usize>load<u32>(at) * LINE;
        c0 = f64x2.add(c0, v128.load(line));
        c1 = f64x2.add(c1, v128.load(line, 16));
        c2 = f64x2.add(c2, v128.load(line, 32));
        c3 = f64x2.add(c3, v128.load(line, 48));
        at += 4;
      } while (--place);
      v128.store(target, c0);
      v128.store(target, c1, 16);
      v128.store(target, c2, 32);
      v128.store(target, c3, 48);
      target += row;
      order += stimuli << 2;
    }
    columns += stimuli * LINE;
    if (from) from += LINE;
    to += LINE;
  }
}

/** 1 more in each lane where `value` is at least the bar. */
@inline
function countReached(reached: usize, value: v128, bar: v128): void {
  v128.store(reached, f64x2.add(v128.load(reached), v128.and(f64x2.ge(value, bar), f64x2.splat(1))));
}

/**
 * Compares one class with the rest, in every order: how often |d′|, |AUROC − .5| and |r| reach the bars of each unit, and their maxima
 * over units in each order.
 *
 * @param above sums up to the end of the class; rows `aboveStride` bytes apart (0: the same for all orders)
 * @param below sums up to its beginning
 * @param units padded units
 * @param totals sums over all stimuli, 3 × units
 * @param tests 8 × units: the factor from |sum| to |r|, the bars of d′, AUROC and r, how often each was reached, and the variance within
 *   classes that is rounding: d′ is infinite up to it
 * @param maxima orders × 3 × 2: of d′, AUROC and r, two lanes each; raised
 * @param inside stimuli of the class
 * @param outside the others
 */
export function testClass(
  above: usize,
  aboveStride: usize,
  below: usize,
  belowStride: usize,
  units: i32,
  count: i32,
  totals: usize,
  tests: usize,
  maxima: usize,
  inside: f64,
  outside: f64,
): void {
  const part = <usize>units << 3;
  // Products with these in place of quotients: d′ would take most of its time to divide.
  const perIn = f64x2.splat(1 / inside), perOut = f64x2.splat(1 / outside);
  const toAuroc = f64x2.splat(1 / (inside * outside));
  const perInLess = f64x2.splat(1 / (inside - 1)), perOutLess = f64x2.splat(1 / (outside - 1));
  const none = f64x2.splat(0);
  for (let k: i32 = 0; k < count; k++) {
    let maxDprime = v128.load(maxima);
    let maxAuroc = v128.load(maxima, 16);
    let maxCorrelation = v128.load(maxima, 32);
    for (let u: usize = 0; u < part; u += 16) {
      const test = tests + u;
      const sum = f64x2.sub(v128.load(above + u), v128.load(below + u));
      const squares = f64x2.sub(v128.load(above + part + u), v128.load(below + part + u));
      const ranks = f64x2.sub(v128.load(above + 2 * part + u), v128.load(below + 2 * part + u));

      const auroc = f64x2.mul(f64x2.abs(ranks), toAuroc);
      countReached(test + 5 * part, auroc, v128.load(test + 2 * part));
      maxAuroc = f64x2.pmax(maxAuroc, auroc);

      const correlation = f64x2.mul(f64x2.abs(sum), v128.load(test));
      countReached(test + 6 * part, correlation, v128.load(test + 3 * part));
      maxCorrelation = f64x2.pmax(maxCorrelation, correlation);

      const rest = f64x2.sub(v128.load(totals + u), sum);
      const others = f64x2.sub(v128.load(totals + part + u), squares);
      const mean = f64x2.mul(sum, perIn);
      const otherMean = f64x2.mul(rest, perOut);
      const within = f64x2.add(
        f64x2.mul(f64x2.pmax(none, f64x2.sub(squares, f64x2.mul(sum, mean))), perInLess),
        f64x2.mul(f64x2.pmax(none, f64x2.sub(others, f64x2.mul(rest, otherMean))), perOutLess),
      );
      const variance = f64x2.mul(within, f64x2.splat(0.5));
      const spread = f64x2.sqrt(v128.and(variance, f64x2.gt(variance, v128.load(test + 7 * part))));
      const dprime = f64x2.div(f64x2.abs(f64x2.sub(mean, otherMean)), spread);
      const bar = v128.load(test + part);
      countReached(test + 4 * part, dprime, bar);
      // A bar that is NaN: the unit's own d′ is undefined, so it does not take part in the maximum either.
      maxDprime = f64x2.pmax(maxDprime, v128.and(dprime, f64x2.eq(bar, bar)));
    }
    v128.store(maxima, maxDprime);
    v128.store(maxima, maxAuroc, 16);
    v128.store(maxima, maxCorrelation, 32);
    maxima += 48;
    above += aboveStride;
    below += belowStride;
  }
}

/** Bytes of a class in the table of `testIndex`. */
const CLASS: usize = 24;

/**
 * The class-selectivity index of every unit in every order.
 *
 * @param table per class: addresses of the sums up to its end and to its beginning, their strides as in `testClass` (4 × u32), and
 *   its stimuli (f64). The addresses are moved on from order to order.
 * @param classes at least 2
 * @param units padded units
 * @param tests 3 × units: means, bars, and how often they were reached
 * @param maxima orders × 2 lanes; raised
 */
export function testIndex(
  table: usize,
  classes: i32,
  units: i32,
  count: i32,
  tests: usize,
  maxima: usize,
): void {
  const part = <usize>units << 3;
  const end = table + <usize>classes * CLASS;
  const others = f64x2.splat(classes - 1);
  for (let k: i32 = 0; k < count; k++) {
    let max = v128.load(maxima);
    for (let u: usize = 0; u < part; u += 16) {
      const unitMean = v128.load(tests + u);
      let largest = f64x2.splat(0);
      let all = largest;
      for (let entry = table; entry < end; entry += CLASS) {
        const sum = f64x2.sub(v128.load(<usize>load<u32>(entry) + u), v128.load(<usize>load<u32>(entry, 4) + u));
        const found = f64x2.add(unitMean, f64x2.div(sum, v128.load64_splat(entry, 16)));
        // A mean of no activation at all can come out a rounding error below 0.
        const mean = f64x2.pmax(f64x2.splat(0), found);
        all = f64x2.add(all, mean);
        largest = f64x2.pmax(largest, mean);
      }
      const rest = f64x2.div(f64x2.sub(all, largest), others);
      const index = f64x2.div(f64x2.sub(largest, rest), f64x2.add(largest, rest));
      const bar = v128.load(tests + part + u);
      countReached(tests + 2 * part + u, index, bar);
      max = f64x2.pmax(max, v128.and(index, f64x2.eq(bar, bar)));
    }
    v128.store(maxima, max);
    maxima += 16;
    for (let entry = table; entry < end; entry += CLASS) {
      store<u32>(entry, load<u32>(entry) + load<u32>(entry, 8));
      store<u32>(entry, load<u32>(entry, 4) + load<u32>(entry, 12), 4);
    }
  }
}
