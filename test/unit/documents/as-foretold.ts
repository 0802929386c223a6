import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { DocumentsShape } from '../../../src/experiment/documents';
import type { Corpus, Documents } from '../../../src/stimuli/documents/corpus';

/** What is drawn has the sizes, words and columns that were foretold, and is well formed. */
export function expectAsForetold({ shape, corpus }: { shape: DocumentsShape; corpus: Corpus }): void {
  expect(corpus.vocabulary).toEqual(shape.vocabulary);
  expect(new Set(corpus.vocabulary).size).toBe(corpus.vocabulary.length);
  expect(corpus.sets.map(({ name }) => name)).toEqual(shape.sets.map(({ name }) => name));
  const all = [corpus.train, ...corpus.sets.map(({ documents }) => documents)];
  for (const [at, documents] of all.entries()) {
    const { starts, tokens, counts, columns } = documents;
    const size = at === 0 ? shape.train : shape.sets[at - 1];
    const lengths = lengthsOf(documents);
    expect([lengths.length, tokens.length, Math.max(0, ...lengths)]).toEqual([
      size.documents,
      size.tokens,
      size.longest,
    ]);
    expect(Math.min(...lengths)).toBeGreaterThan(1);
    expect(counts.length).toBe(tokens.length);
    expect([...starts.subarray(0, -1)].every((start) => counts[start] === 0)).toBe(true);
    // Each asks something.
    expect(lengths.every((length, d) => counts.subarray(starts[d], starts[d] + length).includes(1))).toBe(
      true,
    );
    expect(tokens.every((token) => token < shape.vocabulary.length)).toBe(true);
    expect(columns.map(({ name, values }) => ({ name, values }))).toEqual(shape.columns);
    const [token, position, set] = columns.map(({ values, codes }) =>
      Array.from(codes, (code) => values[code]),
    );
    expect(token).toEqual(Array.from(tokens, (word) => corpus.vocabulary[word]));
    expect(position).toEqual(lengths.flatMap((length) => Array.from({ length }, (_, t) => String(t))));
    expect(new Set(set)).toEqual(new Set([at === 0 ? 'train' : shape.sets[at - 1].name]));
    for (const { values, codes } of columns) {
      expect(values[0]).toBe('none');
      expect(codes.length).toBe(tokens.length);
      expect(codes.every((code) => code < values.length)).toBe(true);
    }
  }
  for (const [s, { floors, options, documents }] of corpus.sets.entries()) {
    expect(floors).toEqual(shape.sets[s].floors);
    expect(floors.every(({ score }) => score > 0 && score <= 1)).toBe(true);
    if (options) expect(options.length).toBe(documents.starts.length - 1);
  }
  expect(corpus.length).toBe(Math.max(...all.flatMap(lengthsOf)));
}

export function lengthsOf({ starts }: Documents): number[] {
  return Array.from({ length: starts.length - 1 }, (_, d) => starts[d + 1] - starts[d]);
}

/** SHA-256 of all bytes of a corpus. */
export function bytesOf(corpus: Corpus): string {
  const hash = createHash('sha256').update(corpus.vocabulary.join(' '));
  for (const { tokens, starts, counts, columns } of [
    corpus.train,
    ...corpus.sets.map(({ documents }) => documents),
  ])
    for (const array of [tokens, starts, counts, ...columns.map(({ codes }) => codes)]) hash.update(array);
  return hash.digest('hex');
}
