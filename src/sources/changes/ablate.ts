import type { Matrix } from '../../core/matrix';
import type { Expression } from '../../experiment/expression';
import type { AblateEntry } from '../../experiment/file';
import type { Draft } from '../../experiment/structure';
import { atMostUnits, type Before, byTruth, type Change, labelAt, layerAt, listAt, truthsOf } from './change';
import { withEdit } from './edits';

interface Ablate {
  readonly layer: number;
  readonly units: readonly number[];
  readonly most: 'selective' | 'active' | 'random';
  /** Null: none is asked for. */
  readonly label: Expression | null;
  readonly to: 'zero' | 'mean';
}

/** Holds units of a layer at one value. */
export const ablate: Change<Ablate> = {
  key: 'ablate',
  read: (entry, scope) => {
    const {
      at,
      units,
      most = 'selective',
      for: written,
      to = 'zero',
    } = (entry as Draft<AblateEntry>).ablate ?? {};
    const { path, problems } = scope;
    const layer = layerAt(at, scope);
    const list = listAt(units, 'units', scope);
    const label = labelAt(written, 'for', scope);
    if (most === 'selective' && written === undefined) {
      const message =
        'Units are selective for a label: name it as \'for\', or set "most": "active" or "random".';
      problems.at(path, 'missing-key', message);
      return null;
    }
    if (layer === null || list === null || (written !== undefined && label === null)) return null;
    return atMostUnits(list, 'units', layer, scope) ? { layer, units: list, most, label, to } : null;
  },
  layers: ({ layer }) => [layer],
  doses: ({ units }) => units,
  program: async (change, before, { dose, draw }) => {
    const { layer, to } = change;
    const states = (await before.fit())[layer];
    const order =
      draw === null ? orderOf(change, states, before) : before.stream('units', draw).permutation(states.cols);
    const held = order.subarray(0, dose);
    const values = to === 'zero' ? new Float64Array(states.cols) : meansOf(states);
    return withEdit(before.program, layer, ({ rows, cols, data }) => {
      const result = Float32Array.from(data);
      for (let row = 0; row < rows; row++) for (const unit of held) result[row * cols + unit] = values[unit];
      return { rows, cols, data: result };
    });
  },
};

/** Units in the order in which they are held. */
function orderOf(
  { most, label }: Ablate,
  states: Matrix<Float32Array>,
  { sets, stream }: Before,
): Uint32Array {
  if (most === 'random' || (most === 'selective' && !label)) return stream('units').permutation(states.cols);
  const strength =
    most === 'active' || !label
      ? meansOf({ ...states, data: states.data.map(Math.abs) })
      : dprimes(states, truthsOf(label, sets.fit));
  // Of equal ones the first comes first.
  return Uint32Array.from(strength.keys()).sort((a, b) => strength[b] - strength[a] || a - b);
}

/** |d′| of each unit, with population variances; 0 of a constant one, infinite where the classes differ and have no spread. */
function dprimes(states: Matrix<Float32Array>, truth: Uint8Array): Float64Array {
  const { means, variances } = byTruth(states, truth);
  return means[0].map((mean, unit) => {
    const difference = Math.abs(means[1][unit] - mean);
    return difference === 0 ? 0 : difference / Math.sqrt((variances[0][unit] + variances[1][unit]) / 2);
  });
}

function meansOf({ rows, cols, data }: Matrix<Float32Array>): Float64Array {
  const means = new Float64Array(cols);
  for (let row = 0; row < rows; row++)
    for (let unit = 0; unit < cols; unit++) means[unit] += data[row * cols + unit] / rows;
  return means;
}
