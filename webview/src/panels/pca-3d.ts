import { markAt } from '../../../src/formats/marks';
import { colourOf, opaque } from '../charts/colours';
import { colourBar, plain, type Spatial, symbols, type Trace } from '../charts/plotly';
import { stimulusName } from '../labels';
import { colourScale } from '../palettes';
import type { Theme } from '../theme';
import { axisName, component, rangeOf, type Scores } from './pca-scores';
import { defined } from '../defined';

/**
 * The scores of the stimuli in three dimensions.
 *
 * @param of what is looked at: a view that was turned stays while this is the same
 */
export function scorePicture(scores: Scores, of: string, theme: Theme): Spatial {
  const { shown, frame, picks, equal } = scores;
  const spatial = (at: number) => ({
    title: { text: axisName(shown, frame, at) },
    color: theme.foreground,
    gridcolor: opaque(theme.line, theme.background),
    zerolinecolor: theme.muted,
    backgroundcolor: theme.background,
    ...defined({ range: rangeOf(frame, at) }),
  });
  return {
    traces: [...legendTraces(scores, theme), stimulusTrace(scores, theme), ...ringTraces(scores, theme)],
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
        aspectmode: equal ? 'data' : 'cube',
        dragmode: 'turntable',
        camera: { eye: { x: 1.55, y: 1.55, z: 0.9 }, center: { x: 0, y: 0, z: -0.12 } },
      },
    },
  };
}

const points = { type: 'scatter3d', mode: 'markers' } as const;

/** Entries of the legend hold no points. */
function legendTraces({ legend }: Scores, theme: Theme): Trace[] {
  return legend.flatMap(({ head = '', entries }) =>
    entries.map(({ name, colour, shape = 'disc' }): Trace => ({
      ...points,
      name: plain(name),
      legendgroup: head,
      legendgrouptitle: { text: plain(head) },
      x: [null],
      y: [null],
      z: [null],
      hoverinfo: 'skip',
      showlegend: true,
      marker: { size: 5, color: colourOf(theme, colour), symbol: symbols[shape] },
    })),
  );
}

function stimulusTrace(scores: Scores, theme: Theme): Trace {
  const { looks, colourBy } = scores;
  return {
    ...placed(scores, Array.from(looks.shape.keys())),
    name: 'stimuli',
    showlegend: false,
    hovertemplate: '%{text}<br>%{x:.3f}, %{y:.3f}, %{z:.3f}<extra></extra>',
    marker: {
      size: 2.5,
      opacity: 0.85,
      line: { width: 0 },
      symbol: Array.from(looks.shape, (at) => symbols[markAt(at)]),
      ...(colourBy !== undefined && colourBy.classes === null
        ? {
            color: Array.from(colourBy.values),
            colorscale: colourScale(theme.sequential),
            showscale: true,
            colorbar: colourBar(theme, plain(colourBy.name)),
          }
        : { color: Array.from(looks.colour, (at) => colourOf(theme, { classes: at })) }),
    },
  };
}

/** Rings about what is selected. */
function ringTraces(scores: Scores, theme: Theme): Trace[] {
  if (scores.selected.length === 0) return [];
  const marker = { size: 8, color: theme.foreground, symbol: 'circle-open' };
  const hovertemplate = '%{text}<extra></extra>';
  return [{ ...placed(scores, scores.selected), name: 'selected', hovertemplate, marker }];
}

function placed({ shown, frame, picks }: Scores, stimuli: readonly number[]) {
  const { pca } = shown.layer;
  return {
    ...points,
    text: stimuli.map((i) => plain(stimulusName(shown.stimuli, i))),
    customdata: [...stimuli],
    x: component(frame, pca, picks.x, stimuli),
    y: component(frame, pca, picks.y, stimuli),
    z: component(frame, pca, picks.z, stimuli),
  };
}
