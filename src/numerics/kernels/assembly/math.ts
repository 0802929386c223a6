/**
 * Elementary functions of four float32 lanes, made of additions, multiplications, divisions and bit operations alone: the
 * same bits on every machine, which a platform's own exp or tanh does not promise. Polynomials are minimax fits (Lawson's
 * iteration on Chebyshev nodes, in float64) for relative error; the errors given are theirs, before float32 rounding.
 * NaN passes through all of them.
 */

const LOG2E: f32 = 1.4426950408889634;
/** ln 2 in two parts: the first ends in 15 zero bits, so its product with n is exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440054690583e-4;
/** exp of less than this is not a normal number. */
const LOWEST: f32 = -87.0;

/** exp(x) for x ≤ 0. Below −87 it stays at exp(−87) ≈ 1.6e−38. exp(r) = 1 + r + r² q(r) on |r| ≤ ln 2 / 2, error 3e−9. */
@inline
export function expOfNegative(x: v128): v128 {
  // pmax and not max: one instruction, and of NaN it keeps NaN.
  x = f32x4.pmax(x, f32x4.splat(LOWEST));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2E)));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH))), f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let q = f32x4.splat(0.001381459878757596);
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.008368716575205326));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.04166838899254799));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.1666652113199234));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.4999999403953552));
  const mantissa = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(q, r), r), r), f32x4.splat(1));
  // 2ⁿ by its exponent bits.
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(mantissa, power);
}

/** 2 artanh(s) = ln((1 + s) / (1 − s)) for |s| ≤ 1/3: 2 s (1 + s² q(s²)), error 5e−9. */
@inline
function twiceArtanh(s: v128): v128 {
  const u = f32x4.mul(s, s);
  let q = f32x4.splat(0.1400633305311203);
  q = f32x4.add(f32x4.mul(q, u), f32x4.splat(0.14000838994979858));
  q = f32x4.add(f32x4.mul(q, u), f32x4.splat(0.2001076638698578));
  q = f32x4.add(f32x4.mul(q, u), f32x4.splat(0.3333320915699005));
  const twice = f32x4.add(s, s);
  return f32x4.add(twice, f32x4.mul(twice, f32x4.mul(u, q)));
}

/** ln(1 + x) for 0 ≤ x ≤ 1, exact in the limit of small x. */
@inline
export function log1p(x: v128): v128 {
  return twiceArtanh(f32x4.div(x, f32x4.add(x, f32x4.splat(2))));
}

/** ln(x) for normal x > 0: x = 2ⁿ m with m in [√½, √2), ln x = n ln 2 + ln m. */
@inline
export function log(x: v128): v128 {
  // 0x3f3504f3 is √½: the subtraction carries into the exponent exactly where m would leave its range.
  const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const n = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const one = f32x4.splat(1);
  const logM = twiceArtanh(f32x4.div(f32x4.sub(m, one), f32x4.add(m, one)));
  const value = f32x4.add(f32x4.mul(n, f32x4.splat(LN2_HIGH)), f32x4.add(f32x4.mul(n, f32x4.splat(LN2_LOW)), logM));
  // The bit operations made a number of NaN.
  return v128.bitselect(value, x, f32x4.eq(x, x));
}

/** 1 / (1 + exp(−x)). */
@inline
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = expOfNegative(f32x4.neg(f32x4.abs(x)));
  const numerator = v128.bitselect(one, e, f32x4.gt(x, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(one, e));
}

/** tanh(x): x + x³ q(x²) for |x| < .625 (error 5e−9), (1 − e) / (1 + e) with e = exp(−2|x|) beyond. */
@inline
export function tanh(x: v128): v128 {
  const one = f32x4.splat(1);
  const size = f32x4.abs(x);
  const e = expOfNegative(f32x4.mul(size, f32x4.splat(-2)));
  const large = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  const signed = v128.or(large, v128.and(x, f32x4.splat(-0.0)));
  const u = f32x4.mul(x, x);
  let q = f32x4.splat(-0.005704987328499556);
  q = f32x4.add(f32x4.mul(q, u), f32x4.splat(0.0206390880048275));
  q = f32x4.add(f32x4.mul(q, u), f32x4.splat(-0.05373971536755562));
  q = f32x4.add(f32x4.mul(q, u), f32x4.splat(0.13331441581249237));
  q = f32x4.add(f32x4.mul(q, u), f32x4.splat(-0.3333328068256378));
  const small = f32x4.add(x, f32x4.mul(f32x4.mul(x, u), q));
  return v128.bitselect(small, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

/** exp(−x² / 2), from which both the normal distribution and its density follow. */
@inline
export function gaussian(x: v128): v128 {
  return expOfNegative(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

/**
 * The standard normal distribution function Φ(x) = (1 + erf(x / √2)) / 2. For x < 0 it is exp(−x² / 2) p(t) with
 * t = 1 / (1 + |x| / 4), error 2e−8 relative to Φ itself, so small values are as exact as large ones; Φ(x) = 1 − Φ(−x).
 *
 * @param bell gaussian(x)
 */
@inline
export function normalCdf(x: v128, bell: v128): v128 {
  const one = f32x4.splat(1);
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(f32x4.abs(x), f32x4.splat(0.25))));
  let p = f32x4.splat(0.033425621688365936);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.19337855279445648));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.3884900212287903));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.3248709440231323));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.297396719455719));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.016603771597146988));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.12026651948690414));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.09509890526533127));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.10019534826278687));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-1.985479138966184e-5));
  const tail = f32x4.mul(p, bell);
  return v128.bitselect(f32x4.sub(one, tail), tail, f32x4.gt(x, f32x4.splat(0)));
}
