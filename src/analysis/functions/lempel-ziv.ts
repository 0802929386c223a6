import { log } from '../../core/elementary';

/**
 * The Lempel–Ziv complexity of a row of zeros and ones, in bits: log₂ of its length times the mean of the word counts of the row and of the row read
 * backwards (Lempel and Ziv 1976); of a constant row log₂ of its length. As Valle-Pérez, Camargo and Louis 2018 (arXiv 1805.08522) have it.
 */
export function lempelZivComplexity(bits: Uint8Array): number {
  const bitsOfLength = log(bits.length) / log(2);
  if (bits.every((bit) => bit === bits[0])) return bitsOfLength;
  return (bitsOfLength * (words(bits) + words(bits.slice().reverse()))) / 2;
}

/** Words of the exhaustive history: each is the shortest that did not begin before, read on beyond its own beginning where it must be. */
function words(bits: Uint8Array): number {
  const { length } = bits;
  let count = 0;
  for (let at = 0; at < length; count++) {
    let longest = 0;
    for (let from = 0; from < at && at + longest < length; from++) {
      let same = 0;
      while (at + same < length && bits[from + same] === bits[at + same]) same++;
      longest = Math.max(longest, same);
    }
    at += longest + 1;
  }
  return count;
}
