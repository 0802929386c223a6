import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../../src/core/matrix';
import { reachedBy, walked } from '../../../src/sources/reached';
import type { EvaluationSet } from '../../../src/stimuli/documents/corpus';
import { withRetrieved } from '../../../src/stimuli/documents/retrieval';
import { stream } from '../../../src/core/stream';
import type { Sequences } from '../../../src/training/graph/batch';
import { columnOf, draw, textsOf } from '../documents/reading';

const { corpus } = draw({ grid: { mazes: 3, objects: 5, cells: 1, moves: 4, questions: 30 } });
const { environment, documents } = corpus.sets.find(
  ({ name }) => name === 'reach trained',
) as Required<EvaluationSet>;
const distances = columnOf(documents, 'distance').map((column) => Number(column[2]));
/** Tokens of a step: 25 places and a move. */
const STEP = 26;

/** What documents say is done where something is seen, by who seeks what where. */
const done = new Map<string, number>();
for (const own of [corpus.train, documents])
  for (const [goal, maze, ...steps] of textsOf(corpus, own))
    for (let t = 0; t < steps.length; t += STEP)
      done.set(
        [goal, maze, ...steps.slice(t, t + STEP - 1)].join(' '),
        environment.actions.indexOf(corpus.vocabulary.indexOf(steps[t + STEP - 1])),
      );

type Shown = readonly string[];

/** A network that says a move of each document that it is shown, and something that is no move more loudly. */
function saying(move: (shown: Shown) => number): {
  logits: (sequences: Sequences, at: ArrayLike<number>) => Matrix<Float32Array>;
} {
  return {
    logits: (sequences, at) => {
      const cols = corpus.vocabulary.length;
      const data = new Float32Array(at.length * cols);
      for (const [row, text] of textsOf(corpus, { ...sequences, columns: [] }).entries()) {
        expect(at[row]).toBe(sequences.starts[row + 1] - 1);
        data[row * cols] = 9;
        data[row * cols + environment.actions[move(text.slice(0, -1))]] = 1;
      }
      return { rows: at.length, cols, data };
    },
  };
}

/** Of what is shown, without documents that were brought: who seeks what where, and what is seen now. */
function asked(shown: Shown): string {
  const header = shown.findLastIndex((token) => token.startsWith('find_'));
  return [...shown.slice(header, header + 2), ...shown.slice(1 - STEP)].join(' ');
}

const knows = saying((shown) => done.get(asked(shown)) ?? 0);

describe('walking by what a network says', () => {
  it('arrives by the shortest way where that is said, whatever is said more loudly', () => {
    const ways = walked(knows, environment, documents, documents);
    expect(ways.length).toBe(30);
    // Places that look alike mislead it.
    expect(ways.filter(({ isReached }) => isReached).length).toBeGreaterThan(24);
    for (const [d, { isReached, actions, places }] of ways.entries()) {
      expect(places.length).toBe(actions.length + 1);
      expect(actions.length).toBeGreaterThanOrEqual(distances[d]);
      if (!isReached) expect(actions.length).toBe(2 * distances[d]);
    }
    const right = ways.map(({ isReached }) => (isReached ? 1 : 0));
    expect([...reachedBy(knows, environment, documents, documents)]).toEqual(right);
  });

  it('ends after twice the shortest way, and remembers so many views as documents have', () => {
    const lengths = new Set<number>();
    const turns = saying((shown) => {
      lengths.add(shown.length);
      // There and back again.
      return shown.includes('→') ? 6 : 2;
    });
    const ways = walked(turns, environment, documents, documents);
    for (const [d, { isReached, actions }] of ways.entries())
      if (!isReached) expect(actions.length).toBe(2 * distances[d]);
    expect([...lengths].sort((a, b) => a - b)).toEqual([1, 2, 3, 4].map((views) => 1 + views * STEP));
  });

  it('is shown what is brought before its documents all the time', () => {
    const retrieval = { relevant: 1, distractors: 1, recall: 1 };
    const { sequences, before } = withRetrieved(corpus, 'reach trained', retrieval, stream('test'));
    const brought = new Set(
      textsOf(corpus, { ...sequences, columns: [] }).map((text, d) => text.slice(0, before[d]).join(' ')),
    );
    const sees = saying((shown) => {
      const header = shown.findLastIndex((token) => token.startsWith('find_'));
      expect(brought.has(shown.slice(0, header).join(' '))).toBe(true);
      return done.get(asked(shown)) ?? 0;
    });
    expect([...reachedBy(sees, environment, sequences, documents)]).toEqual([
      ...reachedBy(knows, environment, documents, documents),
    ]);
  });

  it('is asked at the positions where its documents stand', () => {
    const retrieval = { relevant: 1, distractors: 1, recall: 1 };
    const { sequences } = withRetrieved(corpus, 'reach trained', retrieval, stream('test'));
    const offsets = new Set<number>();
    const sees = saying(() => 0);
    walked(
      {
        logits: (shown, at) => {
          for (const offset of shown.offsets ?? []) offsets.add(offset);
          return sees.logits(shown, at);
        },
      },
      environment,
      sequences,
      documents,
    );
    expect([...offsets].sort()).toEqual([...new Set(sequences.offsets)].sort());
  });
});

describe('a world from above', () => {
  it('says what is seen and where shortest ways begin, as documents do', () => {
    for (const set of [null, ...corpus.sets.map(({ name }) => name)]) {
      const own = set === null ? corpus.train : corpus.sets.find(({ name }) => name === set)!.documents;
      const world = corpus.world!(set);
      const places = columnOf(own, 'place');
      for (const [d, [, , ...text]] of textsOf(corpus, own).slice(0, 40).entries()) {
        const { seen, best, shortest, map, goal } = world.scene(d);
        expect(map[Math.floor(goal / map.length)][goal % map.length]).toMatch(/[a-e]/);
        expect(shortest.at(-1)).toBe(goal);
        for (let t = 0; t < text.length; t += STEP) {
          const place = Number(places[d][t + 2].slice(1));
          expect(shortest[t / STEP]).toBe(place);
          expect(seen(place).join('')).toBe(text.slice(t, t + STEP - 1).join(''));
          const [move] = best(place);
          expect(corpus.vocabulary[world.actions[move]]).toBe(text[t + STEP - 1]);
        }
        // Whichever of them is gone, it is a shortest way.
        const walk = world.begin(d);
        for (let last = 0; walk.places.at(-1) !== goal; last++) {
          expect(last).toBeLessThan(shortest.length - 1);
          walk.act(best(walk.places[last]).at(-1)!);
        }
        expect(walk.places.length).toBe(shortest.length);
      }
    }
  });
});
