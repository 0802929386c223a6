import { beforeAll, describe, expect, it } from 'vitest';
import type { Analyses, Experiment } from '../../../src/experiment/experiment';
import type { SiteMeasure } from '../../../src/measures/measure';
import { layerPairMeasures, siteMeasuresOf } from '../../../src/measures/measures';
import { SiteView } from '../../../src/measures/site-view';
import type { ReplicateResults } from '../../../src/protocol/results';
import { analysisKeys, recordingKey } from '../../../src/run/keys';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import { analyseReplicate } from '../../../src/run/analyse-replicate';
import type { Recording } from '../../../src/sources/source';
import { sourcesOf } from '../../../src/sources/sources';
import { Store } from '../../../src/run/store/store';
import { readAnalysis, writeAnalysis } from '../../../src/run/stored-replicate';
import { FusedEngine } from '../../../src/training/fused/engine';
import { replicateNamed } from '../../../src/core/replicate';
import { madeAnew } from '../../support/made-anew';
import { experimentOf } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const engine = FusedEngine.create();
const start = experimentOf(tinyExperiment({ analyses: { selectivity: { permutations: 20 } } }));
const siteMeasures = siteMeasuresOf(start.analyses);
const [source] = sourcesOf(start);
const replicate = replicateNamed(source.name, 0);
const key = recordingKey(source, replicate, engine.info);
let recording: Recording;

beforeAll(async () => {
  ({ recording } = await madeAnew(start, source.name));
});

const changed = (analyses: Partial<Analyses>): Experiment => ({
  ...start,
  analyses: { ...start.analyses, ...analyses },
});

/** The analyses of the replicate as a worker finds them, with the measures that were computed. */
async function analysed(
  store: Store,
  experiment: Experiment,
  measures: readonly SiteMeasure[] = siteMeasures,
): Promise<{ results: ReplicateResults; computed: string[] }> {
  const computed = new Set<string>();
  const counted = measures.map((one): SiteMeasure => ({
    ...one,
    measure: (site) => {
      computed.add(one.name);
      return one.measure(site);
    },
  }));
  const pairs = layerPairMeasures(experiment.analyses);
  const all = [...measures, ...pairs];
  const keys = analysisKeys(experiment, key, all);
  const stored = await readAnalysis(store, keys);
  if (stored?.whole) return { results: stored.whole, computed: [] };
  const results = await analyseReplicate(new DrawnExperiment(experiment), recording, {
    known: stored?.known,
    measures: counted,
    pairs: pairs.map((one) => ({
      ...one,
      prepare: (site) => {
        computed.add(one.name);
        return one.prepare(site);
      },
    })),
  });
  await writeAnalysis(store, keys, results);
  return { results, computed: all.map(({ name }) => name).filter((name) => computed.has(name)) };
}

const everything = [...siteMeasures, ...layerPairMeasures(start.analyses)].map(({ name }) => name);

const names = (part: keyof Analyses): string[] =>
  siteMeasures.filter(({ reads }) => reads?.includes(part)).map(({ name }) => name);

describe('of analyses that have changed', () => {
  it.each<[keyof Analyses, Partial<Analyses>]>([
    ['rdm', { rdm: { ...start.analyses.rdm, metric: 'euclidean' } }],
    ['pca', { pca: { components: 2 } }],
    ['selectivity', { selectivity: { ...start.analyses.selectivity, permutations: 30 } }],
  ])('only what reads %s is computed, and all is as computed anew', async (part, changes) => {
    const store = await Store.open(scratch());
    const first = await analysed(store, start);
    expect(first.computed).toEqual(everything);
    const second = await analysed(store, changed(changes));
    // RSA by another distance is a measure of its own; other measures of two layers know no distance.
    expect(second.computed).toEqual([...names(part), ...(part === 'rdm' ? ['rsa(euclidean, pearson)'] : [])]);
    const fresh = await analysed(await Store.open(scratch()), changed(changes));
    expect(JSON.stringify(second.results)).toBe(JSON.stringify(fresh.results));
    // Both are kept whole.
    expect((await analysed(store, start)).computed).toEqual([]);
    const again = await analysed(store, changed(changes));
    expect([again.computed, JSON.stringify(again.results)]).toEqual([[], JSON.stringify(fresh.results)]);
  });

  it('nothing is computed for a confidence', async () => {
    const store = await Store.open(scratch());
    await analysed(store, start);
    expect((await analysed(store, changed({ confidence: 0.5 }))).computed).toEqual([]);
  });
});

it('computes a new measure alone, with activations of the checkpoints that it is of', async () => {
  const store = await Store.open(scratch());
  const isNew = ({ name }: SiteMeasure): boolean => name === 'participationRatio' || name === 'selectivity';
  await analysed(
    store,
    start,
    siteMeasures.filter((one) => !isNew(one)),
  );
  const { computed, results } = await analysed(store, start);
  expect(computed).toEqual(siteMeasures.filter(isNew).map(({ name }) => name));
  const fresh = await analysed(await Store.open(scratch()), start);
  expect(JSON.stringify(results)).toBe(JSON.stringify(fresh.results));
});

it('computes all where the labels are others, or nothing that is stored can be read', async () => {
  const store = await Store.open(scratch());
  await analysed(store, start);
  const { tasks } = experimentOf(
    tinyExperiment({ tasks: { easy: 'e == yes', hard: 'parity(h)', more: 'h[0]' } }),
  );
  expect((await analysed(store, { ...start, tasks })).computed).toEqual(everything);
});

it.each(siteMeasures.map((one) => [one.name, one] as const))(
  '%s says what it reads of the analyses',
  async (_, one) => {
    const read = new Set<string>();
    const analyses = new Proxy(start.analyses, {
      get: (target, name, receiver) => {
        read.add(String(name));
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    const drawn = new DrawnExperiment({ ...start, analyses });
    const [fit, test] = await Promise.all(
      (['fit', 'test'] as const).map((set) => recording.activations('hidden1', set, 0)),
    );
    read.clear();
    Array.from(one.measure(new SiteView(drawn, fit, test)));
    expect([...read]).toEqual([...(one.reads ?? [])]);
  },
);
