import { expect, test } from 'vitest';
import { drawnAnswers } from '../../../src/sources/drawn-answers';
import type { Sequences } from '../../../src/training/graph/batch';
import type { GraphForward } from '../../../src/training/graph/forward';

/** Four documents of two tokens, of which the second counts; of each the logits of it. */
const LOGITS = [
  [1, 2, 0.5, -1],
  [0, 0, 3, 1],
  [2.5, -0.5, 2.5, 0.25],
  [0.1, 0.2, 0.3, 0.4],
];
const RIGHT = [0, 3, 0, 0];
const sequences: Sequences = {
  tokens: Uint16Array.from(RIGHT.flatMap((token) => [0, token])),
  starts: Uint32Array.of(0, 2, 4, 6, 8),
  counts: Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1),
};
const OPTIONS = [
  [0, 1],
  [0, 1, 3],
  [0, 2, 3],
  [0, 1],
].map((among) => Uint16Array.from(among));

/** A network that says these logits of the places that are asked. */
const forward: Pick<GraphForward, 'logits'> = {
  logits: (_, at) => ({
    ...{ rows: at.length, cols: 4 },
    data: Float32Array.from(Array.from(at, (place) => LOGITS[(place - 1) / 2]).flat()),
  }),
};

function close(found: Float64Array | undefined, wanted: readonly number[]): void {
  expect(found?.length).toBe(wanted.length);
  for (const [at, one] of wanted.entries()) expect(found?.[at]).toBeCloseTo(one, 6);
}

// By scipy.special.softmax of the logits over the temperature.
test('answers that are drawn at temperatures are as often right as softmax says', () => {
  const tokens = sequences.tokens.slice();
  tokens[1] = 1;
  const { right, margins } = drawnAnswers(forward, { sequences: { ...sequences, tokens } }, [0.5, 1.5]);
  close(right[0], [0.842033572397458, 0.017899071239868752, 0.4966259854521909, 0.18065717187635372]);
  close(right[1], [0.4958763312463938, 0.17180648287604242, 0.4240045164981203, 0.22558226119482777]);
  close(margins, [1, -2, 0, -0.3]);
});

test('of options alike, among these', () => {
  const tokens = sequences.tokens.slice();
  tokens[1] = 1;
  const asked = { sequences: { ...sequences, tokens }, options: OPTIONS };
  const { right, margins } = drawnAnswers(forward, asked, [0.5]);
  close(right[0], [0.8807970779778823, 0.7869860421615985, 0.4972380918793152, 0.4501660026875221]);
  close(margins, [1, 1, 0, -0.1]);
});

test('of several tokens the product is what is drawn, and the first has the margin', () => {
  const two = { ...sequences, starts: Uint32Array.of(0, 4, 8) };
  const { right, margins } = drawnAnswers(forward, { sequences: two }, [1]);
  close(right[0], [0.22420782 * 0.10959126317106233, 0.4639970118966444 * 0.21383822036598443]);
  close(margins, [-1, 0]);
});
