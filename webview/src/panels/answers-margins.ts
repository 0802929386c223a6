import { findingsOf } from '../../../src/analysis/findings';
import { decimals } from '../../../src/formats/fixed';
import { marginCorrelation, marginOfAnswer } from '../../../src/protocol/answer-words';
import { own } from '../../../src/protocol/own';
import { resultsAt } from '../../../src/protocol/results-at';
import type { Interval, Results } from '../../../src/protocol/results';
import { type Cell, intervalCell } from '../cell';
import type { Line, Panel, Picture, Points, Range } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { NO_VALUE } from '../number';
import { measuresNamed } from '../says';
import { learnedFrom } from './sweep-answers';
import { sweptPoints } from './sweep-rows';

/** A document: by how much votes and logits are for the right token. */
interface Margins {
  readonly document: number;
  readonly votes: number;
  readonly logits: number;
}

/** The margins at a point of a network, and their correlation. */
interface Shown {
  readonly network: string;
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly all: readonly Margins[];
  readonly r: Interval | undefined;
}

/** By how much the right answer is ahead in the logits, against by how much in the votes, a point a document; undefined where that is not measured. */
export function marginsOf(whole: Results, set: string): FigureContent | undefined {
  const shown = shownMargins(whole, set);
  if (shown.every(({ all }) => all.length === 0)) return undefined;
  const seeds = shown.reduce((most, { r }) => Math.max(most, r?.values.length ?? 0), 0);
  const ofPoints = whole.sweep !== undefined;
  return {
    title: `Margins of answers to ${set}, and of votes`,
    says: measuresNamed(whole, marginOfAnswer, marginCorrelation),
    chart: pictureChart(() => pictureOf(shown, set)),
    description: shown.map(({ network, name, r }) => `${network} ${name}: r ${inWords(r)}.`).join(' '),
    caption: `Each document of “${set}”: by how much the logit of the right token is above all others (mean over replicates), against by how much the votes for it are: ln of those for it less ln of the most for another, half a vote added to each. Above 0 the likeliest answer is right; right of 0 the plurality is. On the dashed line the network says each as often as it was said. r: correlation over documents, its mean over ${seeds} replicates with its ${Math.round(100 * whole.confidence)} % interval.`,
    table: {
      columns: [
        ...[...(ofPoints ? ['point'] : []), 'network', 'correlation'],
        ...Array.from({ length: seeds }, (_, at) => `replicate ${at + 1}`),
      ],
      rows: shown.map(({ network, name, r }): Cell[] => [
        ...[...(ofPoints ? [name] : []), network, intervalCell(r)],
        ...Array.from({ length: seeds }, (_, at) => r?.values[at] ?? null),
      ]),
    },
  };
}

/** By network and point. */
export function shownMargins(whole: Results, set: string): Shown[] {
  const findings = findingsOf(whole);
  return learnedFrom(whole).flatMap((network) =>
    sweptPoints(whole).map(({ point, ...words }) => {
      const votes = own(resultsAt(whole, point).asked ?? {}, set)?.counted?.margins ?? [];
      const all = votes.flatMap((one, at): Margins[] => {
        const document = at + 1;
        const where = { point, label: set, part: String(document) };
        const logits = findings.mean(network, marginOfAnswer, where)?.mean ?? null;
        return one === null || logits === null ? [] : [{ document, votes: one, logits }];
      });
      return { network, ...words, all, r: findings.mean(network, marginCorrelation, { point, label: set }) };
    }),
  );
}

function pictureOf(shown: readonly Shown[], set: string): Picture {
  const every = shown.flatMap(({ all }) => all);
  const ranges = {
    x: around(every.map(({ votes }) => votes)),
    y: around(every.map(({ logits }) => logits)),
  };
  const hasSeveral = new Set(shown.map(({ network }) => network)).size > 1;
  return {
    panels: shown.map(({ network, title, note, all, r }): Panel => {
      const said = [...(hasSeveral ? [network] : []), note, `r ${inWords(r)}`].filter(Boolean).join(', ');
      return {
        ...(title === '' ? { title: said } : { title, note: said }),
        plots: [
          {
            x: { title: 'Margin of votes (ln)', range: ranges.x },
            y: { title: 'Margin of logits (nats)', range: ranges.y },
            height: 190,
            marks: [...lines(ranges), pointsOf(all, set)],
          },
        ],
      };
    }),
    panelWidth: { least: 215, most: 300 },
    legend: [
      {
        entries: [
          { name: 'a document, mean over replicates', colour: { classes: 0 }, shape: 'disc' },
          { name: EVEN, colour: 'foreground', dash: [4, 3] },
        ],
      },
    ],
  };
}

const EVEN = 'each as likely as it was said';

function pointsOf(all: readonly Margins[], set: string): Points {
  return {
    ...{ kind: 'points', colour: { classes: 0 }, shape: 'disc', radius: 2.6, opacity: 0.55 },
    x: all.map(({ votes }) => votes),
    y: all.map(({ logits }) => logits),
    says: (at) => {
      const { document = 0, votes = 0, logits = 0 } = all[at] ?? {};
      return [`document ${document} of ${set}`, `votes ${decimals(votes, 2)}, logits ${decimals(logits, 2)}`];
    },
  };
}

function inWords(r: Interval | undefined): string {
  const { mean = null, low = null, high = null } = r ?? {};
  if (mean === null) return NO_VALUE;
  const ends = low === null || high === null ? '' : ` [${decimals(low, 2)}, ${decimals(high, 2)}]`;
  return `${decimals(mean, 2)}${ends}`;
}

/** Where neither is ahead, and where both are so by as much. */
function lines({ x, y }: { x: Range; y: Range }): Line[] {
  const both: Range = [Math.max(x[0], y[0]), Math.min(x[1], y[1])];
  const zero = { kind: 'line', colour: 'muted', width: 1 } as const;
  return [
    { ...zero, name: 'neither is ahead in the votes', points: y.map((at) => ({ x: 0, y: at })) },
    { ...zero, name: 'neither is ahead in the logits', points: x.map((at) => ({ x: at, y: 0 })) },
    {
      ...{ kind: 'line', name: EVEN, colour: 'foreground', width: 1.2, dash: [4, 3] },
      points: both.map((at) => ({ x: at, y: at })),
    },
  ];
}

function around(values: readonly number[]): Range {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = 0.05 * (high - low || 1);
  return [low - room, high + room];
}
