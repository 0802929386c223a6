import { grouped } from '../formats/fixed';
import { SET_NAMES } from '../experiment/counts';
import type { Experiment, Feature, Network, SetName, Task } from '../experiment/experiment';
import type { Problem } from '../experiment/problem';
import { replicateCount } from '../experiment/replicates';
import { confidenceText } from '../formats/percent';
import { drawnRows } from '../language/drawn-rows';
import { type Fact, plainMarks } from '../language/facts';
import { featureFacts, featureKind, tasksOf } from '../language/feature-facts';
import { fewSeeds, networkFacts, replicateFacts } from '../language/network-facts';
import { stimuliFacts } from '../language/stimuli-facts';
import { baseRates, taskFacts, taskMeaning } from '../language/task-facts';
import { costOf } from '../training/cost';
import { counted, listed, percent } from '../language/wording';
import { measureInfos } from '../measures/measures';
import { comparisonNames, metricNames } from '../protocol/measure-names';
import type { MeasureInfo, StatementResults, TaskResults } from '../protocol/results';
import { checkDrawing } from '../run/check';
import { drawingResults, taskResults } from '../stimuli/describe-set';
import type { StimulusSets } from '../stimuli/draw-stimuli';
import type { BaseRate } from '../stimuli/tasks/base-rate';
import { linearity, type Linearity } from '../stimuli/tasks/linearity';
import { type Cost, costHere, costText } from './cost';
import { experimentKey, inputOf, type OfFile, type Room, type Verb } from './verb';

/** What can be said of an experiment before any run, in numbers and, as `says`, in the words of the editor's hovers. */
export interface Explanation {
  readonly problems: readonly Problem[];
  /** Null where one of the problems is an error. */
  readonly experiment: ExplainedExperiment | null;
}

interface ExplainedExperiment {
  readonly title: string;
  readonly stimuli: Said & {
    readonly inputUnits: number;
    readonly counts: Readonly<Record<SetName, number>>;
  };
  readonly features: readonly ExplainedFeature[];
  readonly tasks: readonly ExplainedTask[];
  readonly networks: readonly ExplainedNetwork[];
  readonly run: Said & {
    readonly seeds: number;
    readonly replicates: number;
    readonly cost: Cost;
    /** What is measured, and how the experiment sets the analyses. */
    readonly measures: Readonly<Record<string, MeasureInfo>>;
    readonly analyses: Experiment['analyses'];
  };
}

interface Said {
  readonly says: readonly Fact[];
}

interface ExplainedFeature extends Said {
  readonly name: string;
  readonly kind: Feature['kind'];
  readonly values: readonly string[];
  /** Values, bits or components of a stimulus. */
  readonly width: number;
  /** Its input units before any embedding: [first, end). */
  readonly inputs: readonly [number, number];
  readonly usedBy: readonly string[];
  /** What the file says of how it is drawn, and what was drawn; null where the drawing was not tried. */
  readonly drawing: readonly ({ readonly set: SetName } & StatementResults)[] | null;
}

interface ExplainedTask extends Said {
  readonly name: string;
  readonly formula: string;
  readonly classes: readonly string[];
  /** Shares of its classes that are to be expected; null where that is not known. */
  readonly expected: { readonly train: BaseRate | null; readonly test: BaseRate | null };
  /** Of the test set as it was drawn; null where the drawing was not tried. */
  readonly drawn: Pick<TaskResults, 'baseRate' | 'chance'> | null;
  readonly linear: Linearity;
}

interface ExplainedNetwork extends Said {
  readonly name: string;
  readonly tasks: readonly string[];
  readonly layers: readonly { readonly name: string; readonly inputs: number; readonly units: number }[];
  readonly parameters: number;
  readonly steps: number;
  readonly epochs: number;
  /** Of one replicate in one thread, estimated. */
  readonly seconds: number;
}

/** What can be said of an experiment file before any run. */
export const explain: Verb<OfFile, Explanation, Pick<Room, 'text' | 'brought'>> = {
  name: 'explain',
  says: 'Say what a file asks for before anything is trained: stimuli, base rates, linearity, parameters, cost.',
  input: inputOf<OfFile>({ file: experimentKey }, 'file'),
  changes: 'nothing',
  run: async ({ file }, { text, brought }) => {
    const { reading, sets } = checkDrawing(await text(file), undefined, brought(file));
    const { problems, experiment } = reading;
    return { problems, experiment: experiment && explained(experiment, sets) };
  },
};

function countsOf({ train, fit, test }: StimulusSets): Record<SetName, number> {
  return { train: train.inputs.rows, fit: fit.inputs.rows, test: test.inputs.rows };
}

function explained(experiment: Experiment, sets: StimulusSets | null): ExplainedExperiment {
  const { title, stimuli, tasks, networks } = experiment;
  const drawing = sets && drawingOf(experiment, sets);
  return {
    title,
    stimuli: {
      inputUnits: stimuli.inputUnits,
      // Of documents 'at' chooses the tokens: how many is known once they are drawn.
      counts: stimuli.documents && sets ? countsOf(sets) : stimuli.counts,
      says: stimuliFacts(experiment, plainMarks),
    },
    features: stimuli.features.map((feature) => explainFeature(experiment, feature, drawing)),
    tasks: tasks.map((task) => explainTask(experiment, task, sets)),
    networks: networks.map((network) => explainNetwork(experiment, network)),
    run: explainRun(experiment),
  };
}

type Drawing = Readonly<Record<SetName, { readonly drawing: StatementResults[] }>>;

function drawingOf(experiment: Experiment, sets: StimulusSets): Drawing {
  const of = (set: SetName): Drawing[SetName] => ({
    drawing: drawingResults(experiment, sets[set]),
  });
  return { train: of('train'), fit: of('fit'), test: of('test') };
}

function explainFeature(experiment: Experiment, feature: Feature, drawing: Drawing | null): ExplainedFeature {
  const { name, kind, values, width, inputRange } = feature;
  const rows = drawing ? drawnRows(drawing, name, plainMarks) : [];
  const asDrawn = rows.map(({ what, cells }) => ({
    about: `As drawn, ${what}`,
    text: cells.flatMap((cell, at) => (cell === null ? [] : [`${SET_NAMES[at]} ${cell}`])).join(', '),
  }));
  const found = drawing
    ? SET_NAMES.flatMap((set) =>
        drawing[set].drawing.filter((one) => one.feature === name).map((one) => ({ set, ...one })),
      )
    : null;
  return {
    ...{ name, kind, values, width, inputs: inputRange, usedBy: tasksOf(experiment, feature) },
    drawing: found,
    says: [
      { about: 'Values', text: featureKind(feature, plainMarks) },
      ...featureFacts(experiment, feature, plainMarks),
      ...asDrawn,
    ],
  };
}

function explainTask(experiment: Experiment, task: Task, sets: StimulusSets | null): ExplainedTask {
  const { name, formula, classes } = task;
  const drawn = sets && taskResults(task, sets.test);
  const { train, test } = baseRates(experiment, task);
  const shares = drawn && [drawn.baseRate].flat();
  const shown = shares && (shares.length === 1 ? classes.slice(1) : classes);
  return {
    ...{ name, formula, classes, expected: { train, test } },
    drawn: drawn && { baseRate: drawn.baseRate, chance: drawn.chance },
    linear: linearity(experiment, task),
    says: [
      { about: 'Label', text: taskMeaning(experiment, task, plainMarks) },
      ...taskFacts(experiment, task, plainMarks),
      ...(drawn && shares && shown
        ? [
            {
              about: 'As drawn',
              text: `${listed(shown.map((one, at) => `${plainMarks.word(one)} ${percent(shares[at], 1)}`))} of the test set; chance is ${percent(drawn.chance, 1)}`,
            },
          ]
        : []),
    ],
  };
}

function explainNetwork(experiment: Experiment, network: Network): ExplainedNetwork {
  const { name, tasks, sites, parameters } = network;
  const { inputUnits } = experiment.stimuli;
  const { steps, epochs, seconds } = costOf(experiment, network);
  return {
    ...{ name, tasks },
    layers: sites.map((site, at) => ({
      name: site.name,
      inputs: at === 0 ? inputUnits : sites[at - 1].units,
      units: site.units,
    })),
    ...{ parameters, steps, epochs, seconds },
    says: networkFacts(experiment, network, plainMarks),
  };
}

function explainRun(experiment: Experiment): ExplainedExperiment['run'] {
  const { seeds, analyses } = experiment;
  const { rdm, selectivity, pca, confidence } = analyses;
  const cost = costHere(experiment);
  const measures = measureInfos(analyses, experiment.networks);
  const remark = fewSeeds(experiment);
  // What qualifies another measure stands beside it.
  const titles = Object.values(measures).flatMap(({ title, beside }) =>
    beside === undefined ? [title] : [],
  );
  return {
    ...{ seeds, replicates: replicateCount(experiment), cost, measures, analyses },
    says: [
      ...replicateFacts(experiment),
      ...(remark === null ? [] : [{ about: 'Careful', text: remark }]),
      { about: 'On this machine', text: costText(cost) },
      { about: 'Measures', text: `${titles.join('; ')}; intervals of ${confidenceText(confidence)}` },
      {
        about: 'Selectivity',
        text: `of ${listed(selectivity.labels.map(plainMarks.name))}, with ${counted(selectivity.permutations, 'permutation')}`,
      },
      { about: 'Components', text: grouped(pca.components) },
      {
        about: 'RSA',
        text: `${metricNames[rdm.metric]} of test ${rdm.over === 'stimuli' ? 'stimuli' : 'condition means'}, compared by ${comparisonNames[rdm.comparison]}`,
      },
    ],
  };
}
