import type { Budget } from '../experiment/budget';
import { SET_NAMES } from '../experiment/counts';
import type { Draw, Experiment, Feature, SetName, Stimuli } from '../experiment/experiment';
import { reach } from '../experiment/features-of';
import { balancedTasks } from './balance';
import { Combinations } from './combinations';
import { distinctInputs, offerBlock, totalCount, type StimulusSets } from './draw-stimuli';
import { isCarried, unitsBefore } from './encode';
import { missedStatements } from './missed';
import { RowTable } from './row-table';
import { sampler } from './sample';
import { SetBuilder } from './set-builder';
import type { StimulusSet } from './stimulus-set';

type Drawable = Pick<Experiment, 'stimuli' | 'tasks'>;

/** Some stimuli of each set, and the experiment that they are of: with fewer stimuli, and perhaps without some features. */
interface Part {
  readonly experiment: Drawable;
  readonly sets: StimulusSets;
}

/** Stimuli of a set that a part of it has, or an eighth where that is more. */
const PART = 1024;
/** Stimuli of a set that show whether all that is balanced occurs. */
const FEW = 256;

/**
 * Whether a part of the sets tells that all can be drawn, and are as the file says.
 *
 * @returns false where that is too little to tell, or where something is wrong
 * @throws as `drawStimuli`
 */
export function isDrawnAsSaid(experiment: Drawable, budget: Budget): boolean {
  const part = drawPart(experiment, budget);
  return part !== null && missedStatements(part.experiment, part.sets, budget).length === 0;
}

/**
 * Draws a part of each set, for whoever asks only whether the sets can be drawn and are as the file says. What could be in the way of
 * whole sets is then seen in the part: were rows so common that leaving out those of other sets moved a share of n stimuli by five standard
 * errors, a part of n / 8 would have none twice with a probability below exp(−√n / 3), which is 10⁻¹³ of 8,192.
 *
 * Where the features alone say that hardly any rows are alike, none is made, and only features are drawn that balance reads, or whose
 * draw could miss what the file says of them.
 *
 * @returns null where that is too little to tell: where rows are few, one was left out, or stimuli are rare among the candidates
 * @throws as `drawStimuli`
 */
export function drawPart(experiment: Drawable, budget: Budget): Part | null {
  const { stimuli } = experiment;
  const rows = stimuli.repeats ? Infinity : distinctInputs(stimuli);
  // Rows that can be listed may be reserved, which whole sets decide.
  const isListed = rows <= Combinations.most || rows < 4 * totalCount(stimuli);
  if (stimuli.enumerate !== 'none' || isListed) return null;
  const isSaid = rowsDiffer(experiment);
  const doubtful = featuresThatMiss(stimuli);
  const some =
    isSaid && doubtful.length === 0 ? () => FEW : (all: number) => Math.max(PART, Math.ceil(all / 8));
  const part = (set: SetName): number => Math.min(stimuli.counts[set], some(stimuli.counts[set]));
  const counts = { train: part('train'), fit: part('fit'), test: part('test') };
  const fewer = { ...experiment, stimuli: { ...stimuli, counts } };
  if (isSaid) return drawSome(withoutRows(fewer, doubtful), 'any', budget);
  if (SET_NAMES.every((set) => counts[set] === stimuli.counts[set])) return null;
  return drawSome(fewer, stimuli.repeats ? 'any' : 'none twice', budget);
}

function drawSome(experiment: Drawable, rows: 'any' | 'none twice', budget: Budget): Part | null {
  const { stimuli, tasks } = experiment;
  const repeats =
    rows === 'any' ? rows : { table: new RowTable(stimuli.inputUnits, totalCount(stimuli)), distinct: true };
  const drawn: StimulusSet[] = [];
  for (const set of SET_NAMES) {
    const builder = new SetBuilder(stimuli, tasks, set, repeats, budget);
    const block = sampler(stimuli, set, budget);
    while (!builder.isFull && builder.isEasy) offerBlock(builder, block);
    if (!builder.isEasy) return null;
    drawn.push(builder.finish());
  }
  const [train, fit, test] = drawn;
  return { experiment, sets: { train, fit, test, coincide: false } };
}

/** Of the numbers of a Gaussian, in single precision and beside others, two are equal more rarely. */
const EQUAL = 2 ** -14;

/** Whether so few rows are alike, by how features are drawn, that what is left out for it moves a share by less than a fifth of its standard error. */
function rowsDiffer(experiment: Drawable): boolean {
  const { stimuli } = experiment;
  if (!isSimple(stimuli)) return false;
  if (stimuli.repeats) return true;
  const balanced = readByBalance(experiment);
  let alike = stimuli.inputNoise > 0 ? EQUAL ** stimuli.inputUnits : 1;
  for (const feature of stimuli.features) {
    const { name, width, inputRange, noise } = feature;
    if (!isCarried(feature) || balanced.has(name)) continue;
    const draws = SET_NAMES.flatMap((set) => stimuli.sets[set].draws.filter((draw) => draw.feature === name));
    if (feature.kind === 'real' && draws.every(isOwnGaussian)) alike *= EQUAL ** width;
    else if (draws.every(isPlain)) {
      const equal = draws.map(({ prevalence }) => prevalence.reduce((sum, share) => sum + share ** 2, 0));
      alike *= Math.max(...equal) ** width;
    }
    if (noise > 0) alike *= EQUAL ** (inputRange[1] - inputRange[0]);
  }
  // However the features are mixed.
  alike = Math.max(alike, EQUAL ** stimuli.inputUnits);
  const pairs = totalCount(stimuli) ** 2 / 2;
  const least = Math.min(...SET_NAMES.map((set) => stimuli.counts[set]));
  return pairs * alike < Math.sqrt(least) / 10;
}

/** Nothing is wrong with input rows: they can be made, do not overflow, and features of them do not drown in others. */
function isSimple(stimuli: Stimuli): boolean {
  const { features, embedding, inputNoise, image } = stimuli;
  const scales = [inputNoise, ...features.flatMap(({ amplification, noise }) => [amplification, noise])];
  return (
    image === undefined &&
    !(embedding?.matrix === 'orthogonal' && unitsBefore(stimuli) > embedding.units) &&
    scales.every((scale) => scale === 0 || (Math.abs(scale) >= 0.1 && Math.abs(scale) <= 10))
  );
}

/** The same without input rows, and without features that neither balance reads nor those that may miss what is said of them. */
function withoutRows(experiment: Drawable, doubtful: readonly string[]): Drawable {
  const { stimuli, tasks } = experiment;
  const read = readByBalance(experiment);
  for (const { draws } of Object.values(stimuli.sets))
    for (const name of reach(doubtful, draws)) read.add(name);
  const set = (name: SetName): Stimuli['sets'][SetName] => {
    const { balance, draws } = stimuli.sets[name];
    return { balance, draws: draws.filter(({ feature }) => read.has(feature)) };
  };
  const balanced = SET_NAMES.flatMap((name) => stimuli.sets[name].balance);
  return {
    stimuli: {
      ...stimuli,
      features: stimuli.features
        .filter(({ name }) => read.has(name))
        .map((feature) => ({ ...feature, inputRange: [0, 0] })),
      sets: { train: set('train'), fit: set('fit'), test: set('test') },
      inputUnits: 0,
      inputNoise: 0,
      embedding: null,
    },
    tasks: tasks.filter(({ name }) => balanced.includes(name)),
  };
}

/** Whether a Gaussian is drawn plainly, or with a sign that agrees: its size is its own. */
const isOwnGaussian = ({ agrees, correlates }: Draw): boolean =>
  correlates === null && (agrees === null || (agrees.by === 'formula' && agrees.as === null));

const isPlain = ({ agrees, correlates }: Draw): boolean => agrees === null && correlates === null;

/**
 * Features that may not come out as the file says, or cannot be drawn: what correlates takes another's prevalence for what is said of it, and
 * values are sought that make a formula true. All others are drawn by the very probabilities.
 */
function featuresThatMiss({ features, sets }: Stimuli): string[] {
  const mayMiss = (draws: readonly Draw[], { name, kind }: Feature): boolean =>
    draws.some(
      ({ feature, agrees, correlates }) =>
        feature === name &&
        (correlates !== null || (agrees?.by === 'formula' && (agrees.as !== null || kind === 'categorical'))),
    );
  return features
    .filter((feature) => SET_NAMES.some((set) => mayMiss(sets[set].draws, feature)))
    .map(({ name }) => name);
}

/** Features that the balance of a set depends on. */
function readByBalance(experiment: Drawable): Set<string> {
  const { sets } = experiment.stimuli;
  return new Set(
    SET_NAMES.flatMap((set) => [
      ...reach(
        balancedTasks(experiment, set).flatMap(({ features }) => features),
        sets[set].draws,
      ),
    ]),
  );
}
