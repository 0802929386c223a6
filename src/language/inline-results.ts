import type { Span } from '../experiment/document';
import { remark } from '../formats/remark';
import type { Interval, NetworkResults, Results, Value } from '../protocol/results';
import { accuracyOf, explained, mainLayerName } from './describe-results';
import type { ParsedExperiment } from './parsed-experiment';
import { plain } from './plain-text';
import { percent } from './wording';

/** A short result behind a line of the file. */
interface InlineResult {
  /** The key that it belongs to; it stands at the end of that key's line. */
  readonly key: Span;
  readonly text: string;
}

const MOST = 200;

/** The one number that matters for each task and network of the file that the results know, matched by name. */
export function inlineResults({ tree, outline }: ParsedExperiment, results: Results): InlineResult[] {
  const at = (kind: 'tasks' | 'networks', name: string, text: string | null): InlineResult[] =>
    text === null ? [] : [{ key: tree.keySpan([kind, name]), text }];
  return [
    ...outline.tasks.slice(0, MOST).flatMap((name) => at('tasks', name, taskText(results, name))),
    ...outline.networks.slice(0, MOST).flatMap((name) => at('networks', name, networkText(results, name))),
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
  const done = network.replicates.filter((replicate) => replicate.status === 'done').length;
  if (done === 0) return null;
  const seeds = `${done} seed${done === 1 ? '' : 's'}`;
  if (network.built) return 'built by hand';
  if (!network.trained) return `untrained · ${seeds}`;
  const accuracies = network.tasks.flatMap((task) => {
    const accuracy = accuracyOf(results, network, task);
    return isKnown(accuracy) ? [{ task, accuracy }] : [];
  });
  if (accuracies.length === 0) return seeds;
  const means = accuracies.map(({ accuracy }) => accuracy.mean ?? 0);
  const text =
    accuracies.length > 3
      ? `${accuracies.length} tasks, ${percent(Math.min(...means))} to ${percent(Math.max(...means))}`
      : accuracies.map(({ task, accuracy }) => `${plain(task)} ${meanOf(accuracy)}`).join(', ');
  return `${text} · ${seeds}`;
}

/** `100 %`; `100 % (1 of 3)` where it is of fewer replicates than there are. */
function meanOf({ mean, n, values }: Interval, show: (value: Value) => string = percent): string {
  const said = remark({ n, of: values.length });
  return said === '' ? show(mean) : `${show(mean)} (${said})`;
}

function isKnown(interval: Interval | undefined): interval is Interval {
  return interval !== undefined && interval.mean !== null;
}
