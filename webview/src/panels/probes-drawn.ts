import { doneReplicates, findingsOf } from '../../../src/analysis/findings';
import { confidenceText, percent } from '../../../src/formats/percent';
import { layerWords } from '../../../src/protocol/measure-names';
import { againstOf, againstPart, probeMeasureName, type ProbePart } from '../../../src/protocol/probe-words';
import type { Interval } from '../../../src/protocol/results';
import { intervalCell } from '../cell';
import type { Line, Picture } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import { sweepPicture } from '../charts/sweep-picture';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import { measuresNamed } from '../says';
import { type ProbesLook, theProbe } from './probes-look';

/** What is held against each other, in the colours of the figures by layer. */
const series: readonly { readonly name: string; readonly part: ProbePart }[] = [
  { name: 'trained', part: 'conflict' },
  { name: 'initial weights', part: 'conflict.untrained' },
  { name: 'inputs', part: 'conflict.inputs' },
];

/** Two labels of a conflict; `fixed` is how often the second predicts a label that is drawn, and the numbers how often the first does. */
interface Conflict {
  readonly pair: readonly [string, string];
  readonly drawn?: { readonly fixed: number; readonly predictivities: readonly number[] };
}

/** The conflicts of a run, as they stand in the table: the label first that the file names first. */
export function conflictsOf({ view: { results }, network, kind }: ProbesLook): Conflict[] {
  const findings = findingsOf(results);
  const measure = probeMeasureName(kind, 'conflict');
  const site = network.layers[0]?.name;
  const names: ReadonlySet<string> = new Set(results.labels.map(({ name }) => name));
  const found = new Map<string, Conflict>();
  for (const label of findings.labels(network.name, measure, site))
    for (const part of findings.parts(network.name, measure, site)) {
      if (findings.mean(network.name, measure, { site, label, part }) === undefined) continue;
      const { other, drawn } = againstOf(part, names);
      // Each stands there twice: once for each of its labels.
      if (found.has(JSON.stringify([other, label, drawn?.own]))) continue;
      const key = JSON.stringify([label, other, drawn?.other]);
      const known = found.get(key)?.drawn?.predictivities ?? [];
      found.set(key, {
        pair: [label, other],
        ...(drawn ? { drawn: { fixed: drawn.other, predictivities: [...known, drawn.own] } } : {}),
      });
    }
  return [...found.values()];
}

type Drawn = Pick<Conflict, 'pair'> & NonNullable<Conflict['drawn']>;

/** @param p of the first label @param q of the second */
type Read = (part: ProbePart, pair: Conflict['pair'], p: number, q: number) => Interval | null;

/** Which of two labels is followed where they conflict, against how often the first predicts the label that is decoded; undefined where no label was drawn. */
export function againstPredictivity(
  look: ProbesLook,
  conflicts: readonly Conflict[],
): FigureContent | undefined {
  const { view, network, kind } = look;
  const { results, replicate, layer } = view;
  const findings = findingsOf(results);
  const drawn = conflicts.flatMap(({ pair, drawn: one }) => (one ? [{ pair, ...one }] : []));
  if (drawn.length === 0) return undefined;
  const meanOf: Read = (part, [label, other], p, q) =>
    findings.mean(network.name, probeMeasureName(kind, part), {
      ...{ point: replicate.point, site: layer, label, part: againstPart(other, p, q) },
    }) ?? null;
  const shown = drawn.map((one) => ({
    ...one,
    predictivities: one.predictivities.toSorted((a, b) => a - b),
  }));
  const done = doneReplicates(network, replicate.point);
  const [{ pair, fixed, predictivities }] = shown;
  const first = findings.at({ ...replicate, seed: done[0]?.seed ?? 0 }, probeMeasureName(kind, 'conflict'), {
    site: layer,
    label: pair[0],
    part: againstPart(pair[1], predictivities[0], fixed),
  });
  return {
    chart: pictureChart(() => pictureOf(shown, meanOf)),
    title: 'Conflicts against predictivity',
    description: `${plural(shown.length, 'pair')} of labels in conflict, against how often the first predicts what ${theProbe(look)} is fitted on, in ${layer} of ${network.name}.`,
    caption: `${network.name}, ${layerWords(layer)}: ${theProbe(look)} is fitted on a label that is drawn, which two others predict so often, independently of each other given it. Share of the test stimuli for which these two disagree that it decides by the first; 0: by the second. Means over ${plural(done.length, 'replicate')} (each with a label of its own; from the inputs all with one) with ${confidenceText(results.confidence)} intervals; dots: each. Grey: who always goes by the better predictor.${first?.why === undefined ? '' : ` ${first.why}`}`,
    table: {
      columns: ['label', 'against', 'predictivity', 'of the other', ...series.map(({ name }) => name)],
      rows: shown.flatMap(({ pair, fixed, predictivities }) =>
        predictivities.map((p) => [
          ...[...pair, p, fixed],
          ...series.map(({ part }) => intervalCell(meanOf(part, pair, p, fixed) ?? undefined)),
        ]),
      ),
    },
    says: measuresNamed(results, probeMeasureName(kind, 'conflict')),
  };
}

function pictureOf(drawn: readonly Drawn[], meanOf: Read): Picture {
  const pictures = drawn.map(({ pair, fixed, predictivities }) =>
    sweepPicture({
      panels: [
        {
          title: `${pair[0]} against ${pair[1]}`,
          note: `${pair[1]} predicts the label in ${percent(fixed)}`,
          setting: `predictivity of ${pair[0]}`,
          steps: predictivities.map(String),
          series: series.map(({ name, part }, colour) => ({
            ...{ name, colour, accuracy: null, chance: [] },
            measured: predictivities.map((p) => meanOf(part, pair, p, fixed)),
          })),
          lines: [best(predictivities, fixed)],
        },
      ],
      measure: `follows ${pair[0]}`,
      names: series.map(({ name }) => name),
      range: [-0.02, 1.02],
    }),
  );
  return {
    panels: pictures.flatMap(({ panels }) => panels),
    panelWidth: { least: 280, most: 560 },
    legend: [
      {
        entries: [
          ...(pictures[0]?.legend?.[0]?.entries ?? []),
          { name: 'the better predictor', colour: 'muted', dash: [1.5, 4] },
        ],
      },
    ],
  };
}

/** Who goes by the better predictor: the second up to where both predict as often, from there on the first. */
function best(predictivities: readonly number[], fixed: number): Line {
  const [low, high] = [predictivities[0] ?? 0, predictivities.at(-1) ?? 1];
  const turn = Math.min(high, Math.max(low, fixed));
  const note = 'the better predictor';
  const points = [
    ...(low < fixed ? [low, turn].map((x) => ({ x, y: 0, note })) : []),
    ...(high > fixed ? [turn, high].map((x) => ({ x, y: 1, note })) : []),
  ];
  return { kind: 'line', name: note, colour: 'muted', dash: [1.5, 4], width: 1.5, points };
}
