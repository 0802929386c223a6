import type { Results } from '../../src/protocol/results';

/** What an interval of a figure is, as its caption says it: in short, since the page has its definition whole below. */
export function intervalWords(
  { definitions }: Results,
  kind: 'interval' | 'rsaInterval',
  otherwise: string,
): string {
  const text = definitions[kind];
  if (text === undefined) return `${otherwise}.`;
  const [brief = text] = text.split(/: |\.(?: |$)/, 1);
  return `${brief}; ≈: approximate (how, and what is known of them: Definitions of the measures, below).`;
}
