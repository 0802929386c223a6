import { doneReplicates, findingsOf } from '../../../src/analysis/findings';
import { placeOf } from '../../../src/core/values';
import { own } from '../../../src/protocol/own';
import type { NetworkResults, ReplicateInfo } from '../../../src/protocol/results';
import type { LegendEntry, Line, Panel, Picture } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import type { View } from '../panel';
import { measuresNamed } from '../says';
import { shortEpoch } from '../selectors';
import type { Table } from '../table';
import { meanOf, sharedBy, timeOf } from './time-axis';

/** Each model alone, and with the others held. */
const MEASURES = [
  { measure: 'partialRsa', words: 'others held', dash: [] },
  { measure: 'rsaOfModel', words: 'alone', dash: [3, 4] },
] as const;

type Read = (measure: string, site: string, model: string, seed: number, step: number) => number | null;

/** What is drawn of a network. */
interface Course {
  readonly models: readonly string[];
  readonly sites: readonly string[];
  readonly done: readonly ReplicateInfo[];
  readonly read: Read;
}

/** How far each layer has the RDMs of models that the file makes, over training; null where it makes none. */
export function modelsOverTraining(
  { results, replicate: { point } }: View,
  network: NetworkResults,
): FigureContent | null {
  if (!own(results.measures, 'rsaOfModel')) return null;
  const { values } = findingsOf(results);
  const done = doneReplicates(network, point);
  const rows = [...values.rows({ measure: ['rsaOfModel'], source: [network.name] })];
  const models = [...new Set(rows.map(({ label = '' }) => label))];
  const shared = sharedBy(done);
  if (shared.length < 2 || models.length === 0) return null;
  const course: Course = {
    ...{ models, sites: network.layers.map(({ name }) => name), done },
    read: (measure, site, label, seed, step) =>
      values.at({
        ...{ measure, site, label, checkpoint: String(step) },
        ...placeOf({ source: network.name, point, seed }),
      })?.value ?? null,
  };
  return {
    chart: pictureChart(() => picture(course)),
    description: `How far the RDM of each layer of ${network.name} is that of ${models.join(' and of ')}, over ${plural(shared.length, 'checkpoint')}.`,
    caption: `${network.name}, every layer: similarity of its RDM with each model RDM alone (dotted), and with the others held (partial RSA, solid). Thin lines: each of ${plural(done.length, 'replicate')}; thick lines: their mean. Below 0 with the others held: what the layer shares with the others is not of this one. Epoch 0 (the initial weights) stands at the left end of the logarithmic axis.`,
    table: tableOf(course),
    says: measuresNamed(results, 'rsaOfModel', 'partialRsa'),
  };
}

function tableOf({ models, sites, done, read }: Course): Table {
  return {
    columns: [
      ...['layer', 'seed', 'step', 'epoch'],
      ...models.flatMap((model) => MEASURES.map(({ words }) => `${model}, ${words}`)),
    ],
    rows: sites.flatMap((site) =>
      done.flatMap(({ seed, checkpoints }) =>
        checkpoints.map(({ step, epoch }) => [
          ...[site, seed, step, epoch],
          ...models.flatMap((model) => MEASURES.map(({ measure }) => read(measure, site, model, seed, step))),
        ]),
      ),
    ),
  };
}

/** A small picture of each layer. */
function picture(course: Course): Picture {
  const { models, sites, done } = course;
  const time = timeOf(done, true);
  const all = sites.map((site) => ({ site, lines: linesOf(course, site, time.x) }));
  const numbers = all.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ y }) => y ?? 0)));
  const range = [Math.min(-0.1, ...numbers) - 0.03, Math.max(0.1, ...numbers) + 0.03] as const;
  const zero: Line = {
    ...{ kind: 'line', name: 'none', colour: 'muted', width: 1 },
    points: time.axis.range.map((x) => ({ x, y: 0 })),
  };
  const entries = models.flatMap((model, at) =>
    MEASURES.map(({ words, dash }): LegendEntry => ({
      ...{ name: `${model}, ${words}`, colour: { classes: at }, dash: [...dash] },
    })),
  );
  return {
    panels: all.map(({ site, lines }): Panel => ({
      title: site,
      plots: [{ x: time.axis, y: { title: 'RSA', range }, height: 150, marks: [zero, ...lines] }],
    })),
    panelWidth: { least: 220, most: 420 },
    legend: [{ entries }],
  };
}

/** Of each model and measure a line of each replicate, and of their mean. */
function linesOf({ models, done, read }: Course, site: string, x: (epoch: number) => number): Line[] {
  const wanted = models.flatMap((model, at) => MEASURES.map((one) => ({ model, at, ...one })));
  return wanted.flatMap(({ model, at, measure, words, dash }): Line[] => {
    const look = {
      kind: 'line',
      name: `${model}, ${words}`,
      colour: { classes: at },
      dash: [...dash],
    } as const;
    const single = done.map(({ seed, checkpoints }): Line => ({
      ...{ ...look, width: 0.75, opacity: 0.6 },
      points: checkpoints.map(({ step, epoch }) => ({
        ...{ x: x(epoch), y: read(measure, site, model, seed, step) },
        note: `seed ${seed}, epoch ${shortEpoch(epoch)}`,
      })),
    }));
    const points = sharedBy(done).map(({ step, epoch }) => ({
      ...{ x: x(epoch), y: meanOf(done.map(({ seed }) => read(measure, site, model, seed, step))) },
      note: `mean, epoch ${shortEpoch(epoch)}`,
    }));
    return [...(done.length > 1 ? single : []), { ...look, width: 2.25, points }];
  });
}
