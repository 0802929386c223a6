/**
 * Elementary functions whose bits are ours: the language leaves those of `Math` to the engine, and engines differ in the last digit.
 * Only +, −, ×, ÷ and remainders are used, which IEEE 754 rounds one way. Errors stay below ¾ of a unit in the last place (`power`: of one
 * for results from 10⁻⁸ to 10⁸, of 16 towards the ends of what a double holds).
 *
 * Where one double is too coarse a number is a sum of two, `high` + `low` (Dekker 1971).
 */
interface Pair {
  readonly high: number;
  readonly low: number;
}

/** log 2 in two parts: the first has 32 bits, so that its multiples by exponents are exact. */
const LOG2_HIGH = 0.6931471803691238;
const LOG2_LOW = 1.9082149292705877e-10;
/** π in two parts. */
const PI_HIGH = 3.141592653589793;
const PI_LOW = 1.2246467991473532e-16;

/** The natural logarithm. NaN below 0, −∞ at 0. */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x === Infinity ? x : NaN;
  const { high, low } = logPair(x, 0);
  return high + low;
}

/** log(1 + x) of x > −1, exact to the last digits for small x, too. */
export function log1p(x: number): number {
  if (!(x > -1) || x === Infinity) return x === -1 ? -Infinity : x === Infinity ? x : NaN;
  // Here x²/2 is less than a quarter of a unit in the last place.
  if (Math.abs(x) < 1.1102230246251565e-16) return x;
  const sum = twoSum(1, x);
  const { high, low } = logPair(sum.high, sum.low);
  return high + low;
}

/** eˣ. */
export function exp(x: number): number {
  return expPair(x, 0);
}

/** baseˣ of a base > 0; 0 to a positive power is 0. */
export function power(base: number, x: number): number {
  if (x === 0 || base === 1) return 1;
  if (Number.isNaN(x)) return NaN;
  if (base === 0) return x > 0 ? 0 : Infinity;
  if (!(base > 0) || base === Infinity) return base === Infinity ? (x > 0 ? base : 0) : NaN;
  const { high, low } = logPair(base, 0);
  const product = twoProduct(high, x);
  return expPair(product.high, product.low + low * x);
}

/** cos πx: exact at multiples of ½. */
export function cosPi(x: number): number {
  const turn = Math.abs(x) % 2;
  const half = turn > 1 ? 2 - turn : turn;
  // cos π(1 − x) = −cos πx, and near ½ the sine is what is exact.
  if (half > 0.5) return half > 0.75 ? -cosSeries(1 - half) : -sinSeries(half - 0.5);
  return half < 0.25 ? cosSeries(half) : sinSeries(0.5 - half);
}

/** The angle in [0, π] whose cosine is x, to 2 units of the last place; NaN beyond −1 and 1. */
export function arccos(x: number): number {
  if (!(Math.abs(x) <= 1)) return NaN;
  // Half the angle by its sine, as the cosine says little of small ones: sin πt = y, t in [0, ¼], by Newton’s method.
  const y = Math.sqrt((1 - Math.abs(x)) / 2);
  let t = (y + (y * y * y) / 6) / PI_HIGH;
  for (let i = 0; i < 5; i++) t += (y - sinSeries(t)) / (PI_HIGH * cosSeries(t));
  const { high, low } = timesPi(2 * t);
  return x < 0 ? PI_HIGH - high + (PI_LOW - low) : high + low;
}

/** 1/25, 1/23 … 1/3: what the terms of artanh are divided by. */
const ODD_SHARES = Float64Array.from({ length: 12 }, (_, i) => 1 / (25 - 2 * i));

/** The logarithm of high + low > 0 (low far smaller than high): with s = (m − 1) / (m + 1), log m = 2 artanh s. */
function logPair(high: number, low: number): Pair {
  let exponent = 0;
  let m = high;
  if (m < 2.2250738585072014e-308) {
    m *= powerOfTwo(54);
    exponent = -54;
  }
  bits[0] = m;
  exponent += ((words[1] >>> 20) & 0x7ff) - 1023;
  words[1] = (words[1] & 0x000fffff) | 0x3ff00000;
  m = bits[0];
  if (m > Math.SQRT2) {
    m /= 2;
    exponent++;
  }
  const tail = low === 0 ? 0 : (low / high) * m;
  const above = twoSum(m, -1);
  const below = twoSum(m, 1);
  const s = divide(above.high, above.low + tail, below.high, below.low + tail);
  const square = s.high * s.high;
  let series = 0;
  for (let i = 0; i < ODD_SHARES.length; i++) series = series * square + ODD_SHARES[i];
  const rest = 2 * s.high * square * series;
  const whole = twoSum(exponent * LOG2_HIGH, 2 * s.high);
  return fastSum(whole.high, whole.low + (2 * s.low + rest + exponent * LOG2_LOW));
}

/** e to the power of high + low: eʳ · 2ᵏ with |r| ≤ log 2 / 2. */
function expPair(high: number, low: number): number {
  if (high > 709.79) return Infinity;
  if (high < -745.14) return 0;
  if (Number.isNaN(high)) return NaN;
  const k = Math.round(high / (LOG2_HIGH + LOG2_LOW));
  const r = twoSum(high - k * LOG2_HIGH, low - k * LOG2_LOW);
  let series = 0;
  for (let n = 15; n >= 2; n--) series = (series * r.high) / (n + 1) + 1;
  // eʳ = 1 + r + r²/2 (1 + r/3 (1 + …)); what r has beyond its first part counts once, times eʳ ≈ 1 + r.
  const square = twoProduct(r.high, r.high);
  const rest = (square.high / 2) * series + (square.low / 2 + r.low * (1 + r.high));
  const one = twoSum(1, r.high);
  const value = one.high + (one.low + rest);
  if (k > -1021 && k < 1023) return value * powerOfTwo(k);
  const half = Math.trunc(k / 2);
  return value * powerOfTwo(half) * powerOfTwo(k - half);
}

/** 2ᵏ of −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return bits[0];
}

/** cos πx of x in [0, ¼]. */
function cosSeries(x: number): number {
  const { high, low } = timesPi(x);
  const square = twoProduct(high, high);
  let series = 0;
  for (let n = 18; n >= 4; n -= 2) series = 1 / (n * (n - 1)) - (series * square.high) / (n * (n - 1));
  // 1 − y²/2 + y⁴/2 · (1/12 − …)
  const half = twoSum(1, -square.high / 2);
  const rest = (square.high * square.high * series) / 2 - square.low / 2 - high * low;
  return half.high + (half.low + rest);
}

/** sin πx of x in [0, ¼]. */
function sinSeries(x: number): number {
  const { high, low } = timesPi(x);
  const square = high * high;
  let series = 0;
  for (let n = 19; n >= 3; n -= 2) series = (1 - series * square) / (n * (n - 1));
  return high + (low * (1 - square / 2) - high * square * series);
}

function timesPi(x: number): Pair {
  const product = twoProduct(x, PI_HIGH);
  return { high: product.high, low: product.low + x * PI_LOW };
}

/** a + b and its rounding error (Knuth). */
function twoSum(a: number, b: number): Pair {
  const high = a + b;
  const part = high - a;
  return { high, low: a - (high - part) + (b - part) };
}

/** The same where |a| ≥ |b| (Dekker). */
function fastSum(a: number, b: number): Pair {
  const high = a + b;
  return { high, low: b - (high - a) };
}

/** a · b and its rounding error (Veltkamp, Dekker). */
function twoProduct(a: number, b: number): Pair {
  const high = a * b;
  const [aHigh, bHigh] = [upper(a), upper(b)];
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return { high, low: aHigh * bHigh - high + aHigh * bLow + aLow * bHigh + aLow * bLow };
}

/** The upper 26 bits. */
function upper(a: number): number {
  const wide = 134217729 * a;
  return wide - (wide - a);
}

function divide(aHigh: number, aLow: number, bHigh: number, bLow: number): Pair {
  const high = aHigh / bHigh;
  const product = twoProduct(high, bHigh);
  return { high, low: (aHigh - product.high - product.low + aLow - high * bLow) / bHigh };
}

const bits = new Float64Array(1);
/** The same bytes as whole numbers; the machines that we know are little-endian, as WebAssembly is. */
const words = new Uint32Array(bits.buffer);
