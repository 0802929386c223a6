/** A number with so many decimals, and no minus before zero: what rounds to zero has no sign. */
export function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^-(?=0(?:\.0*)?$)/, '');
}

/** A number's text with a real minus sign. */
export function minus(text: string): string {
  return text.replace('-', '−');
}
