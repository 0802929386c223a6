/** What recovers a label: the best unit of a dictionary, and beside it the layer's best unit and component, and a probe. */
export const recoveredBy = ['dictionary', 'units', 'components', 'probe'] as const;
export type RecoveredBy = (typeof recoveredBy)[number];

/** The name of a measure in the table. */
export function recoveryName(by: RecoveredBy): string {
  return by === 'dictionary' ? 'dictionary.recovery' : `dictionary.recovery.${by}`;
}

/** What a dictionary itself is like. */
export const dictionaryNumbers = ['variance', 'active', 'dead'] as const;
type DictionaryNumber = (typeof dictionaryNumbers)[number];

export function dictionaryName(number: DictionaryNumber): string {
  return `dictionary.${number}`;
}
