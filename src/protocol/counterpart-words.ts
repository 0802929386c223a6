/** Measures of counterparts in the table: of each comparison, which is their label. */
export function counterpartsName(part: CounterpartsPart): string {
  return `counterparts.${part}`;
}

export type CounterpartsPart =
  | 'cosine'
  | 'others'
  | 'p'
  | 'told'
  | 'toldByMap'
  | 'rsa'
  | 'rsa.low'
  | 'rsa.high'
  | 'rsa.nullLow'
  | 'rsa.nullHigh'
  | 'rsa.p'
  | 'items';
