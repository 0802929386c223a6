import { findingsOf, type Where } from '../../src/analysis/findings';
import { interval, ranges } from '../../src/analysis/statistics/interval';
import type { ExperimentFile } from '../../src/experiment/file';
import type { Interval, RangeName, Results } from '../../src/protocol/results';
import type { BesideRow } from './beside-pytorch';

/** What a figure claims, as a statistic with one number per replicate. */
export interface Effect {
  /** The claim, as a sentence without its stop. */
  readonly says: string;
  /** One number per replicate: a difference, a share … */
  readonly values: readonly number[];
  readonly unit?: string;
  /** What the numbers can be, which decides how their interval is made; anything, where it is not said. */
  readonly range?: RangeName;
  /** On which side of `than` the 95 % interval of the mean has to lie; `report`: the number is told, and nothing is asserted. */
  readonly expect: 'above' | 'below' | 'report';
  /** 0 where it is not said. */
  readonly than?: number;
  /** Nothing in it is drawn by chance (circuits, algebra): one value decides. */
  readonly exact?: true;
}

/** A picture of the run: a panel of its report as a reader sees it, with the figure that is taken of it. */
export interface GalleryPicture {
  /** The panel's id, as in `webview/src/panels`. */
  readonly panel: string;
  /** What is chosen in its controls: name of a control as the page shows it -> option as the page shows it. */
  readonly choices?: Readonly<Record<string, string>>;
  /** The heading of the figure, or its beginning; the panel's first where it is not said. */
  readonly figure?: string;
  readonly caption: string;
}

/** A figure of the field: its experiment, what it claims, and how it is shown. The claims are written here once, and hold for the whole file and for the reduced one. */
export interface GalleryFigure {
  /** Figures are shown in this order. */
  readonly number: number;
  /** `easy-vs-hard`: of examples/easy-vs-hard.experiment.json. */
  readonly example: string;
  readonly question: string;
  /** Authors, year, arXiv. */
  readonly source: string;
  /** Where the recipe is not the source's: what is taken from there, and what is not. Sentences. */
  readonly recipe?: string;
  readonly pictures: readonly GalleryPicture[];
  /** A table of means with intervals. */
  numbers?(results: Results): readonly {
    readonly what: string;
    readonly values: readonly number[];
    readonly unit?: string;
    readonly range?: RangeName;
  }[];
  effects(results: Results): readonly Effect[];
  /** A program that shares no code with us, in docs/gallery, and what it gave. */
  readonly independent?: {
    readonly file: string;
    readonly says: string;
    /** How it answers in the course of training, beside RepScope. */
    beside?(results: Results): readonly BesideRow[];
  };
  /** Sentences. */
  readonly conclude: readonly string[];
  readonly notConclude: readonly string[];
  /** The file, small enough for every run of the tests: fifteen seconds of a processor or less. */
  reduced(file: ExperimentFile): ExperimentFile;
}

/** What was found of an effect: its mean with the 95 % interval (Student's t over replicates), and whether it lies where it is expected. */
export interface Judged {
  readonly effect: Effect;
  readonly found: Interval;
  /** Null of one that is told only. */
  readonly held: boolean | null;
}

/** Equal values of several replicates have no interval: their value decides. One value decides nothing. */
export function judge(effect: Effect): Judged {
  const { values, range, expect, than = 0, exact } = effect;
  const found = meanOf(values, range);
  if (expect === 'report') return { effect, found, held: null };
  const { mean, low, high, n } = found;
  const complete = n === values.length && (n > 1 || exact) && mean !== null;
  const held = complete === true && (expect === 'above' ? (low ?? mean) > than : (high ?? mean) < than);
  return { effect, found, held };
}

export function meanOf(values: readonly number[], range: RangeName = 'unbounded'): Interval {
  return interval(values, 0.95, ranges[range]);
}

/**
 * The numbers of a measure, one per replicate of a network.
 *
 * @throws Error where one of them is missing: nothing is claimed of a part of the replicates
 */
export function numbersOf(results: Results, network: string, measure: string, where: Where = {}): number[] {
  const values = findingsOf(results).mean(network, measure, where)?.values ?? [];
  if (values.length === 0 || values.some((value) => value === null))
    throw new Error(`${network} lacks ${measure} of ${JSON.stringify(where)} in some of its replicates.`);
  return values.flatMap((value) => value ?? []);
}

/** Whether it is there: reduced files may lack some. */
export function hasNetwork({ networks }: Results, network: string): boolean {
  return networks.some(({ name }) => name === network);
}

/** The shares of documents of an evaluation set that a network answers rightly, one per replicate. */
export function right(results: Results, network: string, set: string): number[] {
  return numbersOf(results, network, 'accuracy', { label: set });
}

/** Number by number. */
export function minus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, at) => value - b[at]);
}

/** Stimuli of few facts, most of which are said in both directions. */
export const fewReversals: ExperimentFile['stimuli'] = {
  seed: 0,
  documents: { reversals: { entities: 20, relations: 3, heldOut: 8, together: 0.125, affixes: 10 } },
};

/** A file of easy and hard features with fewer noise inputs, fewer stimuli (4,096 for training, 256 of each other set) and narrower layers. */
export function smaller(
  file: ExperimentFile,
  { noise, hidden, batchSize }: { noise: number; hidden: number[]; batchSize: number },
): ExperimentFile {
  const { stimuli, network, training } = file;
  const features = { ...stimuli.features, 'e noise': { bits: noise }, 'h noise': { bits: noise } };
  return {
    ...file,
    stimuli: { ...stimuli, features, train: 4096, fit: 256, test: 256 },
    network: { ...network, hidden },
    training: { ...training, batchSize },
  };
}
