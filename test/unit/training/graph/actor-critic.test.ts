import { describe, expect, it } from 'vitest';
import { stream } from '../../../../src/core/stream';
import { type Acted, WithValue } from '../../../../src/training/graph/actor-critic';
import { GraphForward } from '../../../../src/training/graph/forward';
import { initializeProgram } from '../../../../src/training/graph/initialize';
import { parameterPlaces } from '../../../../src/training/graph/program';
import { GraphStepper } from '../../../../src/training/graph/stepper';
import { transformer, type TransformerSpec } from '../../../../src/training/graph/transformer';
import { PlainProgram } from '../../../support/plain-program';
import { documentsOf, settings } from '../../../support/sequences';

const SPEC: TransformerSpec = {
  ...{ vocabulary: 11, length: 9, layers: 1, width: 6, heads: 2, hidden: 10 },
  ...{ activation: 'gelu', tied: false },
};
const ACTIONS = [4, 7, 9];

/** Documents with actions in some places. */
function actedIn(reconstruction: number, entropy: number) {
  const random = stream('acted');
  const documents = documentsOf({ count: 12, vocabulary: SPEC.vocabulary, longest: SPEC.length });
  const { tokens, counts } = documents;
  const isAction = counts.map((count) => (count && random.below(2) ? 1 : 0));
  isAction.forEach((is, at) => (tokens[at] = is ? ACTIONS[random.below(3)] : tokens[at]));
  const acted: Acted = {
    ...{ actions: Uint16Array.from(ACTIONS), isAction, entropy, reconstruction },
    returns: Float64Array.from(tokens, () => random.normal()),
    advantages: Float64Array.from(tokens, () => random.normal()),
  };
  const counted = reconstruction > 0 ? counts : counts.map((count, at) => (count && isAction[at] ? 1 : 0));
  return { sequences: { ...documents, counts: counted }, acted };
}

/** The loss as it is written down, in float64. */
function lossOf(
  logitsOf: (document: number) => number[][],
  { sequences: { starts, tokens, counts }, acted }: ReturnType<typeof actedIn>,
): number {
  const [actions, shown] = [
    [0, 0],
    [0, 0],
  ];
  for (let document = 0; document < starts.length - 1; document++) {
    const logits = logitsOf(document);
    for (let at = starts[document] + 1; at < starts[document + 1]; at++) {
      if (!counts[at]) continue;
      const row = logits[at - starts[document] - 1];
      const powers = row.slice(0, -1).map(Math.exp);
      const all = powers.reduce((sum, one) => sum + one, 0);
      if (!acted.isAction[at]) {
        shown[0] -= Math.log(powers[tokens[at]] / all);
        shown[1]++;
        continue;
      }
      const of = ACTIONS.reduce((sum, action) => sum + powers[action], 0);
      const policy = ACTIONS.map((action) => powers[action] / of);
      const entropy = -policy.reduce((sum, one) => sum + one * Math.log(one), 0);
      const chosen = Math.log(policy[ACTIONS.indexOf(tokens[at])]);
      const error = row.at(-1)! - acted.returns[at];
      actions[0] += -Math.log(of / all);
      actions[0] += 0.5 * error ** 2 - acted.advantages[at] * chosen - acted.entropy * entropy;
      actions[1]++;
    }
  }
  return actions[0] / actions[1] + (shown[1] ? (acted.reconstruction * shown[0]) / shown[1] : 0);
}

describe('the gradient of what was done is that of finite differences in float64', () => {
  for (const [reconstruction, entropy, tied] of [
    [0, 0.01, false],
    [1, 0.3, false],
    [0.5, 0, true],
  ] as const)
    it(JSON.stringify({ reconstruction, entropy, tied }), () => {
      const spec = { ...SPEC, tied };
      const random = stream('program');
      const own = initializeProgram(transformer(spec), 'n', 0);
      const valued = new WithValue(transformer(spec));
      const { program } = valued;
      expect(valued.without(valued.with(own))).toEqual(own);
      const initial = valued.with(own).map((value) => value * 4 + 0.2 * random.normal());
      const batch = actedIn(reconstruction, entropy);
      const { starts, tokens } = batch.sequences;
      const plain = new PlainProgram(program);
      const logitsOf = (parameters: ArrayLike<number>) => (document: number) =>
        plain.values(parameters, tokens.subarray(starts[document], starts[document + 1])).get('logits')!;
      const loss = (parameters: ArrayLike<number>) => lossOf(logitsOf(parameters), batch);

      const stepper = new GraphStepper(program, settings({ optimizer: 'sgd' }), initial);
      const documents = Uint32Array.from({ length: starts.length - 1 }, (_, at) => at);
      const scored = stepper.step({ ...batch, documents, learningRate: 1 });
      expect(scored.loss).toBeCloseTo(loss(initial), 5);
      const after = stepper.parameters();
      stepper.release();
      for (const { name, offset, rows, units } of parameterPlaces(program)) {
        const some = Array.from({ length: 2 }, () => offset + random.below(rows * units));
        // The weights of the value are the last row of the readout.
        if (name === (tied ? 'tokens' : 'readout'))
          some.push(offset + (rows - 1) * units, offset + 7 * units);
        const slopes = some.map((i) => {
          const moved = (by: number) =>
            loss(Float64Array.from(initial, (one, at) => (at === i ? one + by : one)));
          return (moved(1e-5) - moved(-1e-5)) / 2e-5;
        });
        const size = Math.max(1e-3, Math.hypot(...slopes) / 2);
        some.forEach((i, k) =>
          expect(Math.abs(initial[i] - after[i] - slopes[k]) / size, `${name} ${i - offset}`).toBeLessThan(
            1e-3,
          ),
        );
      }
    });
});

it('says values beside tokens, which are what they are without', () => {
  const program = transformer(SPEC);
  const valued = new WithValue(program);
  const own = initializeProgram(program, 'n', 0);
  const sequences = documentsOf({ count: 3, vocabulary: SPEC.vocabulary, longest: SPEC.length });
  const [plain, beside] = [
    new GraphForward(program, own),
    new GraphForward(valued.program, valued.with(own)),
  ];
  const at = [1, 3, 4];
  const [tokens, all] = [plain.logits(sequences, at), beside.logits(sequences, at)];
  plain.release();
  beside.release();
  expect(all.cols).toBe(tokens.cols + 1);
  for (let row = 0; row < at.length; row++) {
    const logits = all.data.subarray(row * all.cols, (row + 1) * all.cols);
    expect(logits.subarray(0, -1)).toEqual(tokens.data.subarray(row * tokens.cols, (row + 1) * tokens.cols));
    expect(logits.at(-1)).toBe(0);
  }
});
