import { type Pca, pca, project } from '../../analysis/pca';
import type { Matrix } from '../../core/matrix';
import type { RebuildEntry } from '../../experiment/file';
import type { Draft } from '../../experiment/structure';
import { multiply } from '../../numerics/products';
import { atMostUnits, type Change, layerAt, listAt } from './change';
import { withEdit } from './edits';

interface Rebuild {
  readonly layer: number;
  readonly components: readonly number[];
}

/** Those of the newest states: each of them is put together again in many ways. */
const newest = new WeakMap<Matrix<Float32Array>, Pca>();

function componentsOf(states: Matrix<Float32Array>): Pca {
  const found = newest.get(states) ?? pca(states, states.cols);
  newest.set(states, found);
  return found;
}

/** Puts the states of a layer together again from principal components. */
export const rebuild: Change<Rebuild> = {
  key: 'rebuild',
  read: (entry, scope) => {
    const { at, components } = (entry as Draft<RebuildEntry>).rebuild ?? {};
    const layer = layerAt(at, scope);
    const list = listAt(components, 'components', scope);
    if (layer === null || list === null) return null;
    return atMostUnits(list, 'components', layer, scope) ? { layer, components: list } : null;
  },
  layers: ({ layer }) => [layer],
  doses: ({ components }) => components,
  program: async ({ layer }, { program, fit, stream }, { dose, draw }) => {
    const states = (await fit())[layer];
    const { means, loadings, rank } = componentsOf(states);
    const chosen =
      draw === null
        ? Uint32Array.from({ length: Math.min(dose, rank) }, (_, at) => at)
        : stream('components', draw).permutation(rank).subarray(0, dose);
    const data = new Float64Array(chosen.length * states.cols);
    chosen.forEach((row, to) =>
      data.set(loadings.data.subarray(row * states.cols, (row + 1) * states.cols), to * states.cols),
    );
    const kept = { rows: chosen.length, cols: states.cols, data };
    return withEdit(program, layer, (own) => {
      const { rows, cols } = own;
      const result = new Float32Array(rows * cols);
      // Without components the mean is left.
      const parts = kept.rows > 0 ? multiply(project({ means, loadings: kept }, own), kept).data : null;
      for (let at = 0; at < result.length; at++) result[at] = means[at % cols] + (parts?.[at] ?? 0);
      return { rows, cols, data: result };
    });
  },
};
