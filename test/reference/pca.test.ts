import { expect, it } from 'vitest';
import { pca, project } from '../../src/analysis/pca';
import { pcaCorrelations, prepareLabels } from '../../src/analysis/pca-correlation';
import type { Label } from '../../src/core/label';
import { expectClose, matrix32 } from './support/matrices';
import fixture from './fixtures/pca.json';

it.each(fixture.cases)('PCA agrees with scikit-learn: $name', (given) => {
  const found = pca(matrix32(given.activations), 10);
  expect(found.components).toBe(Math.min(given.activations.rows, given.activations.cols, 10));
  const listed = pca(matrix32(given.activations), given.components);
  expect(listed.components).toBe(given.components);
  expect(listed.rank).toBe(given.rank);
  expectClose(listed.explainedVarianceRatio, given.ratio);
  expectClose(listed.explainedVariance, given.variance);
  expectClose(listed.loadings.data, given.loadings.data);
  expectClose(listed.scores.data, given.scores.data);
  expectClose(project(listed, matrix32(given.other)).data, given.otherScores.data);
});

it('correlations of components with labels agree with scipy and scikit-learn', () => {
  const { activations, labels, expected } = fixture.correlation;
  const kinds: [keyof typeof labels, Label['kind']][] = [
    ['binary', 'binary'],
    ['categorical', 'categorical'],
    ['bits', 'bits'],
    ['real', 'real'],
  ];
  const given = kinds.map(([name, kind]): Label => {
    const { cols, data } = matrix32(labels[name]);
    return { name, source: 'feature', kind, classes: [], width: cols, values: data };
  });
  const { correlation, undefinedValues } = pcaCorrelations(
    prepareLabels(given),
    pca(matrix32(activations), 4),
  );
  for (const [name] of kinds) expectClose(correlation[name], expected[name]);
  expect(undefinedValues).toEqual({});
});
