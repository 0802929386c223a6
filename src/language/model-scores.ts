import { decimals } from '../formats/fixed';
import { inferenceNames } from '../protocol/measure-names';
import type { InferenceMethod } from '../protocol/rdm-words';
import type { ModelTests, Results, Value } from '../protocol/results';
import { escaped, strong, table } from './markdown';
import { counted } from './wording';

/** Models of a table in a hover: the best of more. */
const MOST = 6;

/** The tests of model RDMs at a layer of a source; undefined where there are none. */
export function testsOf(
  { modelTests = [] }: Results,
  source: string,
  layer: string | null,
): ModelTests | undefined {
  return modelTests.find((one) => one.network === source && one.layer === layer && (one.point ?? 0) === 0);
}

/** The best models with their intervals and p, and the noise ceiling. */
export function modelScoresTable(tests: ModelTests): string {
  const { models, ceiling, method, seeds, stimuli } = tests;
  const best = [...models].sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity));
  const rows = best
    .slice(0, MOST)
    .map(({ name, value, low, high, aboveZero }) => [
      strong(name),
      `${shown(value)}${low === null || high === null ? '' : ` (${shown(low)} to ${shown(high)})`}`,
      shown(aboveZero.corrected, 3),
    ]);
  const more = models.length > MOST ? ` The best ${MOST} of ${models.length} models.` : '';
  return [
    table(['Model RDM', escaped(inferenceNames[method as InferenceMethod]), 'p above 0'], rows),
    '',
    `Noise ceiling ${ceilingText(tests)}${ceiling.lower === null ? '' : `, of ${counted(seeds.length, 'replicate')} over ${stimuli} stimuli`}.${more}`,
  ].join('\n');
}

/** `animacy 0.33, ceiling 0.37 to 0.67`: the best model of a source; null where none has a score. */
export function bestModel(tests: ModelTests): { readonly name: string; readonly text: string } | null {
  const best = tests.models.reduce<ModelTests['models'][number] | null>(
    (most, one) => (one.value !== null && (most?.value ?? -Infinity) < one.value ? one : most),
    null,
  );
  if (!best) return null;
  return { name: best.name, text: `${shown(best.value)}, ceiling ${ceilingText(tests)}` };
}

function ceilingText({ ceiling: { lower, upper } }: ModelTests): string {
  return lower === null || upper === null ? 'unknown' : `${shown(lower)} to ${shown(upper)}`;
}

function shown(value: Value, digits = 2): string {
  return value === null ? '—' : decimals(value, digits);
}
