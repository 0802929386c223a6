import type { Matrix } from '../core/matrix';
import { recovery } from '../analysis/similarity/recovery';
import { chosenOf, rowsOf } from '../analysis/some-rows';
import { foundOrWhy } from '../numerics/numerical-error';
import { mainLayer } from '../protocol/layers';
import type { RecoveryDetail } from '../protocol/recovery';
import type { Recording } from '../sources/source';
import { checkpointAt } from './detail';
import type { DrawnExperiment } from './drawn-experiment';

/** Stimuli, and components, at most. */
const mostStimuli = 2048;
const COMPONENTS = 10;

/**
 * Which components and labels of a layer of one recording are recovered in another, at its end.
 *
 * @param step of the first; null: its end
 */
export async function recoveryDetail(
  drawn: DrawnExperiment,
  [first, second]: readonly [Recording, Recording],
  { step, layer }: { readonly step: number | null; readonly layer: string },
): Promise<RecoveryDetail> {
  const sites = second.sites;
  const otherLayer = (sites.find(({ name }) => name === layer) ?? mainLayer(sites) ?? sites[0]).name;
  const rows = chosenOf(drawn.sets.test.inputs.rows, mostStimuli, 'recovery');
  const place = {
    ...first.replicate,
    ...{ layer, other: { ...second.replicate, layer: otherLayer }, n: rows.length },
  };
  if (first.rdm || second.rdm) return { ...place, missing: 'An RDM that was brought along has no units.' };
  const [x, y] = await Promise.all([
    first.activations(layer, 'test', checkpointAt(first, step)),
    second.activations(otherLayer, 'test', checkpointAt(second, null)),
  ]);
  const of = (activations: Matrix): Matrix<Float64Array> => {
    const { cols, data } = rowsOf(activations, rows);
    return { rows: rows.length, cols, data: Float64Array.from(data) };
  };
  const labels = drawn.classLabels.labels.map((label) => ({
    ...label,
    of: Uint16Array.from(rows, (at) => label.of[at]),
  }));
  const { found, why } = foundOrWhy(() => recovery(of(x), of(y), labels, COMPONENTS));
  return { ...place, ...(found ? { found } : { missing: why }) };
}
