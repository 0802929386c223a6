import { decimals } from '../../../src/formats/fixed';
import { stripsChart } from '../charts/strips';
import type { Figure } from '../figure';
import { stimulusName } from '../labels';
import { plural } from '../number';
import type { ShownReplicate } from '../panel';
import { selectedOf } from '../selection';

/** More conditions are in the table only: a picture of them would be higher than the screen. */
const most = 32;

/** The activation of one unit for every stimulus, in one strip per condition. */
export function showSpread(figure: Figure, shown: ShownReplicate, selection: readonly number[]): void {
  const { unit, stimuli } = shown;
  figure.element.hidden = unit === undefined;
  if (unit === undefined) return;
  const { names, of, counts } = stimuli.conditions;
  const selected = selectedOf(selection, stimuli.count);
  const dead = shown.layer.deadUnits.includes(unit.at);
  const groups = names.map((name, condition) => {
    const values = Array.from(unit.values).filter((_, i) => of[i] === condition);
    values.sort((a, b) => a - b);
    return { name, values, mean: values.reduce((sum, value) => sum + value, 0) / values.length };
  });
  figure.show({
    of: `${shown.name}, unit ${unit.at}`,
    chart:
      names.length > most
        ? null
        : stripsChart({
            groups,
            values: unit.values,
            of,
            selected,
            nameOf: (at) => stimulusName(shown.columns, at),
            title: 'Activation',
          }),
    description: `Unit ${unit.at}: ${plural(names.length, 'condition')}; means ${groups.map(({ name, mean }) => `${name} ${decimals(mean)}`).join(', ')}.`,
    caption:
      `Unit ${unit.at} of ${shown.name}${dead ? ', dead: it is 0 for every test stimulus' : ''}. One point per test stimulus, spread within its condition for reading only; line: mean of the condition.` +
      (selected.length > 0 ? ' Ringed: selected stimuli.' : ''),
    table: {
      columns: ['condition', 'stimuli', 'mean', 'minimum', 'quartile 1', 'median', 'quartile 3', 'maximum'],
      rows: groups.map(({ name, values, mean }, condition) => {
        const at = (share: number): number | null => values[Math.round(share * (values.length - 1))] ?? null;
        return [name, counts[condition] ?? 0, mean, at(0), at(0.25), at(0.5), at(0.75), at(1)];
      }),
    },
  });
}
