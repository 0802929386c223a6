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
