import { initialSheet, restoredSheet, type Sheet } from './sheet';

/** Everything that the user chooses; persisted through the host. Each choice is checked against what there is when it is used. */
export interface Choices {
  tab: string;
  network: string;
  seed: number;
  layer: string;
  /** Null: the newest. */
  step: number | null;
  /** Overview: which variance explained. */
  measure: string;
  labels: string;
  /** PCA. */
  x: number;
  y: number;
  z: number;
  dimensions: string;
  colour: string;
  symbol: string;
  equalAxes: boolean;
  /** Each checkpoint on its own components, and not on the final ones. */
  ownComponents: boolean;
  drag: string;
  /** Stimuli that are marked in every panel. */
  selected: number[];
  /** Units. */
  statistic: string;
  unitOrder: string;
  /** −1: none was chosen; the most selective one. */
  unit: number;
  /** Similarity: the measure of pairs; over `replicates` or `layers`; of layers the `mean` over replicates, or one `replicate`. */
  comparison: string;
  comparedOver: string;
  layersOf: string;
  /** `fitted`: the colours of similarities reach as far as those between replicates do; else from end to end of the measure. */
  similarities: string;
  /** Labels that order the stimuli of RDMs, the first one first. */
  rdmOrder: string[];
  /** `replicate`: RDMs of the chosen one; `mean`: over the seeds of its network. */
  rdmOf: string;
  model: string;
  /** Compare: `labels` (accuracy and variance explained) or `layers`; all, or those beyond seed noise. */
  comparedOf: string;
  compared: string;
  /** When the comparison was asked for that was last brought to the front. */
  comparedAt: number;
  /** When the list of hazards was asked for that was last brought to the front. */
  hazardsAt: number;
  /** Dynamics. */
  time: string;
  /** Figures whose table the user has opened, and those whose table he has closed. */
  tablesOpen: string[];
  tablesClosed: string[];
  /** How pictures are written into files. */
  sheet: Sheet;
  /** Report: light or dark, where the reader chose it. */
  theme: string;
}

export const initialChoices: Choices = {
  tab: 'overview',
  network: '',
  seed: 0,
  layer: '',
  step: null,
  measure: 'varianceExplained',
  labels: 'tasks',
  x: 0,
  y: 1,
  z: 2,
  dimensions: '2',
  colour: '',
  symbol: '',
  equalAxes: true,
  ownComponents: false,
  drag: 'lasso',
  selected: [],
  statistic: 'dprime',
  unitOrder: 'clustered',
  unit: -1,
  comparison: '',
  comparedOver: 'replicates',
  layersOf: 'mean',
  similarities: 'full',
  rdmOrder: [],
  rdmOf: 'replicate',
  model: '',
  comparedOf: 'labels',
  compared: 'all',
  comparedAt: 0,
  hazardsAt: 0,
  time: 'log',
  tablesOpen: [],
  tablesClosed: [],
  sheet: initialSheet,
  theme: '',
};

/** Takes from stored choices what has the right type. */
export function restoredChoices(stored: unknown): Choices {
  const choices: Record<string, unknown> = { ...initialChoices };
  if (typeof stored === 'object' && stored !== null) {
    for (const [name, value] of Object.entries(stored)) {
      const initial = choices[name];
      const fits =
        name === 'step'
          ? value === null || typeof value === 'number'
          : name === 'selected'
            ? Array.isArray(value) && value.every((item) => Number.isInteger(item))
            : ['rdmOrder', 'tablesOpen', 'tablesClosed'].includes(name)
              ? Array.isArray(value) && value.every((item) => typeof item === 'string')
              : typeof value === typeof initial;
      if (Object.hasOwn(initialChoices, name) && fits) choices[name] = value;
    }
  }
  return { ...(choices as unknown as Choices), sheet: restoredSheet(choices['sheet']) };
}
