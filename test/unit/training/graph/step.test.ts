import { describe, expect, it } from 'vitest';
import { stream } from '../../../../src/core/stream';
import { GraphForward } from '../../../../src/training/graph/forward';
import { initializeProgram } from '../../../../src/training/graph/initialize';
import { parameterPlaces } from '../../../../src/training/graph/program';
import { GraphStepper } from '../../../../src/training/graph/stepper';
import { transformer, type TransformerSpec } from '../../../../src/training/graph/transformer';
import { attention, PlainProgram } from '../../../support/plain-program';
import { documentsOf, settings } from '../../../support/sequences';

const SMALL: TransformerSpec = {
  vocabulary: 11,
  length: 9,
  layers: 1,
  width: 6,
  heads: 2,
  hidden: 10,
  activation: 'gelu',
  tied: false,
};

/** Parameters that leave nothing small: biases and gains are drawn, too. */
function drawn(spec: TransformerSpec): Float32Array<ArrayBuffer> {
  const random = stream('program');
  return initializeProgram(transformer(spec), 'n', 0).map((value) => value * 4 + 0.2 * random.normal());
}

describe('the gradient of a transformer is that of finite differences in float64', () => {
  const shapes: (Partial<TransformerSpec> & { endAlike?: boolean })[] = [
    {},
    { endAlike: true },
    { activation: 'relu' },
    { tied: true },
    { layers: 2, width: 8, heads: 1, hidden: 5 },
    { heads: 3, vocabulary: 3 },
    { heads: 6, length: 17 },
    { width: 5, heads: 1, hidden: 1 },
  ];
  for (const { endAlike, ...shape } of shapes)
    it(JSON.stringify({ endAlike, ...shape }), () => {
      const spec = { ...SMALL, ...shape };
      const program = transformer(spec);
      const initial = drawn(spec);
      const documents = documentsOf({
        count: 12,
        vocabulary: spec.vocabulary,
        longest: spec.length,
        endAlike,
      });
      const chosen = [0, 3, 4, 5, 6, 7, 8, 9, 10, 10, 2];
      const plain = new PlainProgram(program);
      const stepper = new GraphStepper(program, settings({ optimizer: 'sgd' }), initial);
      const { loss } = stepper.step({
        sequences: documents,
        documents: Uint32Array.from(chosen),
        learningRate: 1,
      });
      expect(loss).toBeCloseTo(plain.loss(initial, documents, chosen), 5);
      const after = stepper.parameters();
      stepper.release();
      const random = stream('which');
      for (const { name, offset, rows, units } of parameterPlaces(program)) {
        const some = Array.from({ length: 4 }, () => offset + random.below(rows * units));
        const slopes = some.map((i) => plain.slope(initial, i, documents, chosen));
        const size = Math.max(1e-3, Math.hypot(...slopes) / 2);
        some.forEach((i, k) =>
          expect(Math.abs(initial[i] - after[i] - slopes[k]) / size, `${name} ${i - offset}`).toBeLessThan(
            1e-3,
          ),
        );
      }
    });
});

describe('a forward pass', () => {
  const program = transformer({ ...SMALL, layers: 2 });
  const parameters = drawn({ ...SMALL, layers: 2 });
  const documents = documentsOf({ count: 21, vocabulary: 11, longest: 9, endAlike: true });
  const plain = new PlainProgram(program);
  const forward = new GraphForward(program, parameters);
  const values = Array.from({ length: 21 }, (_, document) =>
    plain.values(
      parameters,
      documents.tokens.subarray(documents.starts[document], documents.starts[document + 1]),
      documents.offsets![document],
    ),
  );
  /** The document of each place, and the position in it. */
  const places = Array.from({ length: 21 }, (_, document) =>
    Array.from({ length: documents.starts[document + 1] - documents.starts[document] }, (_, position) => ({
      document,
      position,
    })),
  ).flat();

  for (const { name, value, units } of program.sites)
    it(`gives the states of ${name} at any places, in the order asked`, () => {
      const at = stream('places').permutation(places.length).slice(0, 70);
      const [, states] = forward.states(documents, ['embedding', name], at);
      expect([states.rows, states.cols]).toEqual([70, units]);
      at.forEach((place, i) => {
        const { document, position } = places[place];
        const row = values[document].get(value)![position];
        row.forEach((x, unit) => expect(Math.abs(states.data[i * units + unit] - x)).toBeLessThan(1e-4));
      });
    });

  it('gives the logits that predict a token, and what is said of all that count', () => {
    const { at, said, logProbability } = forward.answers(documents);
    expect([...at]).toEqual([...documents.counts.keys()].filter((place) => documents.counts[place]));
    const logits = forward.logits(documents, at);
    at.forEach((place, i) => {
      const { document, position } = places[place];
      const row = values[document].get('logits')![position - 1];
      row.forEach((x, token) => expect(Math.abs(logits.data[i * 11 + token] - x)).toBeLessThan(1e-4));
      expect(said[i]).toBe(row.indexOf(Math.max(...row)));
      const total = Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0));
      expect(logProbability[i]).toBeCloseTo(row[documents.tokens[place]] - total, 4);
    });
    expect(() => forward.logits(documents, [documents.starts[1]])).toThrow('Nothing comes before');
  });

  it('gives the attention of a document', () => {
    for (const document of [0, 7, 20]) {
      for (const l of [0, 1]) {
        const heads = forward.attention(documents, document, l);
        expect(heads).toHaveLength(2);
        const { probabilities } = attention(values[document].get(`layer${l + 1}.qkv`)!, 2);
        heads.forEach((map, h) => {
          const length = Math.sqrt(map.length);
          probabilities[h].forEach((row, t) => {
            row.forEach((p, s) => expect(map[t * length + s]).toBeCloseTo(p, 5));
            expect(map.subarray(t * length + row.length, (t + 1) * length).every((p) => p === 0)).toBe(true);
          });
        });
      }
      expect(() => forward.attention(documents, document, 2)).toThrow('no attention in layer 3');
    }
  });
});
