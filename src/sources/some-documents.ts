import type { Sequences } from '../training/graph/batch';

/** Some documents of sequences, in this order. */
export function someOf({ tokens, starts, counts, offsets }: Sequences, chosen: ArrayLike<number>): Sequences {
  const documents = Array.from(chosen);
  const lengths = documents.map((document) => starts[document + 1] - starts[document]);
  const ends = Uint32Array.from([0, ...lengths]);
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  const some = {
    tokens: new Uint16Array(ends[lengths.length]),
    counts: new Uint8Array(ends[lengths.length]),
  };
  for (const [i, document] of documents.entries()) {
    some.tokens.set(tokens.subarray(starts[document], starts[document + 1]), ends[i]);
    some.counts.set(counts.subarray(starts[document], starts[document + 1]), ends[i]);
  }
  return {
    ...{ ...some, starts: ends },
    ...(offsets ? { offsets: Uint32Array.from(documents, (document) => offsets[document]) } : {}),
  };
}
