import type { PreparedCounterparts } from '../analysis/counterparts';
import type { ClassLabel } from '../analysis/selectivity/class-label';
import { classLabels } from '../analysis/selectivity/class-label';
import { type LabelPermutations, labelPermutations } from '../analysis/selectivity/label-permutations';
import { type PreparedLabels, prepareLabels } from '../analysis/pca-correlation';
import { type PreparedDesigns, prepareDesigns } from '../analysis/variance-explained-layers';
import { conditionsOf } from '../analysis/rdm/conditions';
import { conditionModelRdm, modelRdm } from '../analysis/rdm/model-rdm';
import { type PreparedRdm, prepareRdm } from '../analysis/rsa/compare';
import type { PreparedModels } from '../analysis/rsa/model-rsa';
import type { Experiment } from '../experiment/experiment';
import type { LabelParts, MadeModel, StimuliPart } from '../measures/site-view';
import type { StimuliDetail } from '../protocol/detail';
import type { Label } from '../core/label';
import { askedResults } from '../stimuli/describe-set';
import { type StimulusSets, drawStimuli } from '../stimuli/draw-stimuli';
import { allLabels } from '../stimuli/stimulus-set';
import { type Beside, decode, decodeConflicts } from './decode';
import { madeModel } from './made-models';
import { preparedCounterparts } from './prepared-counterparts';
import { varianceParts } from './variance-parts';
import { type Probed, ProbedStimuli, probedOf } from './probed-stimuli';

/** Values of what combinations of tokens are of. */
const MOST_VALUES = 8;

/**
 * An experiment with what all its replicates share: its stimuli, drawn, and all that measures compute from labels alone. Each part is made
 * when it is first needed, once a thread.
 */
export class DrawnExperiment implements LabelParts {
  private parts = new Map<string, unknown>();

  constructor(readonly experiment: Experiment) {}

  get analyses(): Experiment['analyses'] {
    return this.experiment.analyses;
  }

  /** @throws StimuliError where the stimuli cannot be drawn */
  get sets(): StimulusSets {
    return this.once('sets', () => drawStimuli(this.experiment));
  }

  /** Features, then tasks, of the test set. */
  get testLabels(): readonly Label[] {
    return allLabels(this.sets.test);
  }

  get designs(): PreparedDesigns {
    return this.once('designs', () => {
      const { fit, test } = this.sets;
      return prepareDesigns(allLabels(fit), this.testLabels, [fit.inputs.rows, test.inputs.rows]);
    });
  }

  get pcaLabels(): PreparedLabels {
    return this.once('pcaLabels', () => prepareLabels(this.testLabels));
  }

  get classLabels(): { labels: ClassLabel[]; undefinedValues: Record<string, string> } {
    return this.once('classLabels', () =>
      classLabels(this.testLabels, this.experiment.analyses.selectivity.labels),
    );
  }

  /** The same without permutations of labels. */
  get unpermuted(): DrawnExperiment {
    const { analyses } = this.experiment;
    const selectivity = { ...analyses.selectivity, permutations: 0 };
    return this.once('unpermuted', () => {
      const other = new DrawnExperiment({ ...this.experiment, analyses: { ...analyses, selectivity } });
      // All else is shared, and made once.
      other.parts = new Map(this.parts);
      other.parts.delete('permutations');
      return other;
    });
  }

  get permutations(): LabelPermutations {
    return this.once('permutations', () =>
      labelPermutations(this.experiment.analyses.selectivity.permutations, this.sets.test.inputs.rows),
    );
  }

  /** Combinations of task values that occur in the test set; without tasks, of the values of features (of tokens, of features with few values: all together would tell each apart). */
  get conditions(): StimuliDetail['conditions'] {
    const { tasks, features, inputs } = this.sets.test;
    const most = this.experiment.stimuli.documents ? MOST_VALUES : Infinity;
    const valued = features.filter(({ classes }) => classes.length > 0 && classes.length <= most);
    const labels = tasks.length > 0 ? tasks : valued;
    const none = (): StimuliDetail['conditions'] => ({
      names: ['all stimuli'],
      counts: [inputs.rows],
      of: new Uint16Array(inputs.rows),
    });
    return this.once('conditions', () => (labels.length > 0 ? conditionsOf(labels) : none()));
  }

  /** What probes need of stimuli and labels; undefined where nothing is probed. */
  get probed(): Probed | undefined {
    const { probe } = this.analyses;
    return probe && this.once('probed', () => probedOf(this.sets, probe));
  }

  /** In which variance explained is measured by itself, where that is asked for. */
  get varianceParts(): readonly StimuliPart[] {
    const asked = this.analyses.varianceParts;
    return this.once('varianceParts', () => (asked ? varianceParts(this.sets, asked) : []));
  }

  /** What belongs together on two sides, where that is asked for. */
  get counterparts(): readonly PreparedCounterparts[] {
    const { analyses, stimuli } = this.experiment;
    return this.once('counterparts', () =>
      (analyses.counterparts ?? []).map((one) => preparedCounterparts(one, this.sets, stimuli)),
    );
  }

  /** By evaluation set the margin of the votes for each document, where margins are asked for and there are votes. */
  get voteMargins(): ReadonlyMap<string, Float64Array> {
    return this.once('voteMargins', () => {
      const asked = this.sets.corpus ? askedResults(this.sets.corpus, () => ({}), this.analyses.answers) : {};
      return new Map(
        Object.entries(asked).flatMap(([name, { counted }]) =>
          counted?.margins ? [[name, Float64Array.from(counted.margins, (one) => one ?? NaN)] as const] : [],
        ),
      );
    });
  }

  /** What dictionaries are held against: the labels that have selective units. */
  get dictionaryStimuli(): ProbedStimuli {
    return this.once('dictionaryStimuli', () => {
      const labels = this.classLabels.labels.map(({ name }) => ({ name, kind: 'classes' as const }));
      return new ProbedStimuli(this.sets, { labels, control: [], conflict: [] });
    });
  }

  /** What probes decode from the inputs, which all replicates share. */
  get probedInputs(): Beside {
    return this.once('probedInputs', () => {
      if (!this.probed) throw new Error('Nothing is probed.');
      const { kinds, stimuli } = this.probed;
      const { scores } = decode(kinds, stimuli, stimuli.inputs, 0);
      return { scores, conflicts: decodeConflicts(kinds, stimuli, stimuli.inputs, 0) };
    });
  }

  /** Model RDMs of all labels, over what the experiment's RDMs are over. */
  get models(): PreparedModels {
    return this.once('models', () => {
      const { comparison, over } = this.experiment.analyses.rdm;
      const { of, counts } = this.conditions;
      const made: { label: Label; rdm: PreparedRdm | null }[] = [];
      return this.testLabels.map((label) => {
        // A task that is a feature has the same RDM, which is kept and compared once.
        let model = made.find((other) => sameValues(other.label, label));
        if (!model) {
          const found = over === 'stimuli' ? modelRdm(label) : conditionModelRdm(label, of, counts.length);
          made.push(
            (model = { label, rdm: found && prepareRdm(found.distances, comparison, true, found.rounding) }),
          );
        }
        return { name: label.name, rdm: model.rdm };
      });
    });
  }

  /** Model RDMs that the file makes, over what the experiment's RDMs are over. */
  get madeModels(): readonly MadeModel[] {
    const { madeModels = [], rdm } = this.analyses;
    return this.once('madeModels', () =>
      madeModels.map((model) => madeModel(model, this.sets, rdm.over === 'stimuli' ? null : this.conditions)),
    );
  }

  private once<T>(name: string, make: () => T): T {
    if (!this.parts.has(name)) this.parts.set(name, make());
    return this.parts.get(name) as T;
  }
}

function sameValues(a: Label, b: Label): boolean {
  return a.kind === b.kind && a.width === b.width && a.values.every((value, at) => value === b.values[at]);
}
