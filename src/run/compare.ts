import { groupMeans } from '../analysis/rsa/groups';
import { classicalMds } from '../analysis/mds';
import { type PairMatrix, pairMatrix } from '../analysis/pairs/pair-matrix';
import { ranges } from '../analysis/statistics/interval';
import type { Experiment } from '../experiment/experiment';
import type { Matrix } from '../core/matrix';
import { type Replicate, replicateLabel } from '../core/replicate';
import type { Site } from '../core/site';
import type { PairMeasure } from '../measures/measure';
import { pairMeasuresOf } from '../measures/measures';
import { TestView } from '../measures/site-view';
import { mainLayer } from '../protocol/layers';
import { lastHidden } from '../protocol/measure-names';
import type { PairResults, RsaResults } from '../protocol/results';
import { sourcesOf } from '../sources/sources';
import type { PairRequest } from './jobs';
import type { DrawnExperiment } from './drawn-experiment';
import { pictureOf } from './picture';

/**
 * How the replicates of an experiment are compared: by RSA first at the last hidden layer (with the experiment's metric and comparison, then
 * with others), then at every other layer; by every other measure at the last hidden layer.
 */
export function pairRequests(experiment: Experiment): PairRequest[] {
  const sites = sourcesOf(experiment).map((source) => source.sites);
  const mains = new Set(sites.map((own) => mainLayer(own)?.name ?? lastHidden));
  const first = mains.size > 1 ? lastHidden : [...mains][0];
  // Those of the deepest network come first: they are in their order then.
  const deepest = [...sites].sort((a, b) => b.length - a.length).flat();
  const names = [...new Set([first, ...deepest.map(({ name }) => name)])];
  const measures = pairMeasuresOf(experiment.analyses.rdm);
  const at = (layer: string, isWanted: (one: PairMeasure) => boolean): PairRequest[] =>
    measures.filter(isWanted).map(({ name }) => ({ layer, measure: name }));
  return [
    ...names.flatMap((layer) => at(layer, ({ rdm }) => rdm !== undefined)),
    ...at(first, ({ rdm }) => rdm === undefined),
  ];
}

/** Which of the sites is compared as a layer (a name, or `lastHidden`); undefined where there is none. */
export function siteFor(sites: readonly Site[], layer: string): Site | undefined {
  return layer === lastHidden ? mainLayer(sites) : sites.find(({ name }) => name === layer);
}

/**
 * Compares replicates with each other.
 *
 * @param activationsOf activations of a replicate's layer, test stimuli × units; asked for when they are needed, so that memory does
 *   not grow with the number of replicates
 * @param room bytes of what is compared that may be held
 */
export async function compareReplicates(
  drawn: DrawnExperiment,
  request: PairRequest,
  replicates: readonly Replicate[],
  activationsOf: (replicate: Replicate) => Promise<Matrix<Float32Array>>,
  room: number,
): Promise<PairResults> {
  const { rdm, confidence } = drawn.analyses;
  const measure = pairMeasuresOf(rdm).find(({ name }) => name === request.measure);
  if (!measure) throw new RangeError(`This experiment has no measure of pairs ${request.measure}.`);
  const found = await pairMatrix(
    measure,
    replicates.length,
    async (at) => new TestView(drawn, await activationsOf(replicates[at])),
    room,
  );
  const { matrix } = found;
  const undefinedValues: Record<string, string> = measure.rdm ? {} : { ...found.undefinedValues };
  const mds = pictureOf('mds', undefinedValues, () => classicalMds(matrix, measure.more));
  return {
    measure: measure.name,
    layer: request.layer,
    labels: replicates.map(replicateLabel),
    matrix,
    groups: groupMeans(
      matrix,
      replicates.map(({ source }) => source),
      confidence,
      ranges[measure.range],
    ),
    mds,
    undefinedValues,
    ...(measure.rdm ? { ...measure.rdm, ...overPairs(drawn, measure.rdm, found) } : {}),
  };
}

/** How many pairs of stimuli an RDM has, and over how many each two were compared. */
function overPairs(
  { sets, conditions }: DrawnExperiment,
  { over }: Pick<RsaResults, 'over'>,
  { used }: PairMatrix,
): Pick<RsaResults, 'stimulusPairs' | 'used'> {
  const count = over === 'stimuli' ? sets.test.inputs.rows : conditions.counts.length;
  const stimulusPairs = (count * (count - 1)) / 2;
  const isWhole = used === null || used.every((row) => row.every((one) => one === stimulusPairs));
  return { stimulusPairs, used: isWhole ? null : used };
}
