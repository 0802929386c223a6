import type { Matrix } from '../../core/matrix';
import type { Expression } from '../../experiment/expression';
import type { SteerEntry } from '../../experiment/file';
import type { Draft } from '../../experiment/structure';
import { type Before, byTruth, type Change, labelAt, layerAt, listAt, truthsOf } from './change';
import { withEdit } from './edits';

interface Steer {
  readonly layer: number;
  readonly along: Expression;
  readonly by: readonly number[];
  /** To which value of the label: the true one, or the one that a stimulus does not have. */
  readonly to: 'true' | 'other';
}

/** Moves the states of a layer along the difference of the means of a label. */
export const steer: Change<Steer> = {
  key: 'steer',
  read: (entry, scope) => {
    const { at, along, by, to = 'true' } = (entry as Draft<SteerEntry>).steer ?? {};
    const layer = layerAt(at, scope);
    const label = labelAt(along, 'along', scope);
    const list = listAt(by, 'by', scope);
    return layer === null || label === null || list === null ? null : { layer, along: label, by: list, to };
  },
  layers: ({ layer }) => [layer],
  doses: ({ by }) => by,
  moved: ({ along, to }, dose, set) => {
    const truth = truthsOf(along, set);
    if (to === 'other') return dose < 0 ? new Uint8Array(truth.length) : truth.fill(1);
    return dose < 0 ? truth : truth.map((value) => 1 - value);
  },
  program: async (change, before, { dose, draw }) => {
    const { layer, along, to } = change;
    const direction = await directionOf(change, before, draw);
    return withEdit(before.program, layer, (states, set) => {
      const truth = to === 'other' ? truthsOf(along, set) : null;
      return moved(states, direction, (row) => (truth?.[row] === 1 ? -dose : dose));
    });
  },
};

/** Mean of the fit stimuli that the label is true of − mean of the others; as a control a direction at random, of the same length. */
async function directionOf(
  { layer, along }: Steer,
  { sets, fit, stream }: Before,
  draw: number | null,
): Promise<Float64Array> {
  const { means } = byTruth((await fit())[layer], truthsOf(along, sets.fit));
  const direction = means[1].map((mean, unit) => mean - means[0][unit]);
  if (draw === null) return direction;
  const random = stream('direction', draw);
  const drawn = direction.map(() => random.normal());
  const scale = length(direction) / length(drawn);
  return drawn.map((value) => value * scale);
}

function length(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

/** @param by how many times the direction, of each stimulus */
function moved(
  { rows, cols, data }: Matrix<Float32Array>,
  direction: Float64Array,
  by: (row: number) => number,
): Matrix<Float32Array> {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    const times = by(row);
    for (let unit = 0, at = row * cols; unit < cols; unit++, at++)
      result[at] = data[at] + times * direction[unit];
  }
  return { rows, cols, data: result };
}
