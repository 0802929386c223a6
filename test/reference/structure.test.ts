import { describe, expect, it } from 'vitest';
import { rdm } from '../../src/analysis/rdm/rdm';
import { squareOf } from '../../src/analysis/rdm/triangle';
import { neighbourOrder, trustworthiness } from '../../src/analysis/structure/neighbourhoods';
import { monotoneFit, pairsOf } from '../../src/analysis/structure/nonmetric-mds';
import { planeDistances } from '../../src/analysis/structure/plane';
import { structureOf } from '../../src/analysis/structure/structure';
import { averageLinkage, rowDistances } from '../../src/numerics/average-linkage';
import { optimalLeafOrder } from '../../src/numerics/leaf-order';
import type { StructureMethod } from '../../src/protocol/structure';
import { matrix64 } from './support/matrices';
import fixture from './fixtures/structure.json';

const [x, plane] = [fixture.x, fixture.plane].map(matrix64);
const n = x.rows;
const distances = squareOf(rdm(x, 'euclidean').distances, n);
const order = neighbourOrder(distances, n);
const planeOrder = neighbourOrder(planeDistances(plane), n);
const structure = (method: StructureMethod, neighbours: number) =>
  structureOf({ activations: x, distances, method, neighbours });

describe('maps of a plane against scikit-learn', () => {
  it.each(['1', '5', '10'] as const)('trustworthiness and continuity of %s neighbours', (k) => {
    expect(trustworthiness(order, planeOrder, n, Number(k))).toBeCloseTo(fixture.trustworthiness[k], 12);
    expect(trustworthiness(planeOrder, order, n, Number(k))).toBeCloseTo(fixture.continuity[k], 12);
  });

  it('stress 1 of a map, by isotonic regression', () => {
    expect(monotoneFit(pairsOf(distances, n), plane).stress).toBeCloseTo(fixture.stress.plane, 10);
  });

  it('non-metric scaling has no more stress than the best of seventeen starts', () => {
    expect(structure('nonmetric', 0).maps[0].stress).toBeLessThan(1.01 * fixture.stress.least);
  });

  it('t-SNE has its divergence, from each start', () => {
    const { perplexity, divergence, trustworthiness: trusted } = fixture.tsne;
    const { maps } = structure('tsne', perplexity);
    expect(Math.abs((maps[0].divergence ?? NaN) / divergence - 1)).toBeLessThan(0.05);
    for (const map of maps) expect(Math.abs((map.trustworthiness ?? NaN) - trusted)).toBeLessThan(0.02);
  });
});

describe('the order of leaves', () => {
  it.each(['few', 'more', 'ties', 'all'] as const)('has the least sum of adjacent distances: %s', (name) => {
    const { rows, plain, scipy, least } = fixture.trees[name];
    const all = matrix64(rows);
    const items = Array.from({ length: all.rows }, (_, i) =>
      all.data.subarray(i * all.cols, (i + 1) * all.cols),
    );
    const tree = averageLinkage(items);
    const between = rowDistances(items);
    const found = optimalLeafOrder(tree.merges, between, tree.order);
    const length = (leaves: readonly number[]): number =>
      leaves.slice(1).reduce((sum, leaf, at) => sum + between[leaves[at] * all.rows + leaf], 0);
    expect([...found].sort((a, b) => a - b)).toEqual([...items.keys()]);
    expect(length(found)).toBeLessThanOrEqual(Math.min(scipy, plain) + 1e-9);
    // Of all ways to turn the branches of the same tree; ties leave a choice of trees.
    if (least !== null && name !== 'ties') expect(length(found)).toBeCloseTo(least, 10);
  });
});
