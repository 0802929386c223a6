import type { MeasureInfo } from '../protocol/results';
import type { SiteView } from './site-view';

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
  measure(site: SiteView): Iterable<Found>;
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
