import { amount } from '../counts';
import type { Path } from '../document';
import type { Experiment, Network, Recorded } from '../experiment';
import { quote } from '../names';
import { MAX_WIDTH } from '../networks';
import type { Problems } from '../problems';
import { pointsOf, replicateCount } from '../replicates';

/** More than this in one place is refused. */
const LIMIT = 2 * 2 ** 30;
const FLOAT = 4;
const DOUBLE = 8;
/** Bytes of RDMs that all threads together hold while replicates are compared. */
export const COMPARISON_ROOM = 1e9;
/** Bytes of activations of one replicate that are held at once where it is measured: of larger sites one at a time. */
export const SITE_ROOM = 256e6;
/** Weights, their gradient and two moments of the optimiser. */
const COPIES_IN_TRAINING = 4;
/** Numbers of a unit and a label: four statistics and their p-values. */
const STATISTICS = 8;
/** Each layer is compared by its own metric, by correlation and by Euclidean distances. */
const METRICS = 3;

/** Something that will be held in memory at once. */
interface Holding {
  readonly bytes: number;
  /** `12 × 34 inputs` */
  readonly what: string;
  /** What to lower, in order of preference; the first that the file has is pointed at. */
  readonly paths: readonly Path[];
  readonly lower: string;
}

/** Sizes that would not fit in memory, estimated before anything is allocated. */
export function checkMemory(experiment: Experiment, problems: Problems): void {
  const stimuli = stimuliHoldings(experiment);
  const reported = new Set<string>();
  report(stimuli, 'The stimuli', reported, problems);
  // Widths that no layer can have are reported where they stand.
  const networks = experiment.networks.filter(({ sites }) => sites.every(({ units }) => units <= MAX_WIDTH));
  for (const network of networks)
    report(networkHoldings(experiment, network), `Network ${quote(network.name)}`, reported, problems);
  for (const recorded of experiment.recordings ?? [])
    report(recordedHoldings(experiment, recorded), `Recording ${quote(recorded.name)}`, reported, problems);
  report(rdmHoldings(experiment), 'Comparing RDMs', reported, problems);
  report(resultHoldings({ ...experiment, networks }), 'The results', reported, problems);
}

/** Bytes that one thread of a run holds at once: the stimuli and the largest of the networks. */
export function threadBytes(experiment: Experiment): number {
  return Math.max(...pointsOf(experiment).map(bytesAtPoint));
}

function bytesAtPoint(experiment: Experiment): number {
  const sum = (holdings: readonly Holding[]): number =>
    holdings.reduce((total, holding) => total + holding.bytes, 0);
  const sources = [
    ...experiment.networks.map((network) => networkHoldings(experiment, network)),
    ...(experiment.recordings ?? []).map((recorded) => recordedHoldings(experiment, recorded)),
  ];
  return sum(stimuliHoldings(experiment)) + Math.max(...sources.map(sum));
}

/** One problem where the holdings do not fit together, at the largest of them. */
function report(holdings: readonly Holding[], who: string, reported: Set<string>, problems: Problems): void {
  const total = holdings.reduce((sum, holding) => sum + holding.bytes, 0);
  // Sizes that are no numbers are reported where they stand.
  if (!(total > LIMIT)) return;
  const largest = holdings.reduce((most, holding) => (holding.bytes > most.bytes ? holding : most));
  const path = largest.paths.find((one) => problems.document.find(one)) ?? largest.paths[0];
  const key = JSON.stringify(path);
  if (reported.has(key)) return;
  reported.add(key);
  const message = `${who} would take about ${bytes(total)} of memory (${largest.what}: ${bytes(largest.bytes)}), more than ${bytes(LIMIT)}. Lower ${largest.lower}.`;
  problems.error('too-large', message, problems.document.valueSpan(path));
}

function stimuliHoldings({ stimuli, tasks }: Experiment): Holding[] {
  const { counts, features, inputUnits, embedding } = stimuli;
  const total = counts.train + counts.fit + counts.test;
  const before = features.reduce((last, feature) => Math.max(last, feature.inputRange[1]), 0);
  const labels = features.reduce((sum, feature) => sum + feature.width, tasks.length);
  const largest = counts.test > counts.train ? 'test' : counts.fit > counts.train ? 'fit' : 'train';
  const paths = [
    ['stimuli', largest],
    ['stimuli', 'enumerate'],
    ['stimuli', 'features'],
  ];
  const holdings: Holding[] = [
    {
      bytes: total * inputUnits * FLOAT,
      what: `${amount(total)} stimuli × ${amount(inputUnits)} inputs`,
      paths,
      lower: `'${largest}' or the units of the features`,
    },
    {
      bytes: total * labels * FLOAT,
      what: `${amount(total)} stimuli × ${amount(labels)} values and labels`,
      paths,
      lower: `'${largest}' or the number of bits`,
    },
  ];
  if (embedding) {
    const path = ['stimuli', 'embedding', 'units'];
    holdings.push({
      bytes: before * embedding.units * FLOAT,
      what: `an embedding of ${amount(before)} × ${amount(embedding.units)} weights`,
      paths: [path],
      lower: "the embedding's 'units'",
    });
  }
  for (const { name, encoding, units, values, width, kind } of features) {
    if (encoding !== 'projection') continue;
    const rows = kind === 'binary' || kind === 'categorical' ? values.length : width;
    holdings.push({
      bytes: rows * units * FLOAT,
      what: `a projection of ${amount(rows)} × ${amount(units)} weights`,
      paths: [['stimuli', 'features', name, 'units']],
      lower: `'units' of feature ${quote(name)}`,
    });
  }
  return holdings;
}

/** The answers of all sites to the fit and test stimuli, of one where not all are held, and one site of all rows as it is read. */
function recordedHoldings({ stimuli }: Experiment, recorded: Recorded): Holding[] {
  const { name, sites, replicates } = recorded;
  if (recorded.rdms) return rdmFileHoldings(stimuli, recorded);
  const { fit, test } = stimuli.counts;
  const all = sites.reduce((sum, site) => sum + site.units, 0);
  const widest = Math.max(...sites.map((site) => site.units));
  const units = (fit + test) * all * FLOAT > SITE_ROOM ? widest : all;
  const rows = Math.max(...replicates.map((one) => one.rows.reduce((sum, { length }) => sum + length, 0)));
  const paths = [['recordings', name, 'files']];
  return [
    {
      bytes: (fit + test) * units * FLOAT,
      what: `${amount(fit + test)} stimuli × ${amount(units)} units`,
      paths,
      lower: 'its units, or the stimuli of the table',
    },
    {
      bytes: rows * widest * (FLOAT + DOUBLE),
      what: `${amount(rows)} rows × ${amount(widest)} units as they are read`,
      paths,
      lower: 'its units',
    },
  ];
}

/** All RDMs of a file are read together. */
function rdmFileHoldings({ table }: Experiment['stimuli'], { name, replicates }: Recorded): Holding[] {
  const rows = table?.ids.length ?? 0;
  return [
    {
      bytes: 2 * replicates.length * rows ** 2 * DOUBLE,
      what: `${replicates.length} RDMs of ${amount(rows)} stimuli as they are read`,
      paths: [['recordings', name, 'rdms']],
      lower: 'its stimuli or RDMs, or put them into several files',
    },
  ];
}

function networkHoldings(
  { stimuli }: Experiment,
  { name, kind, sites, parameters, workingBytes, training }: Network,
): Holding[] {
  const { counts, inputUnits } = stimuli;
  const widths = sites.map(({ units }) => units);
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { checkpoints, totalSteps, batchSize, phases } = training;
  const listed =
    typeof checkpoints === 'number' ? Math.min(checkpoints, totalSteps + 1) : checkpoints.length + 2;
  const kept = listed + phases.filter(({ until }) => until).length;
  const own = ['networks', name];
  const layers = [[...own, 'network', kind], ['network', kind], own];
  return [
    {
      bytes: parameters * COPIES_IN_TRAINING * FLOAT,
      what: `${amount(parameters)} weights in training`,
      paths: layers,
      lower: `'${kind}'`,
    },
    {
      bytes: parameters * kept * FLOAT,
      what: `${amount(parameters)} weights × ${kept} checkpoints`,
      paths: [[...own, 'training', 'checkpoints'], ['training', 'checkpoints'], ...layers],
      lower: `'checkpoints' or '${kind}'`,
    },
    workingBytes === undefined
      ? {
          bytes: 2 * batchSize * (units + inputUnits) * FLOAT,
          what: `a batch of ${amount(batchSize)} × ${amount(units)} units, twice`,
          paths: [[...own, 'training', 'batchSize'], ['training', 'batchSize'], ...layers],
          lower: `'batchSize' or '${kind}'`,
        }
      : {
          bytes: workingBytes,
          what: `${amount(units)} units of each token of the documents that pass at once, and where they attend to`,
          paths: layers,
          lower: `'${kind}', or ask for shorter documents`,
        },
    {
      bytes: (counts.fit + counts.test) * units * FLOAT,
      what: `activations of ${amount(counts.fit + counts.test)} stimuli × ${amount(units)} units`,
      paths: [['stimuli', counts.fit > counts.test ? 'fit' : 'test'], ...layers],
      lower: `'${counts.fit > counts.test ? 'fit' : 'test'}' or '${kind}'`,
    },
    {
      bytes: Math.max(...widths) ** 2 * 2 * FLOAT,
      what: `covariances of ${amount(Math.max(...widths))} units, twice`,
      // The readout of who says tokens is as wide as there are different ones.
      ...(stimuli.documents && widths.at(-1) === Math.max(...widths)
        ? { paths: [['stimuli', 'documents']], lower: 'the number of different tokens' }
        : { paths: layers, lower: `'${kind}'` }),
    },
  ];
}

/** RSA compares the RDMs of one layer in blocks of replicates, and each with the RDMs of all labels. */
function rdmHoldings({ stimuli, tasks, analyses, ...listed }: Experiment): Holding[] {
  const { over, comparison } = analyses.rdm;
  if (over === 'conditions') return [];
  const pairs = (stimuli.counts.test * (stimuli.counts.test - 1)) / 2;
  const replicates = replicateCount(listed);
  const one = pairs * DOUBLE;
  const held = Math.min(replicates, Math.max(1, Math.floor(COMPARISON_ROOM / one)));
  const labels = stimuli.features.length + tasks.length;
  const lower = '\'test\', or set "over": "conditions" in \'analyses.rdm\'';
  const paths = [['stimuli', 'test'], ['stimuli']];
  const holding = (count: number, what: string): Holding => ({
    bytes: count * one,
    what: `${amount(pairs)} pairs of test stimuli × ${what}`,
    paths,
    lower,
  });
  return [
    holding(held, held < replicates ? `${held} of ${amount(replicates)} replicates` : `${held} replicates`),
    holding(labels, `${labels} labels`),
    // Ranking takes five more of its size: a number, and two entries of twice that.
    holding(comparison === 'pearson' ? 2 : 7, 'an RDM in the making'),
  ];
}

/** What grows with the number of replicates: their statistics of units, and the similarity of every two of them. */
function resultHoldings({ networks, seeds, analyses, recordings = [] }: Experiment): Holding[] {
  const units = networks.reduce((sum, { sites }) => sites.reduce((all, site) => all + site.units, sum), 0);
  const recorded = recordings.reduce(
    (sum, { sites, replicates: all }) => sum + all.length * sites.reduce((some, one) => some + one.units, 0),
    0,
  );
  const replicates = replicateCount({ networks, seeds, recordings });
  const layers = Math.max(...[...networks, ...recordings].map(({ sites }) => sites.length));
  const labels = analyses.selectivity.labels.length;
  const paths = [['seeds'], ['networks']];
  return [
    {
      bytes: (seeds * units + recorded) * labels * STATISTICS * DOUBLE,
      what: `${amount(replicates)} replicates, ${amount(seeds * units + recorded)} units in all × ${labels} labels`,
      paths,
      lower: "'seeds'",
    },
    {
      bytes: replicates ** 2 * layers * METRICS * DOUBLE,
      what: `similarities of ${amount(replicates)} replicates in ${layers} layers`,
      paths,
      lower: "'seeds'",
    },
  ];
}

/** An amount of memory in a message. */
export function bytes(count: number): string {
  const gigabytes = count / 2 ** 30;
  return gigabytes < 1
    ? `${Math.max(1, Math.round(count / 2 ** 20))} MB`
    : `${gigabytes < 1000 ? Number(gigabytes.toPrecision(2)) : gigabytes.toExponential(1)} GB`;
}
