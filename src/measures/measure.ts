import type { Analyses } from '../experiment/experiment';
import type { MeasureInfo } from '../protocol/results';
import type { Comparer, PairFound } from '../analysis/pairs/pair-matrix';
import type { RdmSetting, SiteView, TestView } from './site-view';

/** One number of a layer, or why there is none. */
export interface Found {
  readonly label?: string;
  /** The component. */
  readonly part?: string;
  /** May be infinite. */
  readonly value: number | null;
  /** Why it is null. */
  readonly why?: string;
}

/** What is measured of one layer of one replicate. It says what it is, and everything that shows it reads that. */
export interface SiteMeasure extends MeasureInfo {
  readonly of: 'site';
  /** Its name in the table. */
  readonly name: string;
  /** When it is measured: at every checkpoint and the end; at the end and for a first look during training; at the end. */
  readonly when: 'always' | 'glance' | 'end';
  /**
   * What of the analyses of an experiment decides its numbers, beside activations and labels: the store keeps them for as long as that stays.
   */
  readonly reads?: readonly (keyof Analyses)[];
  /** Whether an experiment asks for it; absent: every one does. */
  asked?(analyses: Pick<Analyses, 'subsets' | 'counterparts' | 'madeModels' | 'varianceParts'>): boolean;
  /** It is of the RDM of the layer, and measured where that alone is known. */
  readonly ofRdm?: true;
  measure(site: SiteView): Iterable<Found>;
}

/**
 * What is measured of two recordings over the same test stimuli: a layer of two replicates, or two layers of one. Each is prepared once, and
 * then compared with all others.
 */
export interface PairMeasure<P = unknown> extends MeasureInfo, Comparer<TestView, P> {
  readonly of: 'pair';
  /** Its name in the table. */
  readonly name: string;
  readonly more: NonNullable<MeasureInfo['more']>;
  readonly invariances: string;
  /** What of the experiment decides its numbers, beside its name. */
  readonly settings?: Readonly<Record<string, number>>;
  compare(a: P, b: P): PairFound;
  /** Which RDMs, where it is RSA. */
  readonly rdm?: RdmSetting;
  /** Its null takes as many comparisons as permutations: too long while one looks. */
  readonly slowNull?: boolean;
  /** How the best of several layers each is found, where that is asked for. */
  readonly best?: Comparer<readonly NamedView[], unknown>;
  /** What the numbers beside it are, where it has a null. */
  readonly nulls?: Readonly<Record<string, MeasureInfo>>;
}

/** A layer of a recording. */
export interface NamedView {
  readonly name: string;
  readonly view: TestView;
}

/** Numbers by label, as measures find them, in the labels' order. */
export function byLabel(
  values: Readonly<Record<string, number | null>>,
  why: (label: string) => string | undefined,
): Found[] {
  return Object.entries(values).map(([label, value]) => ({
    label,
    value,
    ...(value === null ? { why: why(label) } : {}),
  }));
}
