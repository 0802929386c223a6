import { markAt } from '../../../src/formats/marks';
import { colourOf, opaque } from '../charts/colours';
import { colourBar, plain, type Spatial, symbols, type Trace } from '../charts/plotly';
import { stimulusName } from '../labels';
import { colourScale } from '../palettes';
import type { Theme } from '../theme';
import { axisName, component, rangeOf, type Scores } from './pca-scores';

/**
 * The scores of the stimuli in three dimensions.
 *
 * @param of what is looked at: a view that was turned stays while this is the same
 */
export function scorePicture(scores: Scores, of: string, theme: Theme): Spatial {
  const { shown, frame, picks, groups, colourBy, choices, selected } = scores;
  const { pca } = shown.layer;
  const real = colourBy !== undefined && colourBy.classes === null;
  const placed = (stimuli: readonly number[]) => ({
    text: stimuli.map((i) => plain(stimulusName(shown.columns, i))),
    customdata: [...stimuli],
    x: component(frame, pca, picks.x, stimuli),
    y: component(frame, pca, picks.y, stimuli),
    z: component(frame, pca, picks.z, stimuli),
  });
  // Entries of the legend hold no points.
  const entries = scores.legend.flatMap(({ head = '', entries: own }) =>
    own.map((entry) => ({ ...entry, name: `${head}: ${entry.name}` })),
  );
  const legend = entries.map(({ name, colour, shape = 'disc' }): Trace => ({
    type: 'scatter3d',
    mode: 'markers',
    name: plain(name),
    x: [null],
    y: [null],
    z: [null],
    hoverinfo: 'skip',
    showlegend: true,
    marker: { size: 5, color: colourOf(theme, colour), symbol: symbols[shape] },
  }));
  const traces = groups.map(({ colour, mark, points }, at): Trace => ({
    ...placed(points),
    type: 'scatter3d',
    mode: 'markers',
    name: 'stimuli',
    showlegend: false,
    hovertemplate: '%{text}<br>%{x:.3f}, %{y:.3f}, %{z:.3f}<extra></extra>',
    marker: {
      size: 2.5,
      opacity: 0.85,
      line: { width: 0 },
      symbol: symbols[markAt(mark)],
      ...(real
        ? {
            color: points.map((i) => colourBy.values[i] ?? NaN),
            colorscale: colourScale(theme.sequential),
            showscale: at === 0,
            colorbar: colourBar(theme, plain(colourBy.name)),
            ...limitsOf(colourBy.values),
          }
        : { color: colourOf(theme, { classes: colour }) }),
    },
  }));
  const ring: Trace[] =
    selected.length === 0
      ? []
      : [
          {
            ...placed(selected),
            type: 'scatter3d',
            mode: 'markers',
            name: 'selected',
            hovertemplate: '%{text}<extra></extra>',
            marker: { size: 8, color: theme.foreground, symbol: 'circle-open' },
          },
        ];
  const grid = opaque(theme.line, theme.background);
  const spatial = (at: number) => {
    const range = rangeOf(frame, at);
    return {
      title: { text: axisName(shown, frame, at) },
      color: theme.foreground,
      gridcolor: grid,
      zerolinecolor: theme.muted,
      backgroundcolor: theme.background,
      ...(range === undefined ? {} : { range }),
    };
  };
  return {
    traces: [...legend, ...traces, ...ring],
    layout: {
      margin: { l: 0, r: 0, t: 12, b: 0 },
      legend: {
        orientation: 'h',
        x: 0,
        y: 1.02,
        yanchor: 'bottom',
        itemsizing: 'constant',
        itemclick: false,
        itemdoubleclick: false,
      },
      scene: {
        // How the user has turned it stays, as long as it shows the same.
        uirevision: of,
        xaxis: spatial(picks.x),
        yaxis: spatial(picks.y),
        zaxis: spatial(picks.z),
        aspectmode: choices.equalAxes ? 'data' : 'cube',
        dragmode: 'turntable',
        camera: { eye: { x: 1.55, y: 1.55, z: 0.9 }, center: { x: 0, y: 0, z: -0.12 } },
      },
    },
  };
}

function limitsOf(values: Float32Array): { cmin: number; cmax: number } {
  let cmin = Infinity;
  let cmax = -Infinity;
  for (const value of values) {
    cmin = Math.min(cmin, value);
    cmax = Math.max(cmax, value);
  }
  return { cmin, cmax };
}
