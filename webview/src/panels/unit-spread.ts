import { decimals } from '../../../src/formats/fixed';
import { stripsChart } from '../charts/strips';
import type { FigureContent } from '../figure-content';
import { selectedOf, stimulusName } from '../labels';
import { plural } from '../number';
import type { ShownReplicate } from './one-replicate';

/** More conditions are in the table only: a picture of them would be higher than the screen. */
const most = 32;

/** The activation of one unit for every stimulus, in one strip per condition. */
export function spreadOf(
  shown: ShownReplicate,
  unit: number,
  activations: Float32Array,
  selection: readonly number[],
): FigureContent {
  const { stimuli } = shown;
  const { names, of, counts } = stimuli.conditions;
  const selected = selectedOf(selection, stimuli.count);
  const dead = shown.layer.deadUnits.includes(unit);
  const groups = names.map((name, condition) => {
    const values = Array.from(activations).filter((_, i) => of[i] === condition);
    values.sort((a, b) => a - b);
    return { name, values, mean: values.reduce((sum, value) => sum + value, 0) / values.length };
  });
  return {
    of: `${shown.name}, unit ${unit}`,
    chart:
      names.length > most
        ? null
        : stripsChart({
            groups,
            values: activations,
            of,
            selected,
            nameOf: (at) => stimulusName(shown.stimuli, at),
            title: 'Activation',
          }),
    description: `Unit ${unit}: ${plural(names.length, 'condition')}; means ${groups.map(({ name, mean }) => `${name} ${decimals(mean)}`).join(', ')}.`,
    caption:
      `Unit ${unit} of ${shown.name}${dead ? ', dead: it is 0 for every test stimulus' : ''}. One point per test stimulus, spread within its condition for reading only; line: mean of the condition.` +
      (selected.length > 0 ? ' Ringed: selected stimuli.' : ''),
    table: {
      columns: ['condition', 'stimuli', 'mean', 'minimum', 'quartile 1', 'median', 'quartile 3', 'maximum'],
      rows: groups.map(({ name, values, mean }, condition) => {
        const at = (share: number): number | null => values[Math.round(share * (values.length - 1))] ?? null;
        return [name, counts[condition] ?? 0, mean, at(0), at(0.25), at(0.5), at(0.75), at(1)];
      }),
    },
  };
}
