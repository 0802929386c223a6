import { pcaCorrelations } from '../analysis/pca-correlation';
import type { Found, SiteMeasure } from './measure';

const component = (at: number): string => `PC${at + 1}`;

export const explainedVarianceRatio: SiteMeasure = {
  name: 'explainedVarianceRatio',
  title: 'Variance of principal components',
  range: 'share',
  of: 'site',
  by: ['component'],
  when: 'end',
  reads: ['pca'],
  formula: 'λ of the component / Σλ, over the eigenvalues of the covariance of the test activations.',
  meaning: 'The share of the layer’s variance along each principal component.',
  misleads:
    'First components show what takes most variance, which easy features do: what is computed may lie in later ones.',
  source: 'scikit-learn, PCA.explained_variance_ratio_',
  measure({ components: { found, why } }) {
    if (!found) return [{ value: null, why }];
    return Array.from(found.explainedVarianceRatio, (value, at) => ({ part: component(at), value }));
  },
};

export const pcaCorrelation: SiteMeasure = {
  name: 'pcaCorrelation',
  title: 'Correlation of components with labels',
  range: 'similarity',
  of: 'site',
  by: ['label', 'component'],
  when: 'end',
  reads: ['pca'],
  formula:
    'Pearson correlation of a component’s scores with a binary label; for others the multiple correlation with the label’s columns, 0 to 1.',
  meaning: 'Which component carries which label.',
  misleads: 'A label may lie across components, and then correlates with none of them strongly.',
  source: 'Abdi and Williams 2010, WIREs Computational Statistics 2, 433–459',
  measure({ components: { found, why }, labels }) {
    if (!found) return [{ value: null, why }];
    const { correlation, undefinedValues } = pcaCorrelations(labels.pcaLabels, found);
    return Object.entries(correlation).flatMap(([label, values]) =>
      values.map((value, at): Found => ({
        ...{ label, part: component(at), value },
        ...(value === null ? { why: undefinedValues[`pca.correlation.${label}.${at}`] } : {}),
      })),
    );
  },
};
