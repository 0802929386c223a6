import { findingsOf } from '../analysis/findings';
import { approximateMeans } from '../analysis/statistics/interval';
import { fixed } from '../formats/fixed';
import { confidenceText, percent as percentOf } from '../formats/percent';
import { comparisonNames, layerWords } from '../protocol/measure-names';
import { answeredIn } from '../protocol/answered';
import { allRecorded, distancesOf, sourcesOf } from '../protocol/recorded';
import type { Interval, NetworkResults, Results } from '../protocol/results';
import { approximately, remark, type RemarkedMean, remarkedGroup, remarkedMean } from '../formats/remark';
import { visible } from '../formats/visible';
import { aligned } from './text';

/** Pairs of networks that one looks through in a terminal. */
const pairsShown = 24;

/**
 * The table that `repscope analyze` prints: accuracy and variance explained per network, layer and task, each as
 * mean [interval] over replicates; of features, where there are no tasks.
 */
export function resultsTable(results: Results): string {
  const hasTasks = Object.keys(results.tasks).length > 0;
  const tasks = hasTasks ? Object.keys(results.tasks) : results.labels.map(({ name }) => name);
  const rows: string[][] = [['network', 'layer', ...tasks]];
  const findings = findingsOf(results);
  // Of RDMs that are brought along there is none of it.
  const shown = results.networks.filter(
    ({ layers, recorded }) => !recorded || layers.some(({ units }) => units > 0),
  );
  for (const { name, layers, recorded = false } of shown) {
    rows.push([]);
    if (!recorded && !results.asked)
      rows.push([
        name,
        'accuracy',
        ...tasks.map((label) => percent(findings.mean(name, 'accuracy', { label }))),
      ]);
    for (const [at, { name: site }] of layers.entries())
      rows.push([
        (recorded || results.asked) && at === 0 ? name : '',
        site,
        ...tasks.map((label) => share(findings.mean(name, 'varianceExplained', { site, label }))),
      ]);
  }
  const seeds = results.networks.map(replicateCount).join(', ');
  if (shown.length === 0) return [`Replicates: ${visible(seeds)}.`, ...failures(results)].join('\n');
  return [
    ...askedTable(results),
    `${results.asked || results.networks.every(({ recorded }) => recorded) ? 'Share' : `Accuracy on ${results.stimuli.coincide ? 'the whole design, which training shows' : 'fresh stimuli'}, and share`} of variance that each ${hasTasks ? 'task' : 'feature'} explains by layer ` +
      `(mean [${confidenceText(results.confidence)} interval] over seeds)`,
    '',
    ...aligned(rows),
    '',
    `Replicates: ${visible(seeds)}.${legend(rows, approximateMeans)}`,
    ...failures(results),
  ].join('\n');
}

/** How documents are answered, by evaluation set, above what one would score who knew less. */
function askedTable(results: Results): string[] {
  if (!results.asked) return [];
  const sets = answeredIn(results).map(({ name }) => name);
  const findings = findingsOf(results);
  const floors = Object.values(results.asked).map(({ floors: all }) => all);
  const most = Math.max(...floors.map(({ length }) => length));
  const rows = [
    ['network', ...sets, 'loss tokens', 'operations'],
    ...results.networks
      .filter(({ recorded }) => !recorded)
      .map(({ name }) => [
        ...[name, ...sets.map((label) => percent(findings.mean(name, 'accuracy', { label })))],
        ...(['lossTokens', 'trainingOperations'] as const).map((one) =>
          inShort(findings.mean(name, one)?.mean ?? null),
        ),
      ]),
    [],
    ...Array.from({ length: most }, (_, at) => [
      at === 0 ? 'floors' : '',
      ...floors.map((all) => {
        const floor = all[at] as (typeof all)[number] | undefined;
        return floor ? `${percentOf(floor.score, 1)} ${visible(floor.name)}` : '';
      }),
    ]),
  ];
  return [
    `Share of documents that are answered rightly, by evaluation set (mean [${confidenceText(results.confidence)} interval] over seeds)`,
    '',
    ...aligned(rows),
    '',
  ];
}

/** `620K`, `1.28T`. */
function inShort(value: number | null): string {
  return value?.toLocaleString('en', { notation: 'compact', maximumSignificantDigits: 3 }) ?? '';
}

/**
 * The RSA groups of the last hidden layer, first of the matrices; of very many the first ones.
 *
 * @param rest where the others can be read
 */
export function rsaTable(results: Results, rest: string): string {
  const [rsa] = results.rsa;
  if (!rsa) return '';
  const rows = [['pair of networks', 'similarity']];
  for (const group of rsa.groups.slice(0, pairsShown))
    rows.push([`${group.a} – ${group.b}`, format(group, remarkedGroup(group), (value) => fixed(value, 3))]);
  const more = rsa.groups.length - pairsShown;
  return [
    `RSA of ${layerWords(rsa.layer)} (${distancesOf(rsa, sourcesOf(rsa), rsa.layer, results)}, ${comparisonNames[rsa.comparison]}), mean over pairs of ${allRecorded(results) ? 'replicates' : 'seeds'}`,
    '',
    ...aligned(rows),
    ...(legend(rows, approximateMeans) === '' ? [] : ['', `${approximateMeans}.`]),
    ...(more > 0 ? [`and ${more} more pairs of networks, in ${rest}`] : []),
  ].join('\n');
}

/** Why replicates failed, those of a network with the same reason together: steps and epochs do not make another one. */
function failures({ networks }: Results): string[] {
  return networks.flatMap(({ name, replicates }) => {
    const byReason = new Map<string, { reason: string; seeds: number[] }>();
    for (const { seed, status, reason = 'no reason given' } of replicates) {
      if (status !== 'failed') continue;
      const kind = reason.replace(/\d[\d.]*/g, '0');
      const known = byReason.get(kind);
      if (known) known.seeds.push(seed);
      else byReason.set(kind, { reason, seeds: [seed] });
    }
    return [...byReason.values()].map(
      ({ reason, seeds }) =>
        `Failed: ${visible(name)}, ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}: ${visible(reason)}`,
    );
  });
}

function replicateCount(network: NetworkResults): string {
  const done = network.replicates.filter(({ status }) => status === 'done').length;
  return `${network.name} ${done}${done === network.replicates.length ? '' : ` of ${network.replicates.length}`}`;
}

/** What a sign that stands somewhere in the table means. */
function legend(rows: readonly (readonly string[])[], words: string): string {
  return rows.some((row) => row.some((cell) => cell.includes('≈'))) ? ` ${words}.` : '';
}

const percent = (of: Interval | undefined): string =>
  of
    ? format(
        of,
        remarkedMean(of),
        (value) => percentOf(value, 1),
        (value) => percentOf(value, 1).replace(' %', ''),
      )
    : '–';

const share = (of: Interval | undefined): string =>
  of ? format(of, remarkedMean(of), (value) => fixed(value, 3)) : '–';

/** `0.971 [0.953, 0.982]`, with what the mean is of where it is not what one would think. */
function format(
  { mean, low, high }: Pick<Interval, 'mean' | 'low' | 'high'>,
  of: RemarkedMean,
  shown: (value: number) => string,
  end = shown,
): string {
  const said = remark(of);
  return [
    mean === null ? '–' : shown(mean),
    ...(low === null || high === null ? [] : [`${approximately(of)}[${end(low)}, ${end(high)}]`]),
    ...(said === '' ? [] : [`(${said})`]),
  ].join(' ');
}
