import { describe, expect, it } from 'vitest';
import { modelRdm } from '../../src/analysis/rdm/model-rdm';
import { prepareRdm } from '../../src/analysis/rsa/compare';
import { columnsOf } from '../../src/analysis/some-rows';
import { alikePlanes } from '../../src/analysis/unit-subsets';
import { prepareDesigns } from '../../src/analysis/variance-explained-layers';
import type { Label } from '../../src/core/label';
import type { Matrix } from '../../src/core/matrix';
import { siteMeasuresOf } from '../../src/measures/measures';
import { type LabelParts, SiteView } from '../../src/measures/site-view';
import type { RdmMetric } from '../../src/protocol/rdm-words';
import { expectClose, matrix32 } from './support/matrices';
import fixture from './fixtures/subsets.json';

const label = (values: number[]): Label => ({
  ...{ name: 'easy', source: 'task', kind: 'binary', classes: ['no', 'yes'], width: 1 },
  values: Float32Array.from(values),
});
const { labels } = fixture;
const [fit, test] = [fixture.fit, fixture.test].map(matrix32);

function siteOf(activations: Matrix<Float32Array>, metric: RdmMetric, drop: readonly number[]): SiteView {
  const model = modelRdm(label(labels.test)).distances;
  const parts = {
    analyses: { rdm: { metric, comparison: 'pearson', over: 'stimuli' }, subsets: { drop } },
    designs: prepareDesigns([label(labels.fit)], [label(labels.test)], [fit.rows, test.rows]),
    models: [{ name: 'easy', rdm: prepareRdm(model, 'pearson') }],
    conditions: { counts: [], of: new Uint16Array() },
  } as unknown as LabelParts;
  return new SiteView(parts, fit, activations);
}

/** Its numbers, in the order of the table. */
function found(site: SiteView, name: string): (number | null)[] {
  const measure = siteMeasuresOf({ subsets: { drop: [] } }).find((one) => one.name === name);
  return Array.from(measure?.measure(site) ?? [], ({ value }) => value);
}

describe('what pictures are without some units', () => {
  it.each(['correlation', 'euclidean'] as const)('agrees with numpy and scipy: %s', (metric) => {
    const wanted = fixture.without[metric];
    const site = siteOf(
      test,
      metric,
      wanted.map(({ share }) => share),
    );
    expectClose(
      found(site, 'rdmWithoutActive'),
      wanted.map(({ rdm }) => rdm),
    );
    expectClose(
      found(site, 'modelRsaWithoutActive'),
      wanted.map(({ modelRsa }) => modelRsa),
    );
    expectClose(
      found(site, 'varianceOfActive'),
      wanted.map(({ variance }) => variance),
    );
    expectClose(found(site, 'varianceExplainedInActive'), [fixture.inActive]);
  });

  it('has planes of components alike as numpy has them, and none of a half without variance', () => {
    const [a, b] = fixture.halves.map((units) => columnsOf(test, units));
    expectClose([alikePlanes(a, b).value], [fixture.planes]);
    expectClose([alikePlanes(a, a).value], [1]);
    expect(alikePlanes(a, { ...b, data: new Float32Array(b.data.length) }).value).toBeNull();
  });

  it('is the same without units of which there are copies, and another without the one that makes it', () => {
    // A unit that is large makes the RDM: without it there is another one, without another unit hardly so.
    const loud = {
      ...test,
      data: test.data.map((value, at) => (at % test.cols === 0 ? 100 * value : value)),
    };
    const [active, random] = ['rdmWithoutActive', 'rdmWithoutRandom'].map(
      (name) => found(siteOf(loud, 'euclidean', [0.05]), name)[0] ?? 0,
    );
    expect(random - active).toBeGreaterThan(0.5);
    const copies = columnsOf(test, [0, 0, 0, 0, 1, 1, 1, 1]);
    expect(found(siteOf(copies, 'euclidean', [0.05]), 'rdmWithoutActive')[0]).toBeGreaterThan(0.99);
  });

  it('is not defined where fewer than two units are left', () => {
    const two = columnsOf(test, [0, 1]);
    expect(
      ['rdmWithoutActive', 'rdmWithoutRandom', 'modelRsaWithoutActive'].map((name) =>
        found(siteOf(two, 'euclidean', [0.5]), name),
      ),
    ).toEqual([[null], [null], [null]]);
  });

  it('is measured where an experiment asks for it alone', () => {
    expect(siteMeasuresOf({}).some(({ name }) => name === 'rdmWithoutActive')).toBe(false);
  });
});
