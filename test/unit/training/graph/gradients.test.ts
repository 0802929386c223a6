import { describe, expect, it } from 'vitest';
import { stream } from '../../../../src/core/stream';
import { documentOf } from '../../../../src/stimuli/documents/corpus';
import { GraphGradients } from '../../../../src/training/graph/gradients';
import { initializeProgram } from '../../../../src/training/graph/initialize';
import { transformer } from '../../../../src/training/graph/transformer';
import { PlainProgram } from '../../../support/plain-program';
import { documentsOf } from '../../../support/sequences';

const [COUNT, LONGEST, ASKED] = [21, 9, 60];

describe('the gradient of the loss at a site is that of finite differences in float64', () => {
  const documents = documentsOf({ count: COUNT, vocabulary: 11, longest: LONGEST, endAlike: true });
  for (const [activation, tied] of [
    ['gelu', false],
    ['relu', true],
  ] as const) {
    const program = transformer({
      ...{ vocabulary: 11, length: LONGEST, layers: 2, width: 6, heads: 2, hidden: 10 },
      ...{ activation, tied },
    });
    const random = stream('program');
    const parameters = initializeProgram(program, 'n', 0).map((w) => w * 4 + 0.2 * random.normal());
    const gradients = new GraphGradients(program, parameters);
    const plain = new PlainProgram(program);
    const names = program.sites.map(({ name }) => name);
    const places = stream('places').permutation(documents.tokens.length).slice(0, ASKED);
    const all = gradients.at(documents, names, places);

    for (const [s, { name, value, units }] of program.sites.entries())
      it(`of ${name}, ${activation}`, () => {
        const { rows, cols, data } = all[s];
        expect([rows, cols]).toEqual([ASKED, units]);
        let largest = 0;
        places.forEach((place, i) => {
          const document = documentOf(documents.starts, place);
          const position = place - documents.starts[document];
          const unit = random.below(units);
          const slope = plain.slopeAt(parameters, { value, position, unit }, documents, document);
          expect(Math.abs(data[i * units + unit] - slope), `place ${place}`).toBeLessThan(2e-4);
          largest = Math.max(largest, Math.abs(slope));
        });
        expect(largest).toBeGreaterThan(0.05);
        // One site by itself is the same.
        expect(gradients.at(documents, [name], places)[0]).toEqual(all[s]);
      });

    it(`is 0 where no token that counts comes after, ${activation}`, () => {
      const { starts, counts } = documents;
      const ends = [...starts.subarray(1)].map((end) => end - 1);
      for (const { data } of gradients.at(documents, names, ends))
        expect(data.every((slope) => slope === 0)).toBe(true);
      expect(counts.subarray(starts[1], starts[2]).every((one) => one === 0)).toBe(true);
      const none = [...Array(starts[2] - starts[1]).keys()].map((at) => starts[1] + at);
      expect(gradients.at(documents, names, none).every(({ data }) => data.every((x) => x === 0))).toBe(true);
    });
  }
});
