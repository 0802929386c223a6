import type { Experiment, Task } from '../experiment/experiment';
import { hasNamedClasses } from '../experiment/truth-values';
import { baseRate, type BaseRate } from '../stimuli/tasks/base-rate';
import type { DescribeContext } from './describe-context';
import { hazardLines, labelChart, provenance, staleness, taskNumbers } from './describe-results';
import { explainFormula } from './explain-formula';
import { inputCaveat, linearity } from '../stimuli/tasks/linearity';
import { code, escaped, strong } from './markdown';
import { truthTable } from './truth-table';
import { grouped, listed, percent } from './wording';

/** A task: what the networks made of it, if they have; what its formula computes, how often, and whether linearly. */
export function describeTask(name: string, context: DescribeContext): string[] {
  const { experiment, known } = context;
  const task = experiment?.tasks.find((one) => one.name === name);
  const parts = [task ? `**Task** ${strong(name)}: ${code(task.formula)}` : `**Task** ${strong(name)}`];
  const numbers = known ? taskNumbers(known, name) : null;
  // A hover is low: what was found comes first to the eye.
  if (known && numbers) {
    parts.push(...staleness(known), numbers);
    parts.push(...[labelChart(known, name, context.theme)].filter(isText), provenance(known, context.now));
    parts.push(...[hazardLines(known, { task: name }, context.outline, ['tasks', name])].filter(isText));
  } else if (known) parts.push('*The last run did not have this task.*');
  if (experiment && task) {
    parts.push(meaning(experiment, task));
    parts.push([baseRateLine(experiment, task), linearityLine(experiment, task)].join('\n'));
    const rows = numbers ? null : truthTable(experiment, task);
    if (rows) parts.push(rows);
  }
  return parts;
}

function meaning(experiment: Experiment, task: Task): string {
  if (task.label.kind === 'categorical') {
    return `The value of ${strong(task.label.feature)}: ${listed(task.classes.map(escaped))} (softmax over ${task.classes.length}).`;
  }
  if (hasNamedClasses(task))
    return `The value of ${strong(task.features[0])}: ${listed(task.classes.map(escaped))} (one output unit, for ${escaped(task.classes[1])}).`;
  return `True when ${explainFormula(task.label.expression, experiment)}.`;
}

/** Sampling takes a while, and a pointer comes back to the same task. */
const baseRates = new WeakMap<Task, string>();

function baseRateLine(experiment: Experiment, task: Task): string {
  const known = baseRates.get(task);
  if (known !== undefined) return known;
  const line = writeBaseRate(experiment, task);
  baseRates.set(task, line);
  return line;
}

function writeBaseRate(experiment: Experiment, task: Task): string {
  const test = baseRate(experiment, task, 'test');
  if (!test) return '- **Base rate:** known once the stimuli are drawn';
  const train = trainsAlike(experiment) ? null : baseRate(experiment, task, 'train');
  const differs = train?.shares.some((share, i) => Math.abs(share - test.shares[i]) > 0.005);
  const training = train && differs ? `; ${sharesText(task, train)} in training` : '';
  return `- **Base rate:** ${sharesText(task, test)} in the test set${training} (${sourceOf(test)}); always guessing the commonest is right ${percent(Math.max(...test.shares))} of the time`;
}

/** Whether training stimuli are drawn as the test's are. */
function trainsAlike({ stimuli: { sets } }: Experiment): boolean {
  return JSON.stringify(sets.train) === JSON.stringify(sets.test);
}

function sharesText(task: Task, { shares }: BaseRate): string {
  if (task.label.kind === 'binary') return `${percent(shares[1])} ${escaped(task.classes[1])}`;
  return listed(task.classes.map((name, i) => `${escaped(name)} ${percent(shares[i])}`));
}

function sourceOf({ how, samples }: BaseRate): string {
  if (how === 'balanced') return 'balanced';
  return how === 'exact' ? 'from the prevalences' : `sampled, ${grouped(samples)} draws`;
}

function linearityLine(experiment: Experiment, task: Task): string {
  const found = linearity(experiment, task);
  const caveat = found.kind === 'latent' || found.kind === 'constant' ? null : inputCaveat(experiment, task);
  const end = caveat ? `. ${caveat}` : '';
  const checked =
    'combinations' in found && found.combinations > 0
      ? ` (checked on all ${grouped(found.combinations)} combinations of its values)`
      : '';
  switch (found.kind) {
    case 'affine':
      return task.label.kind === 'categorical'
        ? `- **Linear in the inputs:** yes, each class is one value${end}`
        : `- **Linear in the inputs:** yes, it is one value of one feature${end}`;
    case 'separable':
      return `- **Linear in the inputs:** as a threshold: a linear readout of the inputs can decide it${checked}, though it is no linear function of them${end}`;
    case 'inseparable':
      return `- **Linear in the inputs:** no, no linear readout of the inputs decides it${checked}${end}`;
    case 'latent':
      return `- **Linear in the inputs:** no input unit carries ${listed(found.features.map(strong))}, so the inputs show it only through what goes with it`;
    case 'constant':
      return '- **Linear in the inputs:** its label never changes';
    case 'unknown':
      return `- **Linear in the inputs:** not worked out for this formula${end}`;
  }
}

function isText(part: string | null): part is string {
  return part !== null;
}
