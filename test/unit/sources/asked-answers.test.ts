import { expect, test } from 'vitest';
import { askedAnswers } from '../../../src/sources/asked-answers';
import type { Sequences } from '../../../src/training/graph/batch';
import type { GraphForward } from '../../../src/training/graph/forward';

/** Four documents of two tokens, of which the second counts; of each the logits of it. */
const LOGITS = [
  [1, 2, 0.5, -1],
  [0, 0, 3, 1],
  [2.5, -0.5, 2.5, 0.25],
  [0.1, 0.2, 0.3, 0.4],
];
const RIGHT = [1, 3, 0, 0];
const sequences: Sequences = {
  tokens: Uint16Array.from(RIGHT.flatMap((token) => [0, token])),
  starts: Uint32Array.of(0, 2, 4, 6, 8),
  counts: Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1),
};

/** A network that says these logits. */
const forward: Pick<GraphForward, 'answers' | 'logits'> = {
  logits: () => ({ rows: 4, cols: 4, data: Float32Array.from(LOGITS.flat()) }),
  answers: () => {
    const logs = LOGITS.map((row) => {
      const sum = row.reduce((total, logit) => total + Math.exp(logit), 0);
      return row.map((logit) => logit - Math.log(sum));
    });
    return {
      at: Uint32Array.of(1, 3, 5, 7),
      said: Uint16Array.from(LOGITS, (row) => row.indexOf(Math.max(...row))),
      sure: Float32Array.from(logs, (row) => Math.max(...row)),
      logProbability: Float32Array.from(logs, (row, i) => row[RIGHT[i]]),
      rank: Uint16Array.from(LOGITS, (row, i) => row.filter((logit) => logit >= row[RIGHT[i]]).length),
    };
  },
};

const mean = (...values: number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

// By numpy's softmax and scikit-learn 1.x, label_ranking_average_precision_score of one label each.
test('answers that are drawn, and ranks, are as softmax and scikit-learn say', () => {
  const { accuracy, more } = askedAnswers(forward, [{ name: 'all', sequences }]);
  // Of equal logits the first is said, and the last is the rank.
  expect(accuracy.get('all')).toBe(0.5);
  expect(more.sampledAccuracy.get('all')).toBeCloseTo(
    mean(0.6094600375988771, 0.10959126317106233, 0.4639970118966444, 0.21383822036598443),
    6,
  );
  expect(more.reciprocalRank.get('all')).toBe(mean(1, 0.5, 0.5, 0.25));
});

test('of options alike, among these', () => {
  const options = [
    [0, 1],
    [0, 1, 3],
    [0, 2, 3],
    [0, 1],
  ].map((among) => Uint16Array.from(among));
  const { accuracy, more } = askedAnswers(forward, [{ name: 'some', sequences, options }]);
  expect(accuracy.get('some')).toBe(0.5);
  expect(more.sampledAccuracy.get('some')).toBeCloseTo(
    mean(0.7310585786300049, 0.5761168847658291, 0.474969301942296, 0.47502081252106),
    6,
  );
  expect(more.reciprocalRank.get('some')).toBe(mean(1, 1, 0.5, 0.5));
});

test('of several tokens the product is what is drawn, and the first is the rank', () => {
  const two = { ...sequences, starts: Uint32Array.of(0, 4, 8) };
  const { accuracy, more } = askedAnswers(forward, [{ name: 'pairs', sequences: two }]);
  expect(accuracy.get('pairs')).toBe(0);
  expect(more.sampledAccuracy.get('pairs')).toBeCloseTo(
    mean(0.6094600375988771 * 0.10959126317106233, 0.4639970118966444 * 0.21383822036598443),
    6,
  );
  expect(more.reciprocalRank.get('pairs')).toBe(mean(1, 0.5));
});
