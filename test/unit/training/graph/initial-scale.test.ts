import { expect, test } from 'vitest';
import { initializeProgram } from '../../../../src/training/graph/initialize';
import { parameterPlaces } from '../../../../src/training/graph/program';
import { transformer } from '../../../../src/training/graph/transformer';

const SPEC = {
  ...{ vocabulary: 40, length: 6, layers: 2, width: 16, heads: 2, hidden: 32, tied: false },
  activation: 'gelu' as const,
};

test('initial weights are as many times as large as asked, those that are not drawn stay', () => {
  const program = transformer(SPEC);
  const usual = initializeProgram(program, 'net', 0);
  expect(initializeProgram(transformer({ ...SPEC, initialScale: 1 }), 'net', 0)).toEqual(usual);
  const scaled = initializeProgram(transformer({ ...SPEC, initialScale: 6.25 }), 'net', 0);
  for (const { initial, offset, rows, units } of parameterPlaces(program))
    for (let at = offset; at < offset + rows * units; at++) {
      const wanted = usual[at] * ('value' in initial ? 1 : 6.25);
      expect(Math.abs(scaled[at] - wanted)).toBeLessThanOrEqual(1e-6 * Math.abs(wanted));
    }
  const [tokens] = parameterPlaces(program);
  const drawn = scaled.subarray(tokens.offset, tokens.offset + tokens.rows * tokens.units);
  expect(Math.sqrt(drawn.reduce((sum, value) => sum + value ** 2, 0) / drawn.length)).toBeCloseTo(0.125, 1);
});
