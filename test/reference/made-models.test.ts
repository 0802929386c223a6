import { describe, expect, it } from 'vitest';
import type { Label } from '../../src/core/label';
import { siteMeasuresOf } from '../../src/measures/measures';
import { type LabelParts, type MadeModel, SiteView } from '../../src/measures/site-view';
import { madeModel } from '../../src/run/made-models';
import { coOccurrenceDistances } from '../../src/stimuli/documents/co-occurrence';
import type { Documents } from '../../src/stimuli/documents/corpus';
import type { StimulusSets } from '../../src/stimuli/draw-stimuli';
import { expectClose, matrix32 } from './support/matrices';
import fixture from './fixtures/made-models.json';

const tokens = fixture.documents.flat();
const documents: Documents = {
  tokens: Uint16Array.from(tokens),
  starts: Uint32Array.from([
    0,
    ...fixture.documents.map((_, at) => fixture.documents.slice(0, at + 1).flat().length),
  ]),
  counts: new Uint8Array(tokens.length),
  columns: [
    {
      name: 'entity',
      values: ['none', ...Array.from({ length: 10 }, (_, at) => `e${at}`)],
      codes: Uint16Array.from(tokens, (token) => (token < 10 ? token + 1 : 0)),
    },
  ],
};

const labels = fixture.labels.map((values, at): Label => {
  const classes = ['a', 'b', 'c', 'd', 'e'].slice(0, Math.max(...values) + 1);
  return {
    ...{ name: `l${at}`, source: 'feature', kind: 'categorical', classes, width: 1 },
    values: Float32Array.from(values),
  };
});

function setsOf(features: readonly Label[]): StimulusSets {
  return {
    test: { features, tasks: [] },
    corpus: { train: documents, vocabulary: { length: 19 } },
  } as unknown as StimulusSets;
}

it('the company that words keep is as far apart as scipy has it, and of what is in no document undefined', () => {
  expectClose(coOccurrenceDistances(documents, 'entity', fixture.names), fixture.between);
  expect(() => coOccurrenceDistances(documents, 'word', fixture.names)).toThrow('no column word');
});

it('rows of the same value are not apart, and all others as their values are', () => {
  const values = [3, 0, 3, 1];
  const entity: Label = {
    ...{ name: 'entity', source: 'feature', kind: 'categorical', classes: fixture.names, width: 1 },
    values: Float32Array.from(values),
  };
  const of = (i: number, j: number): number | null =>
    fixture.between[
      fixture.names.slice(0, i).reduce((sum, _, at) => sum + fixture.names.length - 1 - at, 0) + j - i - 1
    ];
  const model = { name: 'm', from: { coOccurrence: 'entity' } };
  const wanted = [of(0, 3), 0, of(1, 3), of(0, 3), of(0, 1), of(1, 3)];
  expectClose(madeModel(model, setsOf([entity]), null).rdm?.distances ?? [], wanted);
  // Over conditions each is there once, where its value is.
  const conditions = { counts: [1, 2, 1], of: Uint16Array.from([1, 0, 1, 2]) };
  expectClose(madeModel(model, setsOf([entity]), conditions).rdm?.distances ?? [], [
    of(0, 3),
    of(0, 1),
    of(1, 3),
  ]);
  const across = { counts: [2, 2], of: Uint16Array.from([1, 0, 1, 0]) };
  expect(madeModel(model, setsOf([entity]), across)).toMatchObject({
    rdm: null,
    why: "'entity' varies within conditions and has no RDM over them.",
  });
});

it('places are as far apart as the world says, where all are in one maze', () => {
  const label = (name: string, classes: string[], values: number[]): Label => ({
    ...{ name, source: 'feature', kind: 'categorical', classes, width: 1 },
    values: Float32Array.from(values),
  });
  const made = (places: number[], mazes: number[]): MadeModel => {
    const { test } = setsOf([
      label('place', ['none', 'p1', 'p4', 'p9'], places),
      label('maze', ['none', 'm0', 'm1'], mazes),
    ]);
    // As though moves went along one line.
    const geodesics = (maze: string, names: readonly string[]): Float64Array => {
      expect(maze).toBe('m1');
      const at = names.map((name) => Number(name.slice(1)));
      return Float64Array.from(at.flatMap((one, i) => at.slice(i + 1).map((other) => Math.abs(one - other))));
    };
    const corpus = { train: documents, vocabulary: { length: 19 }, geodesics };
    const model = { name: 'm', from: { geodesic: 'place' } };
    return madeModel(model, { test, corpus } as unknown as StimulusSets, null);
  };
  expect([...(made([3, 1, 3, 2], [2, 2, 2, 2]).rdm?.distances ?? [])]).toEqual([8, 0, 5, 8, 3, 5]);
  const why = expect.stringContaining('one and the same maze') as unknown;
  expect(made([3, 1], [2, 1])).toMatchObject({ rdm: null, why });
  expect(made([3, 0], [2, 2])).toMatchObject({ rdm: null, why });
});

describe.each(['pearson', 'spearman', 'kendall'] as const)(
  'RSA with models that are made: %s',
  (comparison) => {
    const froms = [{ differ: ['l0', 'l1'] }, { differ: ['l2'] }];
    const models = froms.map((from, at) => madeModel({ name: `m${at}`, from }, setsOf(labels), null));
    const siteOf = (madeModels: readonly MadeModel[]): SiteView =>
      new SiteView(
        {
          analyses: { rdm: { metric: 'correlation', comparison, over: 'stimuli' } },
          conditions: { counts: [], of: new Uint16Array() },
          madeModels,
        } as unknown as LabelParts,
        matrix32(fixture.states),
        matrix32(fixture.states),
      );
    const found = (site: SiteView, name: string) => [
      ...(siteMeasuresOf({ madeModels: [] })
        .find((one) => one.name === name)
        ?.measure(site) ?? []),
    ];

    it('has the distances of numpy', () => {
      for (const [at, { rdm }] of models.entries()) expectClose(rdm?.distances ?? [], fixture.models[at]);
    });

    it('agrees with numpy, alone and with the other held', () => {
      const site = siteOf(models);
      const partials = found(site, 'partialRsa');
      if (comparison === 'kendall') {
        expect(partials.map(({ value, why }) => [value, why?.slice(0, 9)])).toEqual([
          [null, 'Kendall’s'],
          [null, 'Kendall’s'],
        ]);
        return;
      }
      const { alone, partial } = fixture[comparison];
      expectClose(
        found(site, 'rsaOfModel').map(({ value }) => value),
        alone,
      );
      expectClose(
        partials.map(({ value }) => value),
        partial,
      );
    });

    it('has no partial score of models that are the same', () => {
      const [first] = models;
      const twice = found(siteOf([first, { ...first, name: 'again' }]), 'partialRsa');
      expect(twice.map(({ value }) => value)).toEqual([null, null]);
      expect(twice[0].why).toMatch(/\.$/);
    });
  },
);
