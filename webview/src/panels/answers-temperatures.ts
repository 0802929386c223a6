import { findingsOf } from '../../../src/analysis/findings';
import { drawnAccuracy } from '../../../src/protocol/answer-words';
import { own } from '../../../src/protocol/own';
import { resultsAt } from '../../../src/protocol/results-at';
import type { AskedResults, Interval, Results } from '../../../src/protocol/results';
import { type Cell, intervalCell } from '../cell';
import { pictureChart } from '../charts/picture-chart';
import { sweepPicture, type SweepPanel } from '../charts/sweep-picture';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import { measuresNamed } from '../says';
import { alone, learnedFrom } from './sweep-answers';
import { sweptPoints } from './sweep-rows';

/** Temperature 0: the likeliest answer. */
const LIKELIEST = '0';
const NETWORK = 'network';
const TABLE = 'table of counts';

/** How an evaluation set is answered against the temperature at which answers are drawn, beside what a table of counts would answer and what is known without a network: at each point a small picture. */
export function againstTemperature(whole: Results, set: string): FigureContent {
  const findings = findingsOf(whole);
  const networks = learnedFrom(whole);
  const points = sweptPoints(whole);
  const parts = new Set(networks.flatMap((network) => findings.parts(network, drawnAccuracy)));
  const steps = [LIKELIEST, ...[...parts].sort((a, b) => Number(a) - Number(b))];
  const read = (network: string, point: number, step: string): Interval | undefined =>
    step === LIKELIEST
      ? findings.mean(network, 'accuracy', { point, label: set })
      : findings.mean(network, drawnAccuracy, { point, label: set, part: step });
  const askedAt = (point: number): AskedResults | undefined => own(resultsAt(whole, point).asked ?? {}, set);
  const known = [...new Set(points.flatMap(({ point }) => [...knownAt(askedAt(point), steps).keys()]))];
  const shown = networks.flatMap((network) => points.map((at) => ({ network, ...at })));
  const panels = shown.map(({ network, point, title, note }): SweepPanel => {
    const scores = knownAt(askedAt(point), steps);
    return {
      ...{ title, note: [...(networks.length > 1 ? [network] : []), note].filter(Boolean).join(', ') },
      ...{ setting: 'Temperature', steps },
      series: [
        ...known.map((name, i) => ({
          ...{ name, colour: 1 + i, accuracy: null, chance: [], reference: true },
          measured: (scores.get(name) ?? []).map((score) => alone(score)),
        })),
        {
          ...{ name: NETWORK, colour: 0, accuracy: null, chance: [] },
          measured: steps.map((step) => read(network, point, step) ?? null),
        },
      ],
    };
  });
  return {
    title: `Answers to ${set} against temperature`,
    says: measuresNamed(whole, 'accuracy', drawnAccuracy),
    chart: pictureChart(() =>
      sweepPicture({
        ...{ panels, names: [NETWORK, ...known], measure: 'Share of right answers', range: [0, 1.02] },
        panelWidth: { least: 215, most: 300 },
      }),
    ),
    description: `How “${set}” is answered at temperatures ${steps.join(', ')}, ${plural(points.length, 'time')}.`,
    caption: `Share of the documents of “${set}” that are answered rightly by the likeliest answer (temperature 0), and on average by answers that are drawn where logits are divided by the temperature. Means over replicates with ${Math.round(100 * whole.confidence)} % intervals; small dots: each replicate. Lines without dots are known without a network: what counting the training documents that begin alike would score, its counts to the power of 1 / temperature, and what one would who knew only what the legend says.`,
    table: {
      columns: [...(whole.sweep ? ['point'] : []), 'network', 'answers', ...steps.map((step) => `T ${step}`)],
      rows: shown.flatMap(({ network, point, name }): Cell[][] => {
        const head = [...(whole.sweep ? [name] : []), network];
        return [
          [...head, NETWORK, ...steps.map((step) => intervalCell(read(network, point, step)))],
          ...[...knownAt(askedAt(point), steps)].map(([what, scores]) => [...head, what, ...scores]),
        ];
      }),
    },
  };
}

/** What is known without a network, at each temperature. */
function knownAt(asked: AskedResults | undefined, steps: readonly string[]): Map<string, (number | null)[]> {
  const found = new Map<string, (number | null)[]>();
  if (!asked) return found;
  const { counted, floors, ceiling } = asked;
  if (counted?.drawn)
    found.set(TABLE, [
      counted.greedy,
      ...steps
        .slice(1)
        .map((step) => counted.drawn?.find(({ temperature }) => String(temperature) === step)?.share ?? null),
    ]);
  for (const { name, score } of [...floors, ...(ceiling ? [ceiling] : [])])
    found.set(
      name,
      steps.map(() => score),
    );
  return found;
}
