import { visible } from '../formats/visible';

const MAX_LENGTH = 100;

/** A name from a file as one line of text that is not too long. */
export function plain(text: string): string {
  const seen = visible(text);
  // Cut between characters, not in one.
  return seen.length > MAX_LENGTH
    ? `${seen.slice(0, MAX_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…`
    : seen;
}
