import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countTable } from '../../../src/stimuli/documents/count-table';
import type { Documents } from '../../../src/stimuli/documents/corpus';

const documentsOf = (texts: readonly (readonly number[])[]): Documents => {
  const starts = [0];
  for (const { length } of texts) starts.push(starts[starts.length - 1] + length);
  return {
    tokens: Uint16Array.from(texts.flat()),
    starts: Uint32Array.from(starts),
    counts: Uint8Array.from(texts.flatMap((text) => text.map((_, at) => (at > 0 ? 1 : 0)))),
    columns: [],
  };
};

test('counts what follows the same beginning, as one does who looks through all documents for each token', () => {
  const texts = fc.array(fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 4 }), { minLength: 1 });
  fc.assert(
    fc.property(texts, texts, (trained, asked) => {
      const { votes, probability, greedy, drawn, margin } = countTable(
        documentsOf(trained),
        documentsOf(asked),
        0.125,
      );
      const questions = asked.flatMap((text) =>
        text.slice(1).map((right, at) => ({ right, before: text.slice(0, at + 1) })),
      );
      expect(votes.length).toBe(questions.length);
      for (const [i, { right, before }] of questions.entries()) {
        const next = trained
          .filter(
            (text) => text.length > before.length && text.slice(0, before.length).join() === before.join(),
          )
          .map((text) => text[before.length]);
        const times = (token: number): number => next.filter((one) => one === token).length;
        const most = Math.max(...[0, 1, 2].map(times));
        const tied = [0, 1, 2].filter((token) => times(token) === most).length;
        expect(votes[i]).toBe(next.length);
        const another = Math.max(...[0, 1, 2].filter((token) => token !== right).map(times));
        if (next.length === 0) expect(margin[i]).toBeNaN();
        else expect(margin[i]).toBeCloseTo(Math.log((times(right) + 0.5) / (another + 0.5)), 12);
        const squares = [0, 1, 2].reduce((sum, token) => sum + times(token) ** 2, 0);
        expect(drawn(0.5)[i]).toBeCloseTo(next.length === 0 ? 0.125 : times(right) ** 2 / squares, 12);
        expect(probability[i]).toBe(next.length === 0 ? 0.125 : times(right) / next.length);
        expect(greedy[i]).toBe(next.length === 0 ? 0.125 : times(right) === most ? 1 / tied : 0);
      }
    }),
    { numRuns: 200 },
  );
});
