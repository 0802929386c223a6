import { fixed } from '../formats/fixed';
import { visible } from '../formats/visible';
import { mainLayer } from '../protocol/layers';
import { inferenceNames } from '../protocol/measure-names';
import type { InferenceMethod } from '../protocol/rdm-words';
import type { ModelTests, NetworkResults, Results } from '../protocol/results';
import { number, probability } from './numbers';
import { aligned } from './text';

/** Tests of model RDMs that `repscope analyze` prints: of the main layer of each network, or of the first that has some. */
export function modelTestsTable({ networks, modelTests = [] }: Results): string {
  return networks
    .flatMap((network) => {
      const tests = shownOf(network, modelTests);
      return tests ? [blockOf(network, tests)] : [];
    })
    .join('\n\n');
}

function shownOf({ name, layers }: NetworkResults, all: readonly ModelTests[]): ModelTests | undefined {
  const own = all.filter(({ network, models }) => network === name && models.length > 0);
  return own.find(({ layer }) => layer === mainLayer(layers)?.name) ?? own.at(0);
}

function blockOf({ name, recorded }: NetworkResults, tests: ModelTests): string {
  const { layer, method, seeds, stimuli, ceiling, confidence, models } = tests;
  const rows = [
    ['model', 'value', `${Math.round(100 * confidence)} % interval`, 'p above 0', 'p lower ceiling'],
    ...models.map(({ name: model, value, low, high, aboveZero, ceiling: below }) => [
      visible(model),
      number(value),
      low === null || high === null ? '–' : `[${fixed(low, 4)}, ${fixed(high, 4)}]`,
      probability(aboveZero.corrected),
      probability(below.corrected),
    ]),
  ];
  const where = name === layer ? visible(name) : `${visible(name)}, ${visible(layer)}`;
  return [
    `Model RDMs of ${where}: ${inferenceNames[method as InferenceMethod]}, ${seeds.length} ${seeds.length === 1 ? 'replicate' : 'replicates'}, ${stimuli} stimuli`,
    `${recorded ? 'noise ceiling' : 'replicate consistency'}: ${number(ceiling.lower)} to ${number(ceiling.upper)}`,
    '',
    ...aligned(rows),
  ].join('\n');
}
