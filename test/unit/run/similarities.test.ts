import { expect, it } from 'vitest';
import { rsaRequests } from '../../../src/run/compare';
import { openSession } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';
import { pearson } from '../stimuli/builder';

/** Distances between all pairs of the stimuli that a picture's RDM is over. */
function upper({ single, stimuli }: { single: Float32Array; stimuli: Uint32Array }): number[] {
  const size = stimuli.length;
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size - i - 1 }, (_unused, j) => single[i * size + i + 1 + j]),
  ).flat();
}

it('compares the replicates that are finished, as the end of the run does', async () => {
  const store = scratch();
  const session = openSession({ ...tinyExperiment(), seeds: 2 }, store);
  try {
    const { networks, rsa } = await session.run();
    const all = [0, 1].flatMap((seed) => networks.map((_, network) => ({ network, seed })));
    expect(await session.similarities(all)).toEqual(rsa[0]);
    const some = await session.similarities(all.slice(0, networks.length));
    expect(some.labels).toEqual(networks.map(({ name }) => `${name}/0`));
    expect(some.matrix[0][1]).toBe(rsa[0].matrix[0][1]);

    // As they were: from the activations of those checkpoints, by the measures of single replicates.
    const [request] = rsaRequests(session.experiment);
    expect(await session.similarities(all, { request, epoch: 1e9 })).toEqual(rsa[0]);
    const before = await session.similarities(all, { epoch: 0 });
    expect(before.labels).toEqual(rsa[0].labels);
    const rdms = await Promise.all(
      all.slice(0, 2).map(async (name) => {
        const { layers } = await session.detail(name, 0);
        return layers.at(-2)?.rdm ?? layers[0].rdm;
      }),
    );
    // A stimulus that no unit answers has no correlation with others.
    const [a, b] = rdms.map(upper);
    const defined = a.flatMap((value, at) => (Number.isNaN(value + b[at]) ? [] : [at]));
    const of = (values: number[]): number[] => defined.map((at) => values[at]);
    expect(before.matrix[0][1]).toBeCloseTo(pearson(of(a), of(b)), 5);
  } finally {
    await session.dispose();
  }
});
