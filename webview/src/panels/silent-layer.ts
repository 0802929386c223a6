import type { LayerDetail } from '../../../src/protocol/detail';
import { plural } from '../number';

/** What to do about a layer that says the same of every stimulus. */
export const otherLayer =
  'Look at an earlier layer; in a new run, another activation (leakyRelu), initializer or a smaller learning rate keeps units alive.';

/** Why nothing can be said of the units of a layer, and what would work; null where some of them vary. */
export function whySilent({ units, constantUnits }: LayerDetail): string | null {
  if (units === 0) return 'Of RDMs that are brought along there are no units.';
  if (constantUnits.length < units) return null;
  return `${units === 1 ? 'Its one unit is' : `All ${plural(units, 'unit')} are`} the same for every test stimulus. ${otherLayer}`;
}
