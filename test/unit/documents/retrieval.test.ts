import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { retrievedLength, withNone, withRetrieved } from '../../../src/stimuli/documents/retrieval';
import { lengthsOf } from './as-foretold';
import { draw, textsOf } from './reading';

const { shape, corpus } = draw({
  reversals: { entities: 20, relations: 5, heldOut: 10, repeats: 4, affixes: 6 },
});
const train = textsOf(corpus, corpus.train);
const retrieved = (
  set: string | null,
  retrieval: { relevant: number; distractors: number; recall: number },
  more: Parameters<typeof withRetrieved>[4] = {},
): ReturnType<typeof withRetrieved> =>
  withRetrieved(corpus, set, retrieval, stream('retrieval', 'test'), more);

describe('retrieval', () => {
  it('brings relevant documents and distractors before a document, which stays as it is', () => {
    for (const set of [null, 'reversal']) {
      const own = set === null ? corpus.train : corpus.sets[1].documents;
      const { sequences, before, brought } = retrieved(set, { relevant: 1, distractors: 2, recall: 1 });
      const texts = textsOf(corpus, { ...sequences, columns: [] });
      const wrong = textsOf(corpus, own).filter((text, d) => {
        const relevant = new Set(corpus.relevant(set, d));
        const all = [...brought[d]];
        return !(
          all.length === 3 &&
          new Set(all).size === 3 &&
          all.filter((at) => relevant.has(at)).length === 1 &&
          (set !== null || !all.includes(d)) &&
          texts[d].join() === [...all.flatMap((at) => train[at]), ...text].join() &&
          before[d] === texts[d].length - text.length &&
          sequences.counts.subarray(sequences.starts[d], sequences.starts[d + 1]).join() ===
            [...new Uint8Array(before[d]), ...own.counts.subarray(own.starts[d], own.starts[d + 1])].join()
        );
      });
      expect(wrong).toEqual([]);
    }
  });

  it('puts the relevant one anywhere, and brings it as often as recall says', () => {
    const { brought } = retrieved(null, { relevant: 1, distractors: 3, recall: 0.5 });
    const places = brought.map((all, d) => {
      const relevant = new Set(corpus.relevant(null, d));
      return all.findIndex((at) => relevant.has(at));
    });
    expect(brought.every((all) => all.length === 4)).toBe(true);
    const share = (place: number): number => places.filter((each) => each === place).length / places.length;
    // Five standard errors.
    expect(Math.abs(share(-1) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 4 / places.length));
    for (const place of [0, 1, 2, 3])
      expect(Math.abs(share(place) - 1 / 8)).toBeLessThan(5 * Math.sqrt(7 / 64 / places.length));
  });

  it('brings nothing that a network does not see, and what there is where that is less than asked', () => {
    const isSeen = Uint8Array.from(train, (text) => (text.length === 5 ? 1 : 0));
    const only = retrieved(null, { relevant: 1, distractors: 2, recall: 1 }, { isSeen });
    expect(only.brought.every((all) => all.length === 3 && all.every((at) => isSeen[at] === 1))).toBe(true);
    const few = Uint8Array.from(train, (_, at) => (at < 3 ? 1 : 0));
    const { brought } = retrieved(null, { relevant: 9, distractors: 9, recall: 1 }, { isSeen: few });
    expect(brought.map((all) => all.length)).toEqual(train.map((_, d) => (d < 3 ? 2 : 3)));
    const irrelevant = retrieved('reversal', { relevant: 0, distractors: 3, recall: 1 }).brought;
    expect(irrelevant.every((all, d) => !corpus.relevant('reversal', d).some((at) => all.includes(at)))).toBe(
      true,
    );
  });

  it('makes some documents alone, of a length that is foretold', () => {
    const retrieval = { relevant: 2, distractors: 2, recall: 1 };
    const all = retrieved(null, retrieval);
    const longest = Math.max(...lengthsOf({ ...corpus.train, ...all.sequences }));
    expect(longest).toBeLessThanOrEqual(retrievedLength(shape, retrieval));
    expect(retrievedLength(shape, retrieval)).toBe(8 + 4 * 8);
    // Documents themselves begin at one position: with something before them, and with nothing.
    const own = Array.from(all.before, (before, at) => all.sequences.offsets[at] + before);
    expect(new Set(own)).toEqual(new Set([4 * 8]));
    expect(new Set(withNone(corpus, corpus.train, retrieval).offsets)).toEqual(new Set([4 * 8]));
    const documents = Uint32Array.of(7, 3);
    const { sequences, before } = retrieved(null, retrieval, { documents });
    const texts = textsOf(corpus, { ...sequences, columns: [] });
    expect(texts.map((text, at) => text.slice(before[at]))).toEqual([train[7], train[3]]);
    expect(all).toEqual(retrieved(null, retrieval));
  });
});
