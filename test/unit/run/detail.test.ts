import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import { openSession } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

it('looks through the checkpoints of a replicate on the components of the final one', async () => {
  const session = openSession(tinyExperiment(), scratch());
  try {
    const replicate = replicateNamed('both', 0);
    const { results } = await session.run();
    const checkpoints = results.networks[0].replicates[0].checkpoints;
    const final = (await session.detail(replicate, null)).layers[0];
    const early = (await session.detail(replicate, checkpoints[0].step)).layers[0];
    const units = final.units;

    // Scores are activations times loadings: shifted by the same mean, so that differences of two stimuli are free of it.
    const of = async (step: number | null, unit: number) =>
      session.unit(replicate, { step, layer: 'hidden1', unit });
    const activations = await Promise.all(
      Array.from({ length: units }, (_, unit) => of(checkpoints[0].step, unit)),
    );
    const { components, loadings, projected, scores } = early.pca;
    expect(projected).toBeDefined();
    for (const k of [0, 1]) {
      const wanted = activations.reduce(
        (sum, unit, at) => sum + (unit[5] - unit[9]) * final.pca.loadings[k * units + at],
        0,
      );
      const found = projected?.scores ?? new Float32Array();
      expect(found[5 * components + k] - found[9 * components + k]).toBeCloseTo(wanted, 4);
      const own = activations.reduce(
        (sum, unit, at) => sum + (unit[5] - unit[9]) * loadings[k * units + at],
        0,
      );
      expect(scores[5 * components + k] - scores[9 * components + k]).toBeCloseTo(own, 4);
    }
    expect(projected?.share.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect(projected?.share[0]).toBeLessThan(early.pca.explainedVarianceRatio[0]);
    expect(final.pca.projected).toBeUndefined();
    expect(early.pca.axes).toEqual(final.pca.axes);
    const reach = [...final.pca.scores, ...(projected?.scores ?? [])].filter(
      (_, at) => at % components === 0,
    );
    expect(final.pca.axes?.low[0]).toBeCloseTo(Math.min(...reach), 4);
    expect(final.pca.axes?.high[0]).toBeCloseTo(Math.max(...reach), 4);

    // Classical scaling of Euclidean distances is the first two components.
    const wish = {
      method: 'classical',
      items: 'stimuli',
      distances: 'euclidean',
      neighbours: 2,
      most: 1024,
    } as const;
    const { items, found, step } = await session.structure(replicate, {
      ...wish,
      step: null,
      layer: 'hidden1',
    });
    expect(step).toBe(checkpoints.at(-1)?.step);
    const map = found?.maps[0];
    const score = (at: number): number => final.pca.scores[items[at] * components];
    const sign = Math.sign((map?.x[0] ?? 0) * score(0));
    for (const at of items.keys()) expect(map?.x[at]).toBeCloseTo(sign * score(at), 4);

    // The tree of an RDM names each of its rows once.
    const { singleTree, stimuli: rows } = final.rdm;
    expect([...(singleTree?.order ?? [])].sort((a, b) => a - b)).toEqual([...rows.keys()]);

    // No permutations, and so no p-values, while one looks through.
    expect(final.selectivity.easy.permutations).toBe(20);
    expect(early.selectivity.easy.permutations).toBe(0);
    expect(early.selectivity.easy.p.dprime.every((p) => p === null)).toBe(true);
    expect(early.selectivity.easy.dprime.some((value) => value !== null)).toBe(true);

    const conditions = early.conditionMeans.length / units;
    expect([...(early.conditionTree?.order ?? [])].sort()).toEqual([...Array(conditions).keys()]);

    // A tree names every unit that varies once, and merges all of them.
    const tree = early.clusters?.dprime;
    const varying = Array.from({ length: units }, (_, unit) => unit).filter(
      (unit) => !early.constantUnits.includes(unit),
    );
    expect([...(tree?.order ?? [])].sort((a, b) => a - b)).toEqual(varying);
    expect(tree?.height).toHaveLength(varying.length - 1);
    expect([...(tree?.a ?? []), ...(tree?.b ?? [])].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 2 * varying.length - 2 }, (_, at) => at),
    );

    // Label RDMs are over the same conditions and stimuli as the layer's.
    const stimuli = await session.stimuli();
    const easy = stimuli.models?.find(({ label }) => label === 'easy');
    expect(easy?.single).toHaveLength(final.rdm.single.length);
    expect(easy?.conditions).toHaveLength(final.rdm.conditions.length);
    const values = stimuli.labels.find(({ name }) => name === 'easy')?.values ?? new Float32Array();
    const [a, b] = [final.rdm.stimuli[0], final.rdm.stimuli[20]];
    expect(easy?.single[20]).toBe(Number(values[a] !== values[b]));
    expect(stimuli.models?.find(({ label }) => label === 'noise')?.conditions).toBeUndefined();

    // The plane of the replicates.
    const { mds, labels } = results.rsa[0];
    expect(mds?.x).toHaveLength(labels.length);
    await expect(of(null, units)).rejects.toThrow(`There is no unit ${units} in hidden1.`);
  } finally {
    await session.dispose();
  }
});

it('keeps what a report shows of a replicate, and shows it again for as long as it would come out the same', async () => {
  const folder = scratch();
  const replicate = replicateNamed('both', 0);
  const of = async (file: Parameters<typeof openSession>[0]) => {
    const session = openSession(file, folder);
    try {
      await session.run();
      return await session.detail(replicate, null);
    } finally {
      await session.dispose();
    }
  };
  const files = async (): Promise<string[]> =>
    (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('detail.bin'));
  const made = await of(tinyExperiment());
  const [kept] = await files();
  expect(await of(tinyExperiment())).toEqual(made);
  expect(await files()).toEqual([kept]);

  // Of another number of permutations it is another.
  const other = tinyExperiment();
  const analyses = { ...other.analyses, selectivity: { permutations: 30 } };
  const changed = await of({ ...other, analyses });
  expect(changed.layers[0].selectivity.easy.permutations).toBe(30);
  expect(await files()).toHaveLength(2);
});

it('keeps what is recovered in another replicate, of each layer by itself', async () => {
  const folder = scratch();
  const [first, other] = [replicateNamed('both', 0), replicateNamed('both', 1)];
  const entries = async (): Promise<number> =>
    (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('results.json')).length;
  const session = openSession(tinyExperiment(), folder);
  const of = (layer: string, step: number | null) => session.recovery(first, { step, layer, other });
  try {
    const { results } = await session.run();
    const before = await entries();
    const made = await of('hidden1', null);
    expect(made.found?.scores.cka).toBeGreaterThan(0);
    expect(await entries()).toBe(before + 1);
    expect(await of('hidden1', null)).toEqual(made);
    expect(await entries()).toBe(before + 1);
    expect((await of('output', null)).layer).toBe('output');
    expect(await entries()).toBe(before + 2);
    // One may look at many checkpoints: they are not kept.
    await of('hidden1', results.networks[0].replicates[0].checkpoints[0].step);
    expect(await entries()).toBe(before + 2);
  } finally {
    await session.dispose();
  }
});
