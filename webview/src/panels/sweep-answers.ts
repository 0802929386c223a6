import { findingsOf } from '../../../src/analysis/findings';
import { own } from '../../../src/protocol/own';
import { resultsAt } from '../../../src/protocol/results-at';
import type { AskedResults, Interval, Results } from '../../../src/protocol/results';
import { settingNames } from '../../../src/protocol/setting-text';
import { intervalCell } from '../cell';
import { pictureChart } from '../charts/picture-chart';
import { sweepPicture, type SweepPanel, type SweepSeries } from '../charts/sweep-picture';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import type { Choice } from '../panel';
import { measuresNamed } from '../says';
import { groupsOf, stepsOf, type SweptMeasure } from './sweep-rows';

/** What networks do. */
const ANSWERS = [
  { measure: 'accuracy', name: 'likeliest answer' },
  { measure: 'sampledAccuracy', name: 'drawn at temperature 1' },
] as const;

/** How networks answer an evaluation set at the points of a sweep. */
interface Answers {
  readonly networks: readonly string[];
  /** What is known without a network, by name. */
  readonly known: readonly string[];
  score(name: string, point: number): number | null;
  mean(network: string, measure: string, point: number): Interval | undefined;
}

/**
 * How an evaluation set is answered against a setting, in one picture with what a table of counts would answer, and what one would score who knew less; undefined where nothing is asked.
 *
 * @param named the set; the first where there is none of that name
 */
export function answersAgainst(
  whole: Results,
  swept: SweptMeasure,
  named: string,
): FigureContent | undefined {
  const { sweep, setting } = swept;
  const set = setNamed(whole, named);
  if (set === undefined) return undefined;
  const answers = answersTo(whole, set);
  const { networks, known } = answers;
  const settings = settingNames(sweep.settings);
  const against = settings[setting] ?? '';
  return {
    title: `Answers to ${set} against ${against}`,
    says: measuresNamed(whole, 'accuracy', 'sampledAccuracy'),
    chart: pictureChart(() =>
      sweepPicture({
        panels: panelsOf(swept, answers),
        names: [...ANSWERS.map(({ name }) => name), ...known],
        measure: 'Share of right answers',
        range: [0, 1.02],
      }),
    ),
    description: `How “${set}” is answered at ${plural(stepsOf(sweep, setting).length, 'value')} of ${against}.`,
    caption: `Share of the documents of “${set}” that are answered rightly, at every value of ${sweep.settings[setting] ?? ''}: by the likeliest answer, and on average by answers that are drawn by their probability. Means over replicates with ${Math.round(100 * whole.confidence)} % intervals; small dots: each replicate. Lines without dots are known without a network: what counting the training documents that begin alike would score, and what one would who knew only what the legend says.`,
    table: {
      columns: [...settings, 'network', 'answers', 'share'],
      rows: sweep.points.flatMap(({ values }, point) =>
        networks.flatMap((network) => [
          ...ANSWERS.map(({ name, measure }) => [
            ...[...values, network, name],
            intervalCell(answers.mean(network, measure, point)),
          ]),
          ...known.map((name) => [...values, network, name, answers.score(name, point)]),
        ]),
      ),
    },
  };
}

/** The evaluation set of this name; the first where there is none of it. */
export function setNamed({ asked = {} }: Results, named: string): string | undefined {
  return own(asked, named) ? named : Object.keys(asked)[0];
}

/** The networks that answer by themselves. */
export function learnedFrom({ networks }: Results): string[] {
  return networks.flatMap(({ name, recorded }) => (recorded === true ? [] : [name]));
}

/** Which evaluation set is looked at, where there are several. */
export const setChoice: Choice<string, unknown> = {
  initial: '',
  label: 'Evaluation set',
  options: (_, { whole: { asked = {} } }) => {
    const sets = Object.entries(asked);
    return sets.length < 2
      ? []
      : sets.map(([label, { says }], at) => ({ value: at === 0 ? '' : label, label, hint: says }));
  },
};

function answersTo(whole: Results, set: string): Answers {
  const findings = findingsOf(whole);
  const scores = (whole.sweep?.points ?? []).map((_, point) => {
    const asked = own(resultsAt(whole, point).asked ?? {}, set);
    return asked ? scoresOf(asked) : new Map<string, number>();
  });
  return {
    networks: learnedFrom(whole),
    known: [...new Set(scores.flatMap((of) => [...of.keys()]))],
    score: (name, point) => scores[point]?.get(name) ?? null,
    mean: (network, measure, point) => findings.mean(network, measure, { point, label: set }),
  };
}

/** A small picture for each network and each combination of what else is varied. */
function panelsOf({ sweep, varied, setting }: SweptMeasure, answers: Answers): SweepPanel[] {
  const { networks, known } = answers;
  const steps = stepsOf(sweep, setting);
  const groups = groupsOf(
    sweep,
    varied.filter((at) => at !== setting),
  );
  return networks.flatMap((network) =>
    groups.map(({ name: note, points }) => {
      const at = steps.map((step) => points.find((point) => sweep.points[point]?.values[setting] === step));
      const series = (
        name: string,
        colour: number,
        read: (point: number) => Interval | null,
      ): SweepSeries => ({
        ...{ name, colour, accuracy: null, chance: [] },
        measured: at.map((point) => (point === undefined ? null : read(point))),
      });
      return {
        ...{ title: network, note, setting: settingNames(sweep.settings)[setting] ?? '', steps },
        series: [
          ...known.map((name, i) => ({
            ...series(name, ANSWERS.length + i, (point) => alone(answers.score(name, point))),
            reference: true,
          })),
          ...ANSWERS.map(({ name, measure }, i) =>
            series(name, i, (point) => answers.mean(network, measure, point) ?? null),
          ),
        ],
      };
    }),
  );
}

/** Scores that are known without a network, by what is known. */
function scoresOf({ floors, ceiling, counted }: AskedResults): Map<string, number> {
  const scores = new Map<string, number>();
  if (counted) {
    scores.set('table of counts, likeliest', counted.greedy);
    scores.set('table of counts, drawn', counted.sampled);
  }
  for (const { name, score } of [...floors, ...(ceiling ? [ceiling] : [])]) scores.set(name, score);
  return scores;
}

/** What is known without replicates. */
export function alone(mean: number | null): Interval {
  return { mean, low: null, high: null, kind: 'none', n: 1, values: [] };
}
