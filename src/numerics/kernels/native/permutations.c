/* Permutation tests of selectivity (assembly/permutations.ts). */
#include "bounds.h"
#include "lanes.h"

/* Bytes of eight columns of one stimulus. */
#define LINE 64

/* Orders that are summed side by side: each addition waits for the one before it in its order. */
#define TOGETHER (4 * ABREAST)

/* `drawn` lines of one octet of columns for each of `count` orders, `next` bytes from one to the next; no line is read beyond `most`. */
INLINE void add_lines(const uint8_t *lines, address most, const uint8_t *order, size_t next, int32_t drawn, const uint8_t *source,
                      uint8_t *target, size_t row, const int count) {
  vector64 sums[TOGETHER][2 / ABREAST];
  UNROLL(8)
  for (int k = 0; k < count; k++)
    UNROLL(2)
    for (int v = 0; v < 2 / ABREAST; v++) sums[k][v] = source ? load_vector64(source + k * row + v * ABREAST * 32) : every64(0);
  for (int32_t place = 0; place < drawn; place++, order += 4)
    UNROLL(8)
    for (int k = 0; k < count; k++) {
      address stimulus;
      memcpy(&stimulus, order + k * next, 4);
      const uint8_t *line = lines + (size_t)(stimulus < most ? stimulus : most) * LINE;
      UNROLL(2)
      for (int v = 0; v < 2 / ABREAST; v++) sums[k][v] += load_vector64(line + v * ABREAST * 32);
    }
  UNROLL(8)
  for (int k = 0; k < count; k++)
    UNROLL(2)
    for (int v = 0; v < 2 / ABREAST; v++) store_vector64(target + k * row + v * ABREAST * 32, sums[k][v]);
}

KERNEL(addStretch)(uint8_t *m, size_t length, address columns, address stimuli, int32_t octets, address orders, int32_t count,
                   int32_t drawn, address from, address to) {
  const size_t row = (size_t)(octets < 0 ? 0 : octets) * LINE;
  if (octets < 1 || count < 1 || drawn < 1 || stimuli < 1 || !within(length, columns, octets, (size_t)stimuli * LINE) ||
      !within(length, orders, (int64_t)count - 1, (size_t)stimuli * 4) ||
      !within(length, orders + (size_t)(count - 1) * stimuli * 4, drawn, 4) || !within(length, to, count, row) ||
      (from && !within(length, from, count, row)))
    return false;
  /* Orders are numbers in the memory: each is held within the stimuli, as no look beforehand could be trusted. */
  const address most = stimuli - 1;
  const size_t next = (size_t)stimuli * 4;
  for (int32_t octet = 0; octet < octets; octet++) {
    const uint8_t *lines = m + columns + (size_t)octet * stimuli * LINE;
    for (int32_t k = 0; k < count;) {
      const bool many = count - k >= TOGETHER;
      const uint8_t *order = m + orders + k * next, *source = from ? m + from + k * row + (size_t)octet * LINE : NULL;
      uint8_t *target = m + to + k * row + (size_t)octet * LINE;
      if (many) add_lines(lines, most, order, next, drawn, source, target, row, TOGETHER);
      else add_lines(lines, most, order, next, drawn, source, target, row, 1);
      k += many ? TOGETHER : 1;
    }
  }
  return true;
}

/* The larger, the first where the second is no number (`pmax` of WebAssembly). */
INLINE quartet larger(quartet a, quartet b) { return chosen64(a < b, b, a); }

INLINE quartet where(quartet_mask mask, quartet x) { return (quartet)((quartet_mask)x & mask); }

INLINE void count_reached(uint8_t *reached, quartet value, quartet bar) {
  store_quartet(reached, load_quartet(reached) + where(value >= bar, splat64(1)));
}

/* Maxima have two lanes each: of the units at even and at odd places. */
INLINE quartet load_maxima(const uint8_t *from) {
  const double even = load_double(from), odd = load_double(from + 8);
  return (quartet){even, odd, even, odd};
}

INLINE void store_maxima(uint8_t *to, quartet x) {
  const quartet turned = {x[2], x[3], x[2], x[3]}, most = larger(x, turned);
  memcpy(to, &most, 16);
}

KERNEL(testClass)(uint8_t *m, size_t length, address above, address above_stride, address below, address below_stride, int32_t units,
                  int32_t count, address totals, address tests, address maxima, double inside, double outside) {
  const size_t part = (size_t)(units < 0 ? 0 : units) * 8;
  if (units < 1 || units % 8 != 0 || count < 1 || !within(length, above, (int64_t)count - 1, above_stride) ||
      !within(length, above + (size_t)(count - 1) * above_stride, 3, part) ||
      !within(length, below, (int64_t)count - 1, below_stride) ||
      !within(length, below + (size_t)(count - 1) * below_stride, 3, part) || !within(length, totals, 3, part) ||
      !within(length, tests, 8, part) || !within(length, maxima, count, 48))
    return false;
  const quartet per_in = splat64(1 / inside), per_out = splat64(1 / outside), to_auroc = splat64(1 / (inside * outside));
  const quartet per_in_less = splat64(1 / (inside - 1)), per_out_less = splat64(1 / (outside - 1)), none = splat64(0);
  for (int32_t k = 0; k < count; k++) {
    const uint8_t *a = m + above + (size_t)k * above_stride, *b = m + below + (size_t)k * below_stride;
    uint8_t *most = m + maxima + (size_t)k * 48;
    quartet max_dprime = load_maxima(most), max_auroc = load_maxima(most + 16), max_correlation = load_maxima(most + 32);
    for (size_t u = 0; u < part; u += 32) {
      uint8_t *test = m + tests + u;
      const quartet sum = load_quartet(a + u) - load_quartet(b + u);
      const quartet squares = load_quartet(a + part + u) - load_quartet(b + part + u);
      const quartet ranks = load_quartet(a + 2 * part + u) - load_quartet(b + 2 * part + u);

      const quartet auroc = size_of(ranks) * to_auroc;
      count_reached(test + 5 * part, auroc, load_quartet(test + 2 * part));
      max_auroc = larger(max_auroc, auroc);

      const quartet correlation = size_of(sum) * load_quartet(test);
      count_reached(test + 6 * part, correlation, load_quartet(test + 3 * part));
      max_correlation = larger(max_correlation, correlation);

      const quartet rest = load_quartet(m + totals + u) - sum, others = load_quartet(m + totals + part + u) - squares;
      const quartet mean = sum * per_in, other_mean = rest * per_out;
      const quartet variance = (larger(none, squares - sum * mean) * per_in_less +
                                larger(none, others - rest * other_mean) * per_out_less) *
                               splat64(0.5);
      const quartet spread = square_root64(where(variance > load_quartet(test + 7 * part), variance));
      const quartet dprime = size_of(mean - other_mean) / spread, bar = load_quartet(test + part);
      count_reached(test + 4 * part, dprime, bar);
      max_dprime = larger(max_dprime, where(bar == bar, dprime));
    }
    store_maxima(most, max_dprime);
    store_maxima(most + 16, max_auroc);
    store_maxima(most + 32, max_correlation);
  }
  return true;
}

/* A class in the table, as in assembly/permutations.ts. */
#define CLASS 24
typedef struct {
  address above, below, above_stride, below_stride;
  double count;
} class_sums;

INLINE class_sums load_class(const uint8_t *entry) {
  class_sums c;
  memcpy(&c, entry, CLASS);
  return c;
}

/* x / n, by a product where that has the same bits: where n is a power of two. */
INLINE quartet quotient(quartet x, double n) {
  int64_t bits;
  memcpy(&bits, &n, 8);
  return (bits & 0xfffffffffffff) == 0 ? x * splat64(1 / n) : x / splat64(n);
}

KERNEL(testIndex)(uint8_t *m, size_t length, address table, int32_t classes, int32_t units, int32_t count, address tests, address maxima) {
  const size_t part = (size_t)(units < 0 ? 0 : units) * 8;
  if (units < 1 || units % 8 != 0 || count < 1 || classes < 1 || !within(length, table, classes, CLASS) ||
      !within(length, tests, 3, part) || !within(length, maxima, count, 16))
    return false;
  for (int32_t c = 0; c < classes; c++) {
    const class_sums sums = load_class(m + table + (size_t)c * CLASS);
    if (!within(length, sums.above, (int64_t)count - 1, sums.above_stride) ||
        !within(length, sums.above + (size_t)(count - 1) * sums.above_stride, 1, part) ||
        !within(length, sums.below, (int64_t)count - 1, sums.below_stride) ||
        !within(length, sums.below + (size_t)(count - 1) * sums.below_stride, 1, part))
      return false;
  }
  const quartet none = splat64(0);
  for (int32_t k = 0; k < count; k++) {
    quartet max = load_maxima(m + maxima + (size_t)k * 16);
    for (size_t u = 0; u < part; u += 32) {
      uint8_t *test = m + tests + u;
      const quartet unit_mean = load_quartet(test), bar = load_quartet(test + part);
      quartet largest = none, all = none;
      for (int32_t c = 0; c < classes; c++) {
        const class_sums sums = load_class(m + table + (size_t)c * CLASS);
        /* What is in the table is the memory's: it may have been written over meanwhile, and is held within it. */
        const size_t above = (size_t)sums.above + (size_t)k * sums.above_stride + u, below = (size_t)sums.below + (size_t)k * sums.below_stride + u;
        if (!within(length, above, 1, 32) || !within(length, below, 1, 32)) return false;
        const quartet sum = load_quartet(m + above) - load_quartet(m + below);
        const quartet mean = larger(none, unit_mean + quotient(sum, sums.count));
        all += mean;
        largest = larger(largest, mean);
      }
      const quartet rest = quotient(all - largest, classes - 1), index = (largest - rest) / (largest + rest);
      count_reached(test + 2 * part, index, bar);
      max = larger(max, where(bar == bar, index));
    }
    store_maxima(m + maxima + (size_t)k * 16, max);
  }
  /* As the sums of the next order. */
  for (int32_t c = 0; c < classes; c++) {
    uint8_t *entry = m + table + (size_t)c * CLASS;
    class_sums sums = load_class(entry);
    sums.above += (address)count * sums.above_stride;
    sums.below += (address)count * sums.below_stride;
    memcpy(entry, &sums, CLASS);
  }
  return true;
}
