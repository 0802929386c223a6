import { groupMeans } from '../analysis/rsa/groups';
import { classicalMds } from '../analysis/mds';
import { type PairMatrix, pairMatrix } from '../analysis/pairs/pair-matrix';
import { ranges } from '../analysis/statistics/interval';
import type { Analyses, Experiment } from '../experiment/experiment';
import { keptPoint, type Replicate, replicateLabel } from '../core/replicate';
import type { Site } from '../core/site';
import type { NamedView, PairMeasure } from '../measures/measure';
import { pairMeasuresOf } from '../measures/measures';
import { mainLayer } from '../protocol/layers';
import { bestPair, lastHidden } from '../protocol/measure-names';
import type { PairResults, RsaResults } from '../protocol/results';
import { sourcesOf } from '../sources/sources';
import type { PairRequest } from './jobs';
import type { DrawnExperiment } from './drawn-experiment';
import { pictureOf } from './picture';

/**
 * How the replicates of an experiment are compared: by RSA first at the last hidden layer (with the experiment's metric and comparison, then
 * with others), then at every other layer; by every other measure at the last hidden layer, and by those that are asked for at the best pair of hidden
 * layers, where there are more than one.
 */
export function pairRequests(experiment: Experiment): PairRequest[] {
  const sites = sourcesOf(experiment).map((source) => source.sites);
  const mains = new Set(sites.map((own) => mainLayer(own)?.name ?? lastHidden));
  const first = mains.size > 1 ? lastHidden : [...mains][0];
  // Those of the deepest network come first: they are in their order then.
  const deepest = [...sites].sort((a, b) => b.length - a.length).flat();
  const names = [...new Set([first, ...deepest.map(({ name }) => name)])];
  // RDMs that are brought along are as they are, whatever distance is asked for.
  const onlyRdms = !experiment.networks.length && experiment.recordings?.every(({ rdms }) => rdms);
  const all = pairMeasuresOf(experiment.analyses);
  const measures = onlyRdms ? all.slice(0, 1) : all;
  const isDeep = sites.some((own) => sitesFor(own, bestPair).length > 1);
  const at = (layer: string, isWanted: (one: PairMeasure) => boolean): PairRequest[] =>
    measures.filter(isWanted).map(({ name }) => ({ layer, measure: name }));
  return [
    ...names.flatMap((layer) => at(layer, ({ rdm }) => rdm !== undefined)),
    ...at(first, ({ rdm }) => rdm === undefined),
    ...at(bestPair, ({ best }) => isDeep && best !== undefined),
  ];
}

/** Whether a measure of pairs is of RDMs, and needs no units. */
export function isOfRdms({ analyses }: Experiment, { measure }: PairRequest): boolean {
  return pairMeasuresOf(analyses).some(({ name, rdm }) => name === measure && rdm !== undefined);
}

/** Which of the sites are compared as a layer (a name, `lastHidden` or `bestPair`); empty where there is none. */
export function sitesFor(sites: readonly Site[], layer: string): Site[] {
  const main = mainLayer(sites);
  if (layer === lastHidden) return main ? [main] : [];
  return sites.filter(({ name, role }) => (layer === bestPair ? role === 'hidden' : name === layer));
}

/**
 * Compares replicates of one point with each other.
 *
 * @param viewsOf a replicate's layers that are compared; asked for when they are needed, so that memory does not grow with the number of replicates
 * @param how bytes of what is compared that may be held, and whether it is looked at: without a null that takes long
 */
export async function compareReplicates(
  drawn: DrawnExperiment,
  request: PairRequest,
  replicates: readonly Replicate[],
  viewsOf: (replicate: Replicate) => Promise<readonly NamedView[]>,
  { room, looked = false }: { room: number; looked?: boolean },
): Promise<PairResults> {
  const { confidence, similarity } = drawn.analyses;
  const measure = measureOf(drawn.analyses, request.measure, looked);
  if (!measure) throw new RangeError(`This experiment has no measure of pairs ${request.measure}.`);
  const { best } = measure;
  const found =
    best && request.layer === bestPair
      ? await pairMatrix(best, replicates.length, (at) => viewsOf(replicates[at]), room)
      : await pairMatrix(
          measure,
          replicates.length,
          async (at) => (await viewsOf(replicates[at]))[0].view,
          room,
        );
  const { matrix, nulls, sites } = found;
  const sources = replicates.map(({ source }) => source);
  const undefinedValues: Record<string, string> = measure.rdm ? {} : { ...found.undefinedValues };
  const mds = pictureOf('mds', undefinedValues, () => classicalMds(matrix, measure.more));
  return {
    measure: measure.name,
    layer: request.layer,
    ...(replicates.length > 0 ? keptPoint(replicates[0]) : {}),
    labels: replicates.map(replicateLabel),
    matrix,
    groups: groupMeans(matrix, sources, confidence, ranges[measure.range]),
    mds,
    undefinedValues,
    ...(measure.rdm ? { ...measure.rdm, ...overPairs(drawn, measure.rdm, found) } : {}),
    ...(nulls && similarity
      ? {
          null: {
            permutations: similarity.null,
            ...nulls,
            groups: groupMeans(nulls.calibrated, sources, confidence, ranges.atMostAll),
          },
        }
      : {}),
    ...(sites ? { sites } : {}),
  };
}

function measureOf(analyses: Analyses, wanted: string, looked: boolean): PairMeasure | undefined {
  const find = (of: Analyses): PairMeasure | undefined =>
    pairMeasuresOf(of).find(({ name }) => name === wanted);
  const found = find(analyses);
  return looked && found?.slowNull === true && analyses.similarity
    ? find({ ...analyses, similarity: { ...analyses.similarity, null: 0 } })
    : found;
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
