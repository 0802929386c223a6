/** A number with so many decimals, and no minus before zero: what rounds to zero has no sign. */
export function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^-(?=0(?:\.0*)?$)/, '');
}

/** A number's text with real minus signs, as sentences and figures have them; files and what is copied from them keep hyphens. */
export function minus(text: string): string {
  return text.replaceAll('-', '−');
}

/** A number as a sentence or a figure shows it: with so many decimals and a real minus sign. */
export function decimals(value: number, digits = 2): string {
  return minus(fixed(value, digits));
}

/** A number with its power of ten, as figures and their tables have it: `3.9 × 10¹¹`. */
export function scientific(value: number): string {
  const [digits, power] = value.toExponential(1).split('e');
  return `${minus(digits)} × 10${superscript(Number(power))}`;
}

/** Of a whole number: `⁻¹²`. */
export function superscript(power: number): string {
  return Array.from(String(power), (sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('');
}

/** A whole number with its thousands apart, `53,376`; huge ones as `1.0e+15`. The system's own formats take a while to load. */
export function grouped(count: number): string {
  return count < 1e15 ? String(count).replace(/\B(?=(?:\d{3})+$)/g, ',') : count.toExponential(1);
}
