/*
 * Vectors of the layouts (assembly/layout.ts): an octet is 8 float32, a quartet 4 float64, a quad 4 float32; a vector is ABREAST octets or
 * quartets, that need not be neighbours in memory. What is meant to be one fused multiply-add is written as such; nothing else is fused (-ffp-contract=off), so that every operation has the rounding that the
 * WebAssembly kernels give it.
 */
#ifndef LANES_H
#define LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#else
#error "There are lanes for x86-64 and arm64 only."
#endif

/* 1: vectors of 256 bits. 2: of 512, which the compiler splits where a processor has only halves of them: slower, the same bits. */
#ifndef ABREAST
#define ABREAST 1
#endif

typedef float octet __attribute__((vector_size(32)));
typedef float quad __attribute__((vector_size(16)));
typedef double quartet __attribute__((vector_size(32)));
typedef double pair __attribute__((vector_size(16)));
typedef int64_t quartet_mask __attribute__((vector_size(32)));
typedef int32_t octet_mask __attribute__((vector_size(32)));
typedef float vector __attribute__((vector_size(ABREAST * 32)));
typedef double vector64 __attribute__((vector_size(ABREAST * 32)));
typedef int32_t vector_mask __attribute__((vector_size(ABREAST * 32)));
typedef int64_t vector64_mask __attribute__((vector_size(ABREAST * 32)));

#define INLINE static inline __attribute__((always_inline))

/* The loop that follows has so many turns, and arrays that it goes through are to be registers: each compiler has its own word for it. */
#define PRAGMA(text) _Pragma(#text)
#if defined(__clang__)
#define UNROLL(turns) PRAGMA(clang loop unroll(full))
#else
#define UNROLL(turns) PRAGMA(GCC unroll turns)
#endif

/* Addresses are multiples of 4 only where a caller says so: loads and stores ask for no alignment. */
INLINE octet load_octet(const void *from) {
  octet x;
  memcpy(&x, from, sizeof x);
  return x;
}

INLINE void store_octet(void *to, octet x) { memcpy(to, &x, sizeof x); }

INLINE quad load_quad(const void *from) {
  quad x;
  memcpy(&x, from, sizeof x);
  return x;
}

INLINE void store_quad(void *to, quad x) { memcpy(to, &x, sizeof x); }

INLINE quartet load_quartet(const void *from) {
  quartet x;
  memcpy(&x, from, sizeof x);
  return x;
}

INLINE void store_quartet(void *to, quartet x) { memcpy(to, &x, sizeof x); }

INLINE float load_float(const void *from) {
  float x;
  memcpy(&x, from, sizeof x);
  return x;
}

INLINE double load_double(const void *from) {
  double x;
  memcpy(&x, from, sizeof x);
  return x;
}

INLINE octet splat(float x) { return (octet){x, x, x, x, x, x, x, x}; }

INLINE quartet splat64(double x) { return (quartet){x, x, x, x}; }

/* Two quads side by side. */
INLINE octet join(quad low, quad high) { return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7); }

INLINE quad low_quad(octet x) { return __builtin_shufflevector(x, x, 0, 1, 2, 3); }

INLINE quad high_quad(octet x) { return __builtin_shufflevector(x, x, 4, 5, 6, 7); }

/* a · b + c, one rounding. */
INLINE octet fused(octet a, octet b, octet c) {
#if defined(__x86_64__)
  return (octet)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#else
  return join((quad)vfmaq_f32((float32x4_t)low_quad(c), (float32x4_t)low_quad(a), (float32x4_t)low_quad(b)),
              (quad)vfmaq_f32((float32x4_t)high_quad(c), (float32x4_t)high_quad(a), (float32x4_t)high_quad(b)));
#endif
}

INLINE quartet fused64(quartet a, quartet b, quartet c) {
#if defined(__x86_64__)
  return (quartet)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c);
#else
  pair low = (pair)vfmaq_f64((float64x2_t)(pair){c[0], c[1]}, (float64x2_t)(pair){a[0], a[1]}, (float64x2_t)(pair){b[0], b[1]});
  pair high = (pair)vfmaq_f64((float64x2_t)(pair){c[2], c[3]}, (float64x2_t)(pair){a[2], a[3]}, (float64x2_t)(pair){b[2], b[3]});
  return (quartet){low[0], low[1], high[0], high[1]};
#endif
}

INLINE pair fused_pair(pair a, pair b, pair c) {
#if defined(__x86_64__)
  return (pair)_mm_fmadd_pd((__m128d)a, (__m128d)b, (__m128d)c);
#else
  return (pair)vfmaq_f64((float64x2_t)c, (float64x2_t)a, (float64x2_t)b);
#endif
}

INLINE quartet square_root64(quartet x) {
#if defined(__x86_64__)
  return (quartet)_mm256_sqrt_pd((__m256d)x);
#else
  return (quartet){__builtin_sqrt(x[0]), __builtin_sqrt(x[1]), __builtin_sqrt(x[2]), __builtin_sqrt(x[3])};
#endif
}

/* Four float32 as float64. */
INLINE quartet wide(quad x) { return __builtin_convertvector(x, quartet); }

INLINE octet square_root(octet x) {
#if defined(__x86_64__)
  return (octet)_mm256_sqrt_ps((__m256)x);
#else
  return join((quad)vsqrtq_f32((float32x4_t)low_quad(x)), (quad)vsqrtq_f32((float32x4_t)high_quad(x)));
#endif
}

/* x where the mask is set, y elsewhere. */
INLINE octet chosen(octet_mask mask, octet x, octet y) {
  return (octet)(((octet_mask)x & mask) | ((octet_mask)y & ~mask));
}

INLINE quartet chosen64(quartet_mask mask, quartet x, quartet y) {
  return (quartet)(((quartet_mask)x & mask) | ((quartet_mask)y & ~mask));
}

/* The absolute value. */
INLINE quartet size_of(quartet x) { return (quartet)((quartet_mask)x & INT64_MAX); }

/* Octets side by side. */
INLINE vector abreast(const octet x[ABREAST]) {
#if ABREAST == 1
  return x[0];
#else
  return __builtin_shufflevector(x[0], x[1], 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#endif
}

INLINE vector64 abreast64(const quartet x[ABREAST]) {
#if ABREAST == 1
  return x[0];
#else
  return __builtin_shufflevector(x[0], x[1], 0, 1, 2, 3, 4, 5, 6, 7);
#endif
}

/* One of the octets of a vector; `i` is a constant. */
INLINE octet part(vector x, const int i) {
#if ABREAST == 1
  (void)i;
  return x;
#else
  return i == 0 ? __builtin_shufflevector(x, x, 0, 1, 2, 3, 4, 5, 6, 7) : __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15);
#endif
}

INLINE quartet part64(vector64 x, const int i) {
#if ABREAST == 1
  (void)i;
  return x;
#else
  return i == 0 ? __builtin_shufflevector(x, x, 0, 1, 2, 3) : __builtin_shufflevector(x, x, 4, 5, 6, 7);
#endif
}

/*
 * Bytes from a place to each of the octets or quartets of a vector, `next` from one to its neighbour. Where fewer than a vector has are
 * left, the last is taken more than once: it is computed as often, to the same bits, and stored in its one place.
 */
typedef struct {
  size_t at[ABREAST];
} places;

INLINE places neighbours(size_t next, int32_t left) {
  places p = {{0}};
  for (int i = 1; i < ABREAST; i++) p.at[i] = i < left ? i * next : p.at[i - 1];
  return p;
}

INLINE vector load_octets(const uint8_t *from, places p) {
  octet x[ABREAST];
  UNROLL(2)
  for (int i = 0; i < ABREAST; i++) x[i] = load_octet(from + p.at[i]);
  return abreast(x);
}

INLINE void store_octets(uint8_t *to, places p, vector x) {
  UNROLL(2)
  for (int i = 0; i < ABREAST; i++) store_octet(to + p.at[i], part(x, i));
}

INLINE vector64 load_quartets(const uint8_t *from, places p) {
  quartet x[ABREAST];
  UNROLL(2)
  for (int i = 0; i < ABREAST; i++) x[i] = load_quartet(from + p.at[i]);
  return abreast64(x);
}

INLINE void store_quartets(uint8_t *to, places p, vector64 x) {
  UNROLL(2)
  for (int i = 0; i < ABREAST; i++) store_quartet(to + p.at[i], part64(x, i));
}

INLINE vector load_vector(const void *from) {
  vector x;
  memcpy(&x, from, sizeof x);
  return x;
}

INLINE void store_vector(void *to, vector x) { memcpy(to, &x, sizeof x); }

INLINE vector64 load_vector64(const void *from) {
  vector64 x;
  memcpy(&x, from, sizeof x);
  return x;
}

INLINE void store_vector64(void *to, vector64 x) { memcpy(to, &x, sizeof x); }

INLINE vector every(float x) {
#if ABREAST == 1
  return splat(x);
#else
  return (vector){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x};
#endif
}

INLINE vector64 every64(double x) {
#if ABREAST == 1
  return splat64(x);
#else
  return (vector64){x, x, x, x, x, x, x, x};
#endif
}

INLINE vector fused_vector(vector a, vector b, vector c) {
#if ABREAST == 1
  return fused(a, b, c);
#elif defined(__AVX512F__)
  return (vector)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
#else
  const octet x[] = {fused(part(a, 0), part(b, 0), part(c, 0)), fused(part(a, 1), part(b, 1), part(c, 1))};
  return abreast(x);
#endif
}

INLINE vector64 fused_vector64(vector64 a, vector64 b, vector64 c) {
#if ABREAST == 1
  return fused64(a, b, c);
#elif defined(__AVX512F__)
  return (vector64)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c);
#else
  const quartet x[] = {fused64(part64(a, 0), part64(b, 0), part64(c, 0)), fused64(part64(a, 1), part64(b, 1), part64(c, 1))};
  return abreast64(x);
#endif
}

INLINE vector root(vector x) {
#if ABREAST == 1
  return square_root(x);
#elif defined(__AVX512F__)
  return (vector)_mm512_sqrt_ps((__m512)x);
#else
  const octet roots[] = {square_root(part(x, 0)), square_root(part(x, 1))};
  return abreast(roots);
#endif
}

INLINE vector64 root64(vector64 x) {
#if ABREAST == 1
  return square_root64(x);
#elif defined(__AVX512F__)
  return (vector64)_mm512_sqrt_pd((__m512d)x);
#else
  const quartet roots[] = {square_root64(part64(x, 0)), square_root64(part64(x, 1))};
  return abreast64(roots);
#endif
}

/* A block of 4 × 8 turned: 8 quads, one of each column, side by side in four octets. */
INLINE void turn(octet r0, octet r1, octet r2, octet r3, octet turned[4]) {
  octet low01 = __builtin_shufflevector(r0, r1, 0, 8, 1, 9, 4, 12, 5, 13);
  octet high01 = __builtin_shufflevector(r0, r1, 2, 10, 3, 11, 6, 14, 7, 15);
  octet low23 = __builtin_shufflevector(r2, r3, 0, 8, 1, 9, 4, 12, 5, 13);
  octet high23 = __builtin_shufflevector(r2, r3, 2, 10, 3, 11, 6, 14, 7, 15);
  /* Columns 0 and 4, 1 and 5, 2 and 6, 3 and 7. */
  octet c04 = __builtin_shufflevector(low01, low23, 0, 1, 8, 9, 4, 5, 12, 13);
  octet c15 = __builtin_shufflevector(low01, low23, 2, 3, 10, 11, 6, 7, 14, 15);
  octet c26 = __builtin_shufflevector(high01, high23, 0, 1, 8, 9, 4, 5, 12, 13);
  octet c37 = __builtin_shufflevector(high01, high23, 2, 3, 10, 11, 6, 7, 14, 15);
  turned[0] = __builtin_shufflevector(c04, c15, 0, 1, 2, 3, 8, 9, 10, 11);
  turned[1] = __builtin_shufflevector(c26, c37, 0, 1, 2, 3, 8, 9, 10, 11);
  turned[2] = __builtin_shufflevector(c04, c15, 4, 5, 6, 7, 12, 13, 14, 15);
  turned[3] = __builtin_shufflevector(c26, c37, 4, 5, 6, 7, 12, 13, 14, 15);
}

#endif
