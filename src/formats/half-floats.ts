/** A float of 16 bits, of which 5 are the exponent (IEEE 754). */
export function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new DataView(new ArrayBuffer(4));

/** A bfloat16: the upper half of a float of 32 bits. */
export function bfloat16(bits: number): number {
  word.setUint16(0, bits);
  return word.getFloat32(0);
}
