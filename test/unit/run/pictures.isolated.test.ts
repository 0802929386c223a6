import { afterEach, describe, expect, it, vi } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import { NumericalError } from '../../../src/numerics/numerical-error';
import * as eigen from '../../../src/numerics/symmetric-eigen';
import { compareReplicates } from '../../../src/run/compare';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import { siteMeasuresOf } from '../../../src/measures/measures';
import { SiteView, TestView } from '../../../src/measures/site-view';
import { experimentOf, openSession } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

vi.mock('../../../src/numerics/symmetric-eigen', { spy: true });
afterEach(() => void vi.mocked(eigen.symmetricEigen).mockReset());

describe('a picture that cannot be made is missing with its reason, and ends neither replicate nor run', () => {
  it('of a network whose units are all dead, and of two replicates', async () => {
    const file = tinyExperiment({
      networks: { dead: { network: { initialScale: 0 }, training: { epochs: 0 } } },
      seeds: 2,
    });
    const session = openSession(file, scratch());
    try {
      const { networks, rsa } = (await session.run()).results;
      expect(networks[0].replicates.map(({ status }) => status)).toEqual(['done', 'done']);
      expect(rsa[0].mds).toBeNull();
      expect(rsa[0].undefinedValues).toEqual({
        mds: 'A plane needs three replicates with similarities to each other, and has 1.',
      });
      const { layers } = await session.detail(replicateNamed('dead', 0), null);
      expect(layers[0].pca.components).toBe(0);
      expect(layers[0].missing).toEqual({
        pca: 'No unit of the layer varies over the test stimuli: there are no components.',
        clusters: 'A tree needs two units that vary; there are 0.',
        'rdm.conditions':
          '4 of 4 have no correlation distance: their pattern is the same in every unit. Euclidean distances are defined for all.',
        'rdm.single':
          '64 of 64 have no correlation distance: their pattern is the same in every unit. Euclidean distances are defined for all.',
      });
    } finally {
      await session.dispose();
    }
  });

  it('where eigenvalues cannot be found', async () => {
    vi.mocked(eigen.symmetricEigen).mockImplementation(() => {
      throw new NumericalError('Not found.');
    });
    const drawn = new DrawnExperiment(experimentOf(tinyExperiment()));
    const activations = {
      rows: 64,
      cols: 3,
      data: Float32Array.from({ length: 192 }, (_, at) => (at * at) % 7),
    };
    const site = new SiteView(drawn, activations, activations);
    const found = (name: string) => {
      const measure = siteMeasuresOf({}).find((one) => one.name === name);
      return [...(measure?.measure(site) ?? [])];
    };
    expect(found('explainedVarianceRatio')).toEqual([{ value: null, why: 'Not found.' }]);
    expect(found('pcaCorrelation')).toEqual([{ value: null, why: 'Not found.' }]);
    expect(found('modelRsa').find(({ label }) => label === 'easy')?.value).not.toBeNull();

    const replicates = [0, 1, 2].map((seed) => replicateNamed('both', seed));
    const request = { layer: 'hidden1', measure: 'rsa(euclidean, pearson)' };
    const rsa = await compareReplicates(
      drawn,
      request,
      replicates,
      () => Promise.resolve([{ name: 'hidden1', view: new TestView(drawn, activations) }]),
      { room: Infinity },
    );
    expect(rsa.mds).toBeNull();
    expect(rsa.undefinedValues.mds).toBe('Not found.');
    expect(rsa.matrix[0][1]).toBeCloseTo(1, 12);
  });
});
