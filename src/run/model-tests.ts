import { definedIn, pick } from '../analysis/inference/defined-pairs';
import { infer } from '../analysis/inference/infer';
import { conditionModelRdm, modelRdm } from '../analysis/rdm/model-rdm';
import { chosenOf, somePairs } from '../analysis/some-rows';
import { keptPoint, type Replicate } from '../core/replicate';
import type { Experiment, Inference, ModelRdm } from '../experiment/experiment';
import { quote } from '../experiment/names';
import type { TestView } from '../measures/site-view';
import { rank } from '../numerics/ranks';
import type { RdmMetric } from '../protocol/rdm-words';
import type { ModelTests } from '../protocol/results';
import { readRdm } from '../sources/brought-rdms';
import { sourcesOf } from '../sources/sources';
import type { DrawnExperiment } from './drawn-experiment';
import { agreementOfModels, type SubjectsBy } from './model-agreement';

/** Model RDMs tested at a site of a source. */
export interface ModelTestRequest {
  readonly source: string;
  readonly point: number;
  readonly layer: string;
}

/** Weights of a sum are cross-validated over as many stimuli at least. */
const FEWEST_FOR_WEIGHTS = 12;

/** All tests of an experiment, of what has replicates that are done. */
export function modelTestRequests(experiment: Experiment, done: readonly Replicate[]): ModelTestRequest[] {
  if (!experiment.analyses.inference) return [];
  return sourcesOf(experiment).flatMap(({ name: source, sites }) => {
    const points = new Set(done.filter((one) => one.source === source).map(({ point }) => point));
    return [...points]
      .sort((a, b) => a - b)
      .flatMap((point) => sites.map(({ name: layer }) => ({ source, point, layer })));
  });
}

/** The replicates that a request needs: those that are tested, and those that models come from. */
export function replicatesFor(
  { models }: Inference,
  { source, point }: ModelTestRequest,
  done: readonly Replicate[],
): Replicate[] {
  const others = new Set(models.flatMap(({ from }) => ('source' in from ? [from.source] : [])));
  return done.filter((one) =>
    one.source === source ? one.point === point || others.has(source) : others.has(one.source),
  );
}

/** An RDM over what is tested. */
type Distances = (replicate: Replicate, site: string, metric?: RdmMetric) => Promise<Float64Array>;

/**
 * Tests model RDMs at a site.
 *
 * @param replicates as `replicatesFor` has them
 * @param viewOf a replicate's site, as it answers the test stimuli
 */
export async function testModels(
  drawn: DrawnExperiment,
  inference: Inference,
  { source, point, layer }: ModelTestRequest,
  replicates: readonly Replicate[],
  viewOf: (replicate: Replicate, site: string) => Promise<TestView>,
): Promise<ModelTests> {
  const { over } = drawn.analyses.rdm;
  const all = over === 'stimuli' ? drawn.sets.test.inputs.rows : drawn.conditions.counts.length;
  const rows = chosenOf(all, inference.stimuli, 'inference');
  const distances: Distances = async (replicate, site, metric) =>
    (await viewOf(replicate, site)).distances(rows, metric);
  const own = replicates.filter((one) => one.source === source && one.point === point);
  const subjects: Float64Array[] = [];
  for (const replicate of own) subjects.push(await distances(replicate, layer));
  const models: { names: string[]; rdm: Float64Array }[] = [];
  const without: string[] = [];
  for (const model of inference.models) {
    const { from } = model;
    const made =
      'source' in from && from.source === source && from.site === layer
        ? `${quote(model.name)} is what is tested, and no model of itself.`
        : await modelOf(drawn, model, rows, replicates, distances);
    if (typeof made === 'string') {
      without.push(made);
      continue;
    }
    // Labels that part the stimuli alike are one model RDM: told apart, they would pay twice for many tests.
    const known = models.find(({ rdm }) => rdm.every((one, at) => Object.is(one, made[at])));
    if (!known) models.push({ names: [model.name], rdm: made });
    else if (!known.names.includes(model.name)) known.names.push(model.name);
  }
  const subjectsBy: SubjectsBy = async (metric) => {
    const found: Float64Array[] = [];
    for (const replicate of own) found.push(await distances(replicate, layer, metric));
    return found;
  };
  const { metric } = drawn.analyses.rdm;
  const isBrought = own.length > 0 && (await viewOf(own[0], layer)).given !== undefined;
  const agreement = await agreementOfModels(
    subjectsBy,
    models.map(({ rdm }) => rdm),
    rows.length,
    { metric, method: inference.method },
    isBrought ? [] : undefined,
  );
  return {
    ...{ network: source, ...keptPoint({ source, point, seed: 0 }), layer },
    ...(agreement.length > 0 && models.length > 1 ? { agreement } : {}),
    seeds: own.map(({ seed }) => seed),
    ...tested(
      subjects,
      models.map(({ names, rdm }) => ({ name: names.join(' = '), rdm })),
      rows.length,
      inference,
      drawn.analyses.confidence,
      without,
    ),
  };
}

/** A model RDM over these rows, or why there is none. */
async function modelOf(
  drawn: DrawnExperiment,
  { name, from }: ModelRdm,
  rows: Uint32Array,
  replicates: readonly Replicate[],
  distances: Distances,
): Promise<Float64Array | string> {
  if ('label' in from) {
    const label = drawn.testLabels.find((one) => one.name === from.label);
    if (!label) throw new RangeError(`There is no label ${from.label}.`);
    const { of, counts } = drawn.conditions;
    const found =
      drawn.analyses.rdm.over === 'stimuli' ? modelRdm(label) : conditionModelRdm(label, of, counts.length);
    return found
      ? somePairs(found.distances, found.size, rows)
      : `${quote(name)} varies within conditions and has no RDM over them.`;
  }
  if ('source' in from) {
    const own = replicates.filter((one) => one.source === from.source);
    if (own.length === 0) return `${quote(name)} has no replicate that is done.`;
    const rdms: Float64Array[] = [];
    for (const replicate of own) rdms.push(await distances(replicate, from.site));
    return meanOf(rdms);
  }
  if (!('place' in from)) {
    const made = drawn.madeModels.find((one) => one.name === name);
    if (!made?.rdm) return made?.why ?? `${quote(name)} is no model RDM that is made.`;
    return somePairs(made.rdm.distances, made.rdm.size, rows);
  }
  const { rows: ofTable } = drawn.sets.test;
  if (!ofTable) throw new Error('Model RDMs in files are of the stimuli of a table.');
  return readRdm(
    from.place,
    from.at,
    Array.from(rows, (row) => from.rows[ofTable[row]]),
  );
}

/** The mean of RDMs, each divided by the root of its mean square before. */
function meanOf(rdms: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(rdms[0].length);
  for (const one of rdms) {
    const defined = one.filter((distance) => !Number.isNaN(distance));
    const square = defined.reduce((total, distance) => total + distance * distance, 0) / defined.length;
    const scale = square > 0 ? 1 / (rdms.length * Math.sqrt(square)) : 0;
    for (let k = 0; k < sum.length; k++) sum[k] += one[k] * scale;
  }
  return sum;
}

type Tested = Omit<ModelTests, 'network' | 'point' | 'layer' | 'seeds' | 'agreement'>;

function tested(
  subjects: readonly Float64Array[],
  models: readonly { readonly name: string; readonly rdm: Float64Array }[],
  size: number,
  inference: Inference,
  confidence: number,
  without: readonly string[],
): Tested {
  const { method, draws, test, correct: correction } = inference;
  const rdms = [...subjects, ...models.map((model) => model.rdm)];
  const defined = definedIn(size, rdms);
  const weighted = inference.weighted && size >= FEWEST_FOR_WEIGHTS;
  const resampled = inference.resample.filter((one) => one === 'stimuli' || subjects.length > 1);
  const drawn = resampled.length > 0 ? resampled : (['stimuli'] as const);
  const how = { method, draws, test, correction, weighted, confidence, resampled: [...drawn] };
  const shared = { ...how, stimuli: size, pairs: defined.kept.length };
  if (defined.kept.length < 3 || models.length === 0) {
    const few = `Only ${defined.kept.length} pairs of stimuli have a distance in every RDM.`;
    const reasons = [...(defined.kept.length < 3 ? [few] : []), ...without];
    return { ...shared, ...nothing, why: reasons.join(' ') };
  }
  const over = drawn.map((one) => (one === 'replicates' ? 'subjects' : one));
  const { used, ...found } = infer(
    rdms.map((one) => pick(one, defined.kept)),
    { subjects: subjects.length, models: models.length },
    defined,
    { ...how, over },
  );
  const names = [...models.map(({ name }) => name), ...(weighted ? ['weighted sum'] : [])];
  const why = [...whyNull(subjects.length, found.models, used), ...without].join(' ');
  return {
    ...shared,
    drawsUsed: used,
    degrees: found.degrees,
    models: found.models.map((model, at) => ({
      ...{ name: names[at], ...model, bySubject: [...model.bySubject] },
      tied: at < models.length ? tiedShare(pick(models[at].rdm, defined.kept)) : 0,
    })),
    ceiling: found.ceiling,
    differences: found.differences.map(({ first, second, ...one }) => ({
      ...{ first: names[first], second: names[second] },
      ...one,
    })),
    ...(why === '' ? {} : { why }),
  };
}

const nothing = {
  ...{ drawsUsed: 0, degrees: 0, models: [], differences: [] },
  ceiling: { lower: null, upper: null },
};

/** Why numbers of an inference are null. */
function whyNull(
  replicates: number,
  models: readonly { readonly value: number | null; readonly error: number | null }[],
  used: number,
): string[] {
  return [
    ...(models.some(({ value }) => value === null)
      ? ['An RDM whose distances are all equal has nothing to compare.']
      : []),
    ...(replicates === 1 ? ['One RDM has no noise ceiling.'] : []),
    ...(used > 1 && models.some(({ value, error }) => value !== null && error === null)
      ? ['Less than the noise of folds varies over draws: take more.']
      : []),
    ...(used < 2 ? ['Fewer than two draws have numbers: there is no interval, and no test.'] : []),
  ];
}

/** Of all pairs of numbers the share that are equal. */
function tiedShare(values: Float64Array): number {
  const { ties } = rank(values);
  const all = (values.length * (values.length - 1)) / 2;
  return ties.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0) / all;
}
