import { grouped } from '../formats/fixed';
import type { Experiment, Task } from '../experiment/experiment';
import { hasNamedClasses } from '../experiment/truth-values';
import { baseRate, type BaseRate } from '../stimuli/tasks/base-rate';
import { inputCaveat, linearity } from '../stimuli/tasks/linearity';
import { explainFormula } from './explain-formula';
import type { Fact, Marks } from './facts';
import { listed, percent } from './wording';

/** What its formula computes, in a sentence. */
export function taskMeaning(experiment: Experiment, task: Task, marks: Marks): string {
  const { name, word } = marks;
  if (task.label.kind === 'categorical') {
    return `The value of ${name(task.label.feature)}: ${listed(task.classes.map(word))} (softmax over ${task.classes.length}).`;
  }
  if (hasNamedClasses(task))
    return `The value of ${name(task.features[0])}: ${listed(task.classes.map(word))} (one output unit, for ${word(task.classes[1])}).`;
  return `True when ${explainFormula(task.label.expression, experiment, marks)}.`;
}

/** How often it has each of its values, and whether a linear readout of the inputs can decide it. */
export function taskFacts(experiment: Experiment, task: Task, marks: Marks): Fact[] {
  return [
    { about: 'Base rate', text: baseRateText(experiment, task, marks) },
    { about: 'Linear in the inputs', text: linearityText(experiment, task, marks) },
  ];
}

interface BaseRates {
  /** Null where it is not known before the stimuli are drawn. */
  readonly test: BaseRate | null;
  /** The same where both sets are drawn alike. */
  readonly train: BaseRate | null;
}

/** Sampling takes a while, and a pointer comes back to the same task. */
const known = new WeakMap<Task, BaseRates>();

/** The shares of its values that are to be expected. */
export function baseRates(experiment: Experiment, task: Task): BaseRates {
  let found = known.get(task);
  if (!found) {
    const test = baseRate(experiment, task, 'test');
    const train = test && (trainsAlike(experiment) ? test : baseRate(experiment, task, 'train'));
    known.set(task, (found = { test, train }));
  }
  return found;
}

function baseRateText(experiment: Experiment, task: Task, marks: Marks): string {
  const { test, train } = baseRates(experiment, task);
  if (!test) return 'known once the stimuli are drawn';
  const differs = train?.shares.some((share, i) => Math.abs(share - test.shares[i]) > 0.005);
  const training = train && differs ? `; ${sharesText(task, train, marks)} in training` : '';
  return `${sharesText(task, test, marks)} in the test set${training} (${sourceOf(test)}); always guessing the commonest is right ${percent(Math.max(...test.shares))} of the time`;
}

/** Whether training stimuli are drawn as the test's are. */
function trainsAlike({ stimuli: { sets } }: Experiment): boolean {
  return JSON.stringify(sets.train) === JSON.stringify(sets.test);
}

function sharesText(task: Task, { shares }: BaseRate, { word }: Marks): string {
  if (task.label.kind === 'binary') return `${percent(shares[1])} ${word(task.classes[1])}`;
  return listed(task.classes.map((one, i) => `${word(one)} ${percent(shares[i])}`));
}

function sourceOf({ how, samples }: BaseRate): string {
  if (how === 'balanced') return 'balanced';
  if (how === 'table') return 'of the stimuli of the table';
  return how === 'exact' ? 'from the prevalences' : `sampled, ${grouped(samples)} draws`;
}

function linearityText(experiment: Experiment, task: Task, { name }: Marks): string {
  const found = linearity(experiment, task);
  const isOfInputs = found.kind !== 'latent' && found.kind !== 'constant' && found.kind !== 'shown';
  const caveat = isOfInputs ? inputCaveat(experiment, task) : null;
  const end = caveat ? `. ${caveat}` : '';
  const checked =
    'combinations' in found && found.combinations > 0
      ? ` (checked on all ${grouped(found.combinations)} combinations of its values)`
      : '';
  switch (found.kind) {
    case 'affine':
      return task.label.kind === 'categorical'
        ? `yes, each class is one value${end}`
        : `yes, it is one value of one feature${end}`;
    case 'separable':
      return `as a threshold: a linear readout of the inputs can decide it${checked}, though it is no linear function of them${end}`;
    case 'inseparable':
      return `no, no linear readout of the inputs decides it${checked}${end}`;
    case 'latent':
      return `no input unit carries ${listed(found.features.map(name))}, so the inputs show it only through what goes with it`;
    case 'shown':
      return 'not worked out: the inputs are pixels of a picture';
    case 'constant':
      return 'its label never changes';
    case 'unknown':
      return `not worked out for this formula${end}`;
  }
}
