/* The elementary functions of assembly/math.ts: the same operations in the same order, and nothing fused. */
#ifndef ELEMENTARY_H
#define ELEMENTARY_H

#include "lanes.h"

/* Coefficients are float32 by way of float64, as AssemblyScript has them. */
INLINE octet coefficient(double x) { return splat((float)x); }

INLINE octet nearest(octet x) {
#if defined(__x86_64__)
  return (octet)_mm256_round_ps((__m256)x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#else
  return join((quad)vrndnq_f32((float32x4_t)low_quad(x)), (quad)vrndnq_f32((float32x4_t)high_quad(x)));
#endif
}

INLINE octet unsigned_of(octet x) { return (octet)((octet_mask)x & 0x7fffffff); }

/* b where a < b, else a. */
INLINE octet greater(octet a, octet b) { return chosen(a < b, b, a); }

INLINE octet exp_of_negative(octet x) {
  x = greater(x, splat(-87.0f));
  const octet n = nearest(x * coefficient(1.4426950408889634));
  const octet r = (x - n * splat(0.693359375f)) - n * coefficient(-2.12194440054690583e-4);
  octet q = coefficient(0.001381459878757596);
  q = q * r + coefficient(0.008368716575205326);
  q = q * r + coefficient(0.04166838899254799);
  q = q * r + coefficient(0.1666652113199234);
  q = q * r + coefficient(0.4999999403953552);
  const octet mantissa = (q * r * r + r) + splat(1);
  /* NaN has no power, and needs none. */
  const octet whole = chosen(n == n, n, splat(0));
  const octet_mask power = (__builtin_convertvector(whole, octet_mask) + 127) << 23;
  return mantissa * (octet)power;
}

INLINE octet twice_artanh(octet s) {
  const octet u = s * s;
  octet q = coefficient(0.1400633305311203);
  q = q * u + coefficient(0.14000838994979858);
  q = q * u + coefficient(0.2001076638698578);
  q = q * u + coefficient(0.3333320915699005);
  const octet twice = s + s;
  return twice + twice * (u * q);
}

INLINE octet logarithm(octet x) {
  const octet_mask shifted = (octet_mask)x - 0x3f3504f3;
  const octet n = __builtin_convertvector(shifted >> 23, octet);
  const octet m = (octet)((shifted & 0x007fffff) + 0x3f3504f3);
  const octet log_m = twice_artanh((m - splat(1)) / (m + splat(1)));
  const octet value = n * splat(0.693359375f) + (n * coefficient(-2.12194440054690583e-4) + log_m);
  return chosen(x == x, value, x);
}

INLINE octet gaussian(octet x) { return exp_of_negative(x * x * splat(-0.5f)); }

INLINE octet normal_cdf(octet x, octet bell) {
  const octet one = splat(1);
  const octet t = one / (one + unsigned_of(x) * splat(0.25f));
  octet p = coefficient(0.033425621688365936);
  p = p * t + coefficient(-0.19337855279445648);
  p = p * t + coefficient(0.3884900212287903);
  p = p * t + coefficient(-0.3248709440231323);
  p = p * t + coefficient(0.297396719455719);
  p = p * t + coefficient(-0.016603771597146988);
  p = p * t + coefficient(0.12026651948690414);
  p = p * t + coefficient(0.09509890526533127);
  p = p * t + coefficient(0.10019534826278687);
  p = p * t + coefficient(-1.985479138966184e-5);
  const octet tail = p * bell;
  return chosen(x > splat(0), one - tail, tail);
}

#endif
