import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import { confidenceText } from '../formats/percent';
import { comparisonNames, inferenceNames, layerWords, metricNames } from '../protocol/measure-names';
import type { InferenceMethod } from '../protocol/rdm-words';
import { rsaLayers, type RsaLayers } from '../verbs/rsa-layers';
import { exitCode } from './exit-code';
import { print } from './print';
import { room } from './room';
import { number, probability } from './numbers';
import { aligned } from './text';

/** `repscope rsa RUN`: models × layers of each network, with ceilings, and networks beside their nulls. */
export async function rsaLayersCommand(run: string, { json }: { json?: boolean }): Promise<number> {
  const found = await rsaLayers.run({ run }, room);
  await print(json === true ? jsonPieces(found) : lines(found));
  return exitCode.done;
}

function* lines(found: RsaLayers): Generator<string, void, undefined> {
  const { metric, comparison, over } = found.rdm;
  yield `${found.title}\n`;
  if (found.layers.length === 0) yield '\nNo RDM of a layer was compared with that of a label or a model.\n';
  for (const network of new Set(found.layers.map((one) => one.network))) {
    const layers = found.layers.filter((one) => one.network === network);
    if (layers.some(({ labels }) => labels.length > 0)) {
      yield `\n${network}: RDMs of labels, ${metricNames[metric]} over ${over}, ${comparisonNames[comparison]}, mean [${confidenceText(found.confidence)} interval] over replicates\n\n`;
      yield* table(labelRows(layers));
    }
    const tested = layers.flatMap(({ layer, tests }) => (tests ? [{ layer, tests }] : []));
    if (tested.length > 0) {
      const [{ tests }] = tested;
      yield `\n${network}: model RDMs, ${inferenceNames[tests.method as InferenceMethod]}, value (p above 0${tests.correction === 'none' ? '' : ', corrected'})\n\n`;
      yield* table(modelRows(tested));
    }
  }
  if (found.pairs.length > 0) {
    yield '\nNetworks beside the null of shuffled stimuli, means over pairs of replicates\n\n';
    yield* table(pairRows(found));
  }
}

function* table(rows: readonly string[][]): Generator<string, void, undefined> {
  for (const line of aligned(rows)) yield `${line}\n`;
}

function labelRows(layers: RsaLayers['layers']): string[][] {
  const labels = [...new Set(layers.flatMap((one) => one.labels.map(({ label }) => label)))];
  return [
    ['label', ...layers.map(({ layer }) => layer)],
    ...labels.map((label) => [
      label,
      ...layers.map((one) => {
        const { mean = null, low = null, high = null } = one.labels.find((own) => own.label === label) ?? {};
        const interval = low === null || high === null ? '' : ` [${fixed(low, 3)}, ${fixed(high, 3)}]`;
        return mean === null ? '–' : `${fixed(mean, 3)}${interval}`;
      }),
    ]),
  ];
}

type Tested = { readonly layer: string; readonly tests: NonNullable<RsaLayers['layers'][number]['tests']> };

function modelRows(tested: readonly Tested[]): string[][] {
  const models = [...new Set(tested.flatMap(({ tests }) => tests.models.map(({ name }) => name)))];
  return [
    ['model', ...tested.map(({ layer }) => layer)],
    ...models.map((name) => [
      name,
      ...tested.map(({ tests }) => {
        const own = tests.models.find((model) => model.name === name);
        return own ? `${number(own.value)} (${probability(own.aboveZero.corrected)})` : '–';
      }),
    ]),
    ['lower ceiling', ...tested.map(({ tests }) => number(tests.ceiling.lower))],
    ['upper ceiling', ...tested.map(({ tests }) => number(tests.ceiling.upper))],
  ];
}

function pairRows({ pairs }: RsaLayers): string[][] {
  return [
    ['measure', 'layer', 'networks', 'score', 'shuffled', 'calibrated', 'p ≤ .05'],
    ...pairs.map(({ title, layer, a, b, mean, nullMean, calibrated, above, of }) => [
      ...[title, layerWords(layer), `${a} – ${b}`, number(mean), number(nullMean), number(calibrated)],
      `${above} of ${of}`,
    ]),
  ];
}
