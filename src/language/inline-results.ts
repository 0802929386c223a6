import { findingsOf, seedsDone } from '../analysis/findings';
import type { Span } from '../experiment/document';
import { decimals } from '../formats/fixed';
import { remark } from '../formats/remark';
import { answeredBy } from '../protocol/answered';
import { aboveNull } from '../protocol/above-null';
import { layerWords } from '../protocol/measure-names';
import { comparisonsOf } from '../protocol/pair-results';
import { type ProbeKind, probeKindsOf, probeMeasureName } from '../protocol/probe-words';
import type { Interval, NetworkResults, Results, Value } from '../protocol/results';
import { accuracyOf, explained, mainLayerName } from './describe-results';
import type { ParsedExperiment } from './parsed-experiment';
import { plain } from './plain-text';
import { counted, percent } from './wording';
import { bestModel, testsOf } from './model-scores';

/** A short result behind a line of the file. */
interface InlineResult {
  /** The key that it belongs to; it stands at the end of that key's line. */
  readonly key: Span;
  readonly text: string;
}

const MOST = 200;

/** The one number that matters for each task, network, recording and analysis of the file that the results know, matched by name. */
export function inlineResults({ tree, outline }: ParsedExperiment, results: Results): InlineResult[] {
  const at = (kind: string, name: string, text: string | null): InlineResult[] =>
    text === null || !tree.find([kind, name]) ? [] : [{ key: tree.keySpan([kind, name]), text }];
  const sweep = sweepText(results);
  return [
    ...outline.tasks.slice(0, MOST).flatMap((name) => at('tasks', name, taskText(results, name))),
    ...outline.networks.slice(0, MOST).flatMap((name) => at('networks', name, networkText(results, name))),
    ...outline.recordings
      .slice(0, MOST)
      .flatMap((name) => at('recordings', name, recordingText(results, name))),
    ...at('analyses', 'inference', inferenceText(results)),
    ...at('analyses', 'similarity', similarityText(results)),
    ...at('analyses', 'probe', probeText(results)),
    ...(sweep === null || !tree.find(['sweep']) ? [] : [{ key: tree.keySpan(['sweep']), text: sweep }]),
  ];
}

/** `100 % · explains 5 % in hidden4`, of the network that has most tasks (the first of several). */
function taskText(results: Results, task: string): string | null {
  const trained = results.networks.filter(
    (network) => network.trained && isKnown(accuracyOf(results, network, task)),
  );
  const network = trained.reduce<NetworkResults | null>(
    (most, one) => (most === null || one.tasks.length > most.tasks.length ? one : most),
    null,
  );
  if (!network) return null;
  const layer = mainLayerName(network);
  const share = explained(results, network, layer, task);
  const accuracy = accuracyOf(results, network, task);
  const parts = isKnown(accuracy) ? [meanOf(accuracy)] : [];
  // Less than nothing: a regression that does worse on fresh stimuli than their mean. Hovers and tables have the number.
  const shareText = (mean: Value): string => ((mean ?? 0) < 0 ? 'nothing' : percent(mean));
  if (isKnown(share)) parts.push(`explains ${meanOf(share, shareText)} in ${layer}`);
  const of = trained.length > 1 ? ` (${plain(network.name)})` : '';
  return parts.join(' · ') + of;
}

/** `easy 100 %, hard 99 % · 5 seeds`. */
function networkText(results: Results, name: string): string | null {
  const network = results.networks.find((one) => one.name === name);
  if (!network) return null;
  const done = seedsDone(network);
  if (done === 0) return null;
  const seeds = `${done} seed${done === 1 ? '' : 's'}`;
  if (network.built) return 'built by hand';
  if (!network.trained) return `untrained · ${seeds}`;
  const accuracies = answeredBy(results, network).flatMap(({ name: task }) => {
    const accuracy = accuracyOf(results, network, task);
    return isKnown(accuracy) ? [{ task, accuracy }] : [];
  });
  if (accuracies.length === 0) return seeds;
  const means = accuracies.map(({ accuracy }) => accuracy.mean ?? 0);
  const text =
    accuracies.length > 3
      ? `${accuracies.length} ${results.asked ? 'evaluation sets' : 'tasks'}, ${percent(Math.min(...means))} to ${percent(Math.max(...means))}`
      : accuracies.map(({ task, accuracy }) => `${plain(task)} ${meanOf(accuracy)}`).join(', ');
  return `${text} · ${seeds}`;
}

/** `4 replicates · animacy 0.33, ceiling 0.37 to 0.67`, of the model RDM that does best. */
function recordingText(results: Results, name: string): string | null {
  const network = results.networks.find((one) => one.name === name);
  if (!network) return null;
  const done = network.replicates.filter(({ status }) => status === 'done').length;
  const model = bestOf(results, network);
  return done === 0 ? null : [counted(done, 'replicate'), ...(model === null ? [] : [model])].join(' · ');
}

/** Of the first source whose models were tested. */
function inferenceText(results: Results): string | null {
  const found = results.networks.flatMap((network) => {
    const text = bestOf(results, network);
    return text === null ? [] : [`${text} (${plain(network.name)})`];
  });
  return found[0] ?? null;
}

function bestOf(results: Results, network: NetworkResults): string | null {
  const tests = testsOf(results, network.name, mainLayerName(network));
  const best = tests ? bestModel(tests) : null;
  return best === null ? null : `${plain(best.name)} ${best.text}`;
}

/** `CKA: 3 of 6 pairs more alike than shuffled, hidden4`, by the first measure that has a null, at the last layer that it compares. */
function similarityText(results: Results): string | null {
  const withNull = comparisonsOf(results).filter((one) => one.null !== undefined);
  const entry = withNull.filter(({ measure }) => measure === withNull[0]?.measure).at(-1);
  if (!entry) return null;
  const all = entry.groups.flatMap((group) => aboveNull(entry, group) ?? []);
  const of = all.reduce((sum, one) => sum + one.of, 0);
  const above = all.reduce((sum, one) => sum + one.above, 0);
  const title = results.measures[entry.measure]?.title ?? entry.measure;
  return `${plain(title)}: ${above} of ${of} pairs more alike than shuffled, ${layerWords(entry.layer)}`;
}

/** `decoded from hidden4 of both: hard 0.98, easy 1.00`: of the first network that is trained. */
function probeText(results: Results): string | null {
  const [probe] = probeKindsOf(results.measures);
  const network = results.networks.find(({ trained }) => trained) ?? results.networks[0];
  const layer = network ? mainLayerName(network) : null;
  if (!probe || layer === null) return null;
  const findings = findingsOf(results);
  const said = findings.labels(network.name, probeMeasureName(probe, 'score'), layer).flatMap((label) => {
    const text = decodedMean(results, network.name, probe, layer, label);
    return text === null ? [] : [`${plain(label)} ${text}`];
  });
  const shown = said.slice(0, 3).join(', ');
  return said.length === 0
    ? null
    : `decoded from ${layer} of ${plain(network.name)}: ${shown}${said.length > 3 ? ' …' : ''}`;
}

function decodedMean(
  results: Results,
  source: string,
  probe: ProbeKind,
  site: string,
  label: string,
): string | null {
  const mean = findingsOf(results).mean(source, probeMeasureName(probe, 'score'), { site, label })?.mean;
  return mean === null || mean === undefined ? null : decimals(mean);
}

/** `12 points · 60 of 60 replicates`. */
function sweepText({ sweep, networks }: Results): string | null {
  if (!sweep) return null;
  const all = networks.flatMap(({ replicates }) => replicates);
  const done = all.filter(({ status }) => status === 'done').length;
  return `${counted(sweep.points.length, 'point')} · ${done} of ${counted(all.length, 'replicate')}`;
}

/** `100 %`; `100 % (1 of 3)` where it is of fewer replicates than there are. */
function meanOf({ mean, n, values }: Interval, show: (value: Value) => string = percent): string {
  const said = remark({ n, of: values.length });
  return said === '' ? show(mean) : `${show(mean)} (${said})`;
}

function isKnown(interval: Interval | undefined): interval is Interval {
  return interval !== undefined && interval.mean !== null;
}
