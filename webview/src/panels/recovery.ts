import { isSame, type Replicate, replicateKey } from '../../../src/core/replicate';
import { type Mark as Shape, markAt } from '../../../src/formats/marks';
import {
  type RecoveredPart,
  type Recovery,
  type RecoveryDetail,
  recoveryScores,
  type RecoveryScores,
} from '../../../src/protocol/recovery';
import type { Axis, Colour, Mark, Panel as Small, Picture } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural, shown } from '../number';
import { type Answers, type Option, type Query, type View, withoutPicture } from '../panel';
import { replicateTitle } from '../replicate-name';
import type { ShownReplicate } from './one-replicate';

export const RECOVERY = 'What is recovered in another replicate';

const HEIGHT = 170;
const WIDTH = { least: 300, most: 560 };
/** How far marks of one name stand apart, in pixels. */
const APART = 10;

/** What is drawn of each component and label. */
interface Series {
  readonly name: string;
  readonly look: { readonly colour: Colour; readonly shape: Shape };
  readonly of: (part: RecoveredPart) => number;
}

const scoreNames: Readonly<Record<keyof RecoveryScores, string>> = {
  cka: 'linear CKA',
  procrustes: 'Procrustes',
  ccaSquared: 'mean squared CCA',
};
const series: readonly Series[] = [
  ...recoveryScores.map((score, at) => ({
    name: scoreNames[score],
    look: { colour: { classes: at }, shape: markAt(at) },
    of: ({ shares }: RecoveredPart) => shares[score],
  })),
  {
    name: 'variance of the layer',
    look: { colour: 'muted', shape: 'disc' },
    of: ({ variance }) => variance[0],
  },
];

/** What can be asked for: of all that are finished, or what a report holds. */
function othersOf({ offers, replicate, layer, capabilities }: View): Replicate[] {
  if (capabilities.checkpoints)
    return offers.filter(
      (one) => one.until === undefined && one.point === replicate.point && !isSame(one, replicate),
    );
  const held = offers.find((one) => isSame(one, replicate))?.recovered;
  return held?.layer === layer ? [held.other] : [];
}

/** The finished replicates that it can be recovered in, first another of the same network. */
export function recoveredIn(view: View): Option[] {
  const { results, replicate } = view;
  const others = othersOf(view);
  const byDefault = others.find(({ source }) => source === replicate.source) ?? others[0];
  return others.map((one) => ({
    value: replicateKey(one),
    label: replicateTitle(results, one),
    byDefault: one === byDefault,
  }));
}

/** Null where there is no other, the replicate still trains, or it is an RDM that was brought along. */
export function recoveryQuery(
  view: View,
  { detail, layer }: ShownReplicate,
  chosen: string,
): Query<'recovery'> | null {
  const { source, point, seed, step } = detail;
  const isDone = view.offers.some((one) => isSame(one, detail) && one.until === undefined);
  const other = othersOf(view).find((one) => replicateKey(one) === chosen);
  if (other === undefined || !isDone || layer.units === 0) return null;
  return {
    kind: 'recovery',
    place: { source, point, seed, step, layer: layer.name },
    parameters: { source: other.source, point: other.point, seed: other.seed },
    late: true,
  };
}

/** Which components and labels of the layer each score of two replicates is made of. */
export function recoveryOf(
  answers: Answers,
  view: View,
  shownNow: ShownReplicate,
  query: Query<'recovery'>,
): FigureContent {
  const answer = answers.of(query);
  const failure = answers.failure(query);
  if (answer === undefined)
    return withoutPicture(
      failure === undefined
        ? 'What is recovered is being computed.'
        : `What is recovered could not be computed: ${failure}`,
    );
  if (answer.found === undefined) return withoutPicture(answer.missing ?? 'There is nothing to recover.');
  const { found } = answer;
  const other = `${replicateTitle(view.results, answer.other)}, ${answer.other.layer}`;
  return {
    chart: pictureChart(() => pictureOf(found, other)),
    of: `recovered in ${other}`,
    description: `${plural(found.components.length, 'component')} and ${plural(found.features.length, 'label')} of ${shownNow.name} in ${other}.`,
    caption: captionOf(found, answer, shownNow.name, other),
    table: {
      columns: [
        ...[
          'component or label',
          'dimensions',
          'variance',
          'variance in the other',
          'explained',
          'explained by the other',
        ],
        ...recoveryScores.map((score) => `share of ${scoreNames[score]}`),
        ...recoveryScores.map((score) => `${scoreNames[score]} without it`),
      ],
      rows: [...found.components, ...found.features].map(
        ({ name, dimensions, variance, explained, shares, without }) => [
          ...[name, dimensions, ...variance, ...explained],
          ...recoveryScores.map((score) => shares[score]),
          ...recoveryScores.map((score) => without?.[score] ?? null),
        ],
      ),
    },
  };
}

function captionOf(
  { scores, components, features }: Recovery,
  { n }: RecoveryDetail,
  own: string,
  other: string,
): string {
  const values = recoveryScores
    .map((score) => `${scoreNames[score]} ${shown(scores[score], true)}`)
    .join(', ');
  const [first] = components;
  const lost =
    first === undefined || first.without === null
      ? ''
      : ` Without the first component: ${recoveryScores.map((score) => `${scoreNames[score]} ${shown(first.without?.[score], true)}`).join(', ')}.`;
  return (
    `${own}, recovered in ${other}; ${plural(n, 'test stimulus', 'test stimuli')}. ${values} (of Procrustes the cosine of the angle).${lost} First components: the share of each score that the first components of the layer make, beside their share of its variance; of all components it is 1. ` +
    `Recovered: how much of each component the other layer explains linearly (adjusted R²; 0: no more than noise of as many directions).${features.length === 0 ? '' : ' Labels: the share of each score, and of variance, along what a label tells apart; below 0 it counts against the score.'} In the table: the scores without each.`
  );
}

function pictureOf({ components, features }: Recovery, other: string): Picture {
  const made: Small = {
    title: 'First components: cumulative share',
    plots: [
      {
        ...{ x: namedAxis(components), height: HEIGHT },
        y: shareAxis([0]),
        marks: series.flatMap((one) => cumulative(one, components)),
      },
    ],
  };
  const recovered: Small = {
    title: 'Recovered: adjusted R²',
    plots: [
      {
        ...{ x: namedAxis(components), height: HEIGHT },
        y: shareAxis(components.map(({ explained }) => explained[1] ?? 0)),
        marks: [explainedMark(components, other)],
      },
    ],
  };
  const labels: Small = {
    title: 'Labels: share',
    plots: [
      {
        ...{ x: namedAxis(features), height: HEIGHT },
        y: shareAxis(features.flatMap((part) => series.map(({ of }) => of(part)))),
        marks: series.map((one, at) => ofLabels(one, features, (at - (series.length - 1) / 2) * APART)),
      },
    ],
  };
  return {
    panels: [made, recovered, ...(features.length === 0 ? [] : [labels])],
    panelWidth: WIDTH,
    legend: [{ entries: series.map(({ name, look }) => ({ name, ...look })) }],
  };
}

function cumulative({ name, look, of }: Series, parts: readonly RecoveredPart[]): Mark[] {
  let sum = 0;
  const points = parts.map((part, x) => ({ x, y: (sum += of(part)) }));
  return [
    { kind: 'line', name, colour: look.colour, width: 1.5, opacity: 0.7, points },
    {
      ...{ kind: 'points', ...look, radius: 3.5, rim: true },
      x: points.map(({ x }) => x),
      y: points.map(({ y }) => y),
      says: (at: number) => [
        `First ${plural(at + 1, 'component')}: ${shown(points[at]?.y, true)} of the ${name}`,
      ],
    },
  ];
}

function explainedMark(parts: readonly RecoveredPart[], other: string): Mark {
  const own = parts.flatMap(({ name, explained }, x) =>
    explained[1] === null ? [] : [{ x, y: explained[1], name }],
  );
  return {
    ...{ kind: 'points', colour: 'foreground', shape: 'disc', radius: 4, rim: true },
    x: own.map(({ x }) => x),
    y: own.map(({ y }) => y),
    says: (at: number) => [`${own[at]?.name ?? ''}: ${shown(own[at]?.y, true)} explained by ${other}`],
  };
}

function ofLabels({ name, look, of }: Series, parts: readonly RecoveredPart[], shift: number): Mark {
  return {
    ...{ kind: 'points', ...look, radius: 4, rim: true, shift },
    x: parts.map((_, x) => x),
    y: parts.map(of),
    says: (at: number) => {
      const part = parts[at];
      return part === undefined ? [] : [`${part.name}: ${shown(of(part), true)} of the ${name}`];
    },
  };
}

function namedAxis(parts: readonly RecoveredPart[]): Axis {
  return {
    ...{ title: '', range: [-0.5, parts.length - 0.5] },
    names: parts.map(({ name }, at) => ({ at, name: name.replace(/^PC(?=\d+$)/, 'PC ') })),
  };
}

/** From 0, or from the least of these where that is below, to 1. */
function shareAxis(values: readonly number[]): Axis {
  const low = Math.min(0, ...values);
  return { title: '', range: [low - 0.03, 1.03] };
}
