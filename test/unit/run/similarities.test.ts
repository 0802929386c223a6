import { expect, it } from 'vitest';
import { openSession } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

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
  } finally {
    await session.dispose();
  }
});
