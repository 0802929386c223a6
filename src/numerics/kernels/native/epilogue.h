/* What becomes of a tile of 4 units × 8 rows when its sums are complete. */
#ifndef EPILOGUE_H
#define EPILOGUE_H

#include "lanes.h"

/* z becomes y, with its slope and its transpose (assembly/forward.ts, `rectifyTile`). */
INLINE void rectify(uint8_t *to, uint8_t *slopes, uint8_t *turned, float leak) {
  octet y[4], quads[4];
  const octet none = splat(0), one = splat(1), leaks = splat(leak);
  UNROLL(4)
  for (int r = 0; r < 4; r++) {
    const octet z = load_octet(to + r * OCTET);
    const octet slope = chosen(z > none, one, leaks);
    /* Adding 0 makes −0 (relu of a negative number) 0. */
    y[r] = z * slope + none;
    store_octet(slopes + r * OCTET, slope);
    store_octet(to + r * OCTET, y[r]);
  }
  turn(y[0], y[1], y[2], y[3], quads);
  UNROLL(4)
  for (int r = 0; r < 4; r++) store_octet(turned + r * OCTET, quads[r]);
}

/* A delta times its slope, and its transpose into halves of unit octets (assembly/backward.ts, `scaleTile`). */
INLINE void scale(uint8_t *to, const uint8_t *slopes, uint8_t *turned) {
  octet delta[4], quads[4];
  UNROLL(4)
  for (int r = 0; r < 4; r++) {
    delta[r] = load_octet(to + r * OCTET) * load_octet(slopes + r * OCTET);
    store_octet(to + r * OCTET, delta[r]);
  }
  turn(delta[0], delta[1], delta[2], delta[3], quads);
  UNROLL(4)
  for (int r = 0; r < 4; r++) {
    store_quad(turned + 2 * r * OCTET, low_quad(quads[r]));
    store_quad(turned + (2 * r + 1) * OCTET, high_quad(quads[r]));
  }
}

#endif
