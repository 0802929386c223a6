import type { Distribution, Draw, Experiment, Feature } from '../experiment/experiment';
import { minus } from '../formats/fixed';
import type { Fact, Marks } from './facts';
import { counted, listed, percent } from './wording';

/** What its values are. */
export function featureKind({ kind, values, width }: Feature, { word }: Marks): string {
  switch (kind) {
    case 'binary':
    case 'categorical':
      return `${counted(values.length, 'value')}, ${listed(values.map(word))}`;
    case 'bits':
      return counted(width, 'bit');
    case 'real':
      return counted(width, 'Gaussian component');
  }
}

/** Its input units, how it is drawn, which tasks use it. */
export function featureFacts(experiment: Experiment, feature: Feature, marks: Marks): Fact[] {
  const users = tasksOf(experiment, feature);
  return [
    { about: 'Input units', text: unitsOf(feature) },
    { about: 'Drawn', text: drawnAs(experiment, feature, marks) },
    {
      about: 'Used by',
      text:
        users.length > 0
          ? listed(users.map(marks.name))
          : experiment.stimuli.documents
            ? 'no task'
            : 'no task; it is irrelevant to every label',
    },
  ];
}

/** Names of the tasks whose formulas name it. */
export function tasksOf({ tasks }: Experiment, { name }: Feature): string[] {
  return tasks.filter(({ features }) => features.includes(name)).map((task) => task.name);
}

function unitsOf(feature: Feature): string {
  const [first, end] = feature.inputRange;
  if (end === first) return 'none; it is latent';
  if (feature.shows) return `the pixels of the picture, of which it is the ${feature.shows}`;
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

function drawnAs({ stimuli }: Experiment, feature: Feature, marks: Marks): string {
  if (stimuli.table) return 'not: it is a column of the table';
  if (stimuli.documents) return 'not: it is known of the tokens of documents';
  if (stimuli.enumerate !== 'none') return 'every combination once';
  const drawOf = ({ draws }: Distribution): Draw | undefined =>
    draws.find((draw) => draw.feature === feature.name);
  const test = drawText(feature, drawOf(stimuli.sets.test), marks);
  const train = drawText(feature, drawOf(stimuli.sets.train), marks);
  return train === test ? test : `in training ${train}; in the test ${test}`;
}

function drawText({ kind, values }: Feature, draw: Draw | undefined, { name, word }: Marks): string {
  if (!draw) return 'uniformly';
  if (draw.agrees?.by === 'value') {
    return `agrees with ${name(draw.agrees.with)} with probability ${draw.agrees.probability}`;
  }
  if (draw.agrees) return `agrees with a formula with probability ${draw.agrees.probability}`;
  const correlation = draw.correlates
    ? `, correlated with ${name(draw.correlates.with)} by ${minus(String(draw.correlates.r))}`
    : '';
  if (kind === 'real') return `standard normal${correlation}`;
  if (kind === 'bits') return `each bit is 1 with probability ${percent(draw.prevalence[1])}${correlation}`;
  const shares = values.map((value, i) => `${word(value)} ${percent(draw.prevalence[i])}`);
  return `${listed(shares)}${correlation}`;
}
