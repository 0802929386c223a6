import { SET_NAMES } from '../experiment/counts';
import { decimals, minus } from '../formats/fixed';
import type { Results } from '../protocol/results';
import type { Distribution, Draw, Experiment, Feature } from '../experiment/experiment';
import type { DescribeContext } from './describe-context';
import { explained, labelChart, mainLayerName, provenance, staleness } from './describe-results';
import { escaped, strong, table } from './markdown';
import { counted, listed, percent, withInterval } from './wording';

/** A feature: its values, its input units, how it is drawn, which tasks use it; then what it explains in the networks. */
export function describeFeature(name: string, context: DescribeContext, value?: number): string[] {
  const { experiment, known } = context;
  const feature = experiment?.stimuli.features.find((one) => one.name === name);
  const parts = [`**Feature** ${strong(name)}${feature ? `: ${kindOf(feature)}` : ''}`];
  if (experiment && feature) {
    if (value !== undefined && feature.values[value] !== undefined) {
      parts.push(`${strong(feature.values[value])} is value ${value + 1} of ${feature.values.length}.`);
    }
    const users = experiment.tasks
      .filter((task) => task.features.includes(name))
      .map((task) => strong(task.name));
    parts.push(
      [
        `- **Input units:** ${unitsOf(feature)}`,
        `- **Drawn:** ${drawnAs(experiment, feature)}`,
        `- **Used by:** ${users.length > 0 ? listed(users) : 'no task; it is irrelevant to every label'}`,
      ].join('\n'),
    );
  }
  if (known) {
    const drawn = drawnRows(known.results, name);
    if (drawn.length > 0)
      parts.push(...staleness(known), table(['Drawn, of what was declared', ...SET_NAMES], drawn));
    const rows = known.results.networks.slice(0, 12).flatMap((network) => {
      const layer = mainLayerName(network);
      const share = explained(known.results, network, layer, name);
      return share
        ? [[strong(network.name), `${withInterval(share)} of ${escaped(layer ?? '')}`, String(share.n)]]
        : [];
    });
    if (rows.length > 0) {
      if (drawn.length === 0) parts.push(...staleness(known));
      parts.push(table(['Network', 'Variance explained', 'Seeds'], rows));
      const chart = labelChart(known, name, context.theme);
      if (chart) parts.push(chart);
      parts.push(provenance(known, context.now));
    }
  }
  return parts;
}

/** What the file says of the feature beside what the last run drew, in each set; at most twelve statements. */
function drawnRows({ stimuli }: Results, name: string): string[][] {
  const rows = new Map<string, string[]>();
  for (const [at, set] of SET_NAMES.entries())
    for (const { feature, kind, of, declared, expected, drawn, met } of stimuli[set].drawing) {
      if (feature !== name) continue;
      const what = { prevalence: escaped(of), agreement: 'agrees', correlation: `r with ${strong(of)}` }[
        kind
      ];
      const number = (value: number | null): string =>
        value === null ? '—' : kind === 'correlation' ? decimals(value) : percent(value);
      const cells = rows.get(what) ?? [what, ...SET_NAMES.map(() => '—')];
      cells[at + 1] =
        `${number(drawn)} of ${number(expected ?? declared)}${met ? '' : ' ⚠ beyond sampling error'}`;
      rows.set(what, cells);
    }
  return [...rows.values()].slice(0, 12);
}

function kindOf({ kind, values, width }: Feature): string {
  switch (kind) {
    case 'binary':
    case 'categorical':
      return `${counted(values.length, 'value')}, ${listed(values.map(escaped))}`;
    case 'bits':
      return counted(width, 'bit');
    case 'real':
      return counted(width, 'Gaussian component');
  }
}

function unitsOf(feature: Feature): string {
  const [first, end] = feature.inputRange;
  if (end === first) return 'none; it is latent';
  const each = { copy: 'copied', onehot: 'one-hot', projection: 'a fixed random projection' }[
    feature.encoding
  ];
  const range = end - first === 1 ? `unit ${first}` : `units ${first} to ${end - 1}`;
  const extras = [
    ...(feature.kind === 'real' ? [] : [feature.coding === '±1' ? 'coded −1 and +1' : 'coded 0 and 1']),
    ...(feature.amplification === 1 ? [] : [`amplified ${minus(String(feature.amplification))} times`]),
    ...(feature.noise > 0 ? [`with noise of standard deviation ${feature.noise}`] : []),
  ];
  return `${end - first} (${range}), ${[each, ...extras].join(', ')}`;
}

function drawnAs({ stimuli }: Experiment, feature: Feature): string {
  if (stimuli.enumerate !== 'none') return 'every combination once';
  const drawOf = ({ draws }: Distribution): Draw | undefined =>
    draws.find((draw) => draw.feature === feature.name);
  const test = drawText(feature, drawOf(stimuli.sets.test));
  const train = drawText(feature, drawOf(stimuli.sets.train));
  return train === test ? test : `in training ${train}; in the test ${test}`;
}

function drawText({ kind, values }: Feature, draw: Draw | undefined): string {
  if (!draw) return 'uniformly';
  if (draw.agrees?.by === 'value') {
    return `agrees with ${strong(draw.agrees.with)} with probability ${draw.agrees.probability}`;
  }
  if (draw.agrees) return `agrees with a formula with probability ${draw.agrees.probability}`;
  const correlation = draw.correlates
    ? `, correlated with ${strong(draw.correlates.with)} by ${minus(String(draw.correlates.r))}`
    : '';
  if (kind === 'real') return `standard normal${correlation}`;
  if (kind === 'bits') return `each bit is 1 with probability ${percent(draw.prevalence[1])}${correlation}`;
  const shares = values.map((value, i) => `${escaped(value)} ${percent(draw.prevalence[i])}`);
  return `${listed(shares)}${correlation}`;
}
