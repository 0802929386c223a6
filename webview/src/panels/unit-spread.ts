import { axis, plain, plotlyChart, type Picture, type Trace } from '../charts/plotly';
import type { Figure } from '../figure';
import { stimulusName } from '../labels';
import { plural } from '../number';
import type { ShownReplicate } from '../panel';
import { selectedOf } from '../selection';
import type { Theme } from '../theme';

/** More conditions are in the table only: their strips would run into each other. */
const most = 32;

/** The activation of one unit for every stimulus, in one strip per condition. */
export function showSpread(figure: Figure, shown: ShownReplicate, selection: readonly number[]): void {
  const { unit, stimuli } = shown;
  figure.element.hidden = unit === undefined;
  if (unit === undefined) return;
  const { names, of, counts } = stimuli.conditions;
  const selected = selectedOf(selection, stimuli.count);
  const dead = shown.layer.deadUnits.includes(unit.at);
  const rows = names.map((name, condition) => {
    const values = Array.from(unit.values).filter((_, i) => of[i] === condition);
    values.sort((a, b) => a - b);
    const at = (share: number): number | null => values[Math.round(share * (values.length - 1))] ?? null;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [name, counts[condition] ?? 0, mean, at(0), at(0.25), at(0.5), at(0.75), at(1)];
  });
  figure.show({
    chart:
      names.length > most
        ? null
        : plotlyChart(90 + 34 * names.length, (theme, width) =>
            picture(shown, unit.values, selected, theme, width),
          ),
    description: `Unit ${unit.at}: ${plural(names.length, 'condition')}; means ${rows.map(([name, , mean]) => `${String(name)} ${Number(mean).toFixed(2)}`).join(', ')}.`,
    caption:
      `Unit ${unit.at} of ${shown.name}${dead ? ', dead: it is 0 for every test stimulus' : ''}. One point per test stimulus, spread within its condition for reading only; line: mean of the condition.` +
      (selected.length > 0 ? ' Ringed: selected stimuli.' : ''),
    table: {
      columns: ['condition', 'stimuli', 'mean', 'minimum', 'quartile 1', 'median', 'quartile 3', 'maximum'],
      rows,
    },
  });
}

function picture(
  shown: ShownReplicate,
  values: Float32Array,
  selected: readonly number[],
  theme: Theme,
  width: number,
): Picture {
  const { names, of } = shown.stimuli.conditions;
  const letters = width < 560 ? 16 : 40;
  // A spread that looks the same every time: the golden ratio's multiples are even.
  const place = (i: number): number => (of[i] ?? 0) + 0.56 * (((i * 0.618034) % 1) - 0.5);
  const all = Array.from(values.keys());
  const colours = (i: number): string =>
    theme.categorical[(of[i] ?? 0) % theme.categorical.length] ?? theme.foreground;
  const points = (which: readonly number[], marker: object): Trace => ({
    type: 'scatter',
    mode: 'markers',
    showlegend: false,
    x: which.map((i) => values[i] ?? null),
    y: which.map(place),
    text: which.map((i) => plain(stimulusName(shown.columns, i))),
    customdata: which.map((i) => i),
    hovertemplate: '%{text}: %{x:.3f}<extra></extra>',
    marker,
  });
  const means = names.map((_, condition) => {
    const own = all.filter((i) => of[i] === condition);
    return own.reduce((sum, i) => sum + (values[i] ?? 0), 0) / own.length;
  });
  return {
    traces: [
      points(all, { size: 4, opacity: 0.55, color: all.map(colours), line: { width: 0 } }),
      points(selected, { size: 9, color: 'rgba(0,0,0,0)', line: { width: 1.5, color: theme.foreground } }),
    ],
    layout: {
      shapes: means.map((mean, condition) => ({
        type: 'line' as const,
        x0: mean,
        x1: mean,
        y0: condition - 0.36,
        y1: condition + 0.36,
        line: { color: theme.foreground, width: 2 },
      })),
      xaxis: { ...axis(theme, 'Activation') },
      yaxis: {
        ...axis(theme, ''),
        autorange: 'reversed',
        zeroline: false,
        showgrid: false,
        tickmode: 'array',
        tickvals: names.map((_, at) => at),
        ticktext: names.map((name) => plain(name.length > letters ? `${name.slice(0, letters - 1)}…` : name)),
      },
    },
  };
}
