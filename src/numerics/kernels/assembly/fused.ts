/**
 * The one arithmetic of all products: each term of a sum is one fused multiply-add, with one rounding. Relaxed SIMD leaves open whether
 * the product is rounded; every processor since 2013 can do without, and V8 then does (`kernels.ts` looks before it believes). Where one
 * cannot, the same source compiled without relaxed SIMD runs: two roundings, other bits, and results say so.
 */

/** a · b + c, float32. */
@inline
export function fused32(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** a · b + c, float64. */
@inline
export function fused64(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(c, f64x2.mul(a, b));
}

/**
 * What tells the two apart: (1 + ε)² − (1 + 2ε), where ε is the last place of float64, is ε² in one rounding and 0 in two.
 */
export function roundsOnce(): bool {
  const x = f64x2.splat(1 + f64.EPSILON);
  return f64x2.extract_lane(fused64(x, x, f64x2.splat(-(1 + 2 * f64.EPSILON))), 0) != 0;
}
