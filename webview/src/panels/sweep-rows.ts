import { findingsOf } from '../../../src/analysis/findings';
import { labelNames } from '../../../src/formats/label-names';
import { mainLayer } from '../../../src/protocol/layers';
import { own } from '../../../src/protocol/own';
import { resultsAt } from '../../../src/protocol/results-at';
import { settingNames } from '../../../src/protocol/setting-text';
import type { Interval, MeasureInfo, PairGroup, Results, SweepResults } from '../../../src/protocol/results';

/** The layer that is chosen: the last hidden one of each network. */
export const LAST = '';

/** A number at a point: of a network and label, or of two networks. */
export type Read = (point: number) => Interval | PairGroup | undefined;

export interface Row {
  /** The small picture that it is in. */
  readonly panel: string;
  readonly name: string;
  /** Among the names. */
  readonly colour: number;
  readonly read: Read;
  readonly accuracy?: Read;
  readonly chance?: (point: number) => number | undefined;
}

/** What the choices ask for. */
export interface SweptMeasure {
  readonly sweep: SweepResults;
  readonly info: MeasureInfo;
  /** With the layer. */
  readonly title: string;
  readonly isPair: boolean;
  /** The measure's name in the table. */
  readonly measure: string;
  readonly rows: readonly Row[];
  /** The settings that have several values, by their places. */
  readonly varied: readonly number[];
  /** The one that is chosen. */
  readonly setting: number;
}

/** Values of a setting, in the order of the file. */
export function stepsOf({ points }: SweepResults, setting: number): string[] {
  return [...new Set(points.map(({ values }) => values[setting] ?? ''))];
}

/** The settings that have several values, by their places. */
export function variedOf({ settings, points }: SweepResults): number[] {
  return settings.flatMap((_, at) => (new Set(points.map(({ values }) => values[at])).size > 1 ? [at] : []));
}

/** A point, and what is particular about it in words: all, and in two parts, as there is little room over small pictures. */
interface SweptPoint {
  readonly point: number;
  readonly name: string;
  readonly title: string;
  readonly note: string;
}

/** All points; one without a name where nothing is swept. */
export function sweptPoints({ sweep }: Results): SweptPoint[] {
  if (!sweep) return [{ point: 0, name: '', title: '', note: '' }];
  const names = settingNames(sweep.settings);
  const varied = variedOf(sweep);
  return sweep.points.map(({ values }, point) => {
    const all = varied.map((at) => `${names[at] ?? ''} ${values[at] ?? ''}`);
    const joined = (some: readonly string[]): string => some.join(', ');
    return { point, name: joined(all), title: joined(all.slice(-2)), note: joined(all.slice(0, -2)) };
  });
}

/** Points by what else is varied, in words. */
export function groupsOf(
  { settings, points }: SweepResults,
  others: readonly number[],
): { name: string; points: number[] }[] {
  const names = settingNames(settings);
  const found = new Map<string, number[]>();
  for (const [point, { values }] of points.entries()) {
    const name = others.map((at) => `${names[at] ?? ''} ${values[at] ?? ''}`).join(', ');
    found.set(name, [...(found.get(name) ?? []), point]);
  }
  return [...found].map(([name, all]) => ({ name, points: all }));
}

/** Lines of each network: one for each label, or one. */
export function networkRows(
  whole: Results,
  { sweptMeasure, sweptLayer, labels }: { sweptMeasure: string; sweptLayer: string; labels: string },
  info: MeasureInfo,
): Row[] {
  const findings = findingsOf(whole);
  const siteAt = (network: string, point: number): string | undefined => {
    const layers = resultsAt(whole, point).networks.find(({ name }) => name === network)?.layers ?? [];
    return sweptLayer === LAST
      ? mainLayer(layers)?.name
      : layers.find(({ name }) => name === sweptLayer)?.name;
  };
  const ofSite = info.of === 'site';
  const ofLabel = info.by.includes('label');
  const named = (source: string): string[] =>
    whole.labels.filter((label) => label.source === source).map(({ name }) => name);
  const tasks = named('task');
  const once = labelNames(whole.labels);
  const sets = info.of === 'replicate' && ofLabel ? Object.keys(whole.asked ?? {}) : [];
  const all =
    sets.length > 0
      ? sets
      : labels === 'all' || tasks.length === 0
        ? [...new Set([...tasks, ...named('feature').filter((name) => once.has(name))])]
        : tasks;
  return whole.networks.flatMap(({ name: network, tasks: trained }) =>
    all.concat(ofLabel ? [] : [info.title]).map((label, colour): Row => {
      const isLabel = colour < all.length;
      const read: Read = (point) => {
        const site = ofSite ? siteAt(network, point) : undefined;
        if ((ofSite && site === undefined) || isLabel !== ofLabel) return undefined;
        const where = { point, ...(site === undefined ? {} : { site }), ...(ofLabel ? { label } : {}) };
        return findings.mean(network, sweptMeasure, where);
      };
      return {
        ...{ panel: network, name: label, colour, read },
        ...(trained.includes(label)
          ? {
              accuracy: (point) => findings.mean(network, 'accuracy', { point, label }),
              chance: (point) => own(resultsAt(whole, point).tasks, label)?.chance,
            }
          : {}),
      };
    }),
  );
}

/** A line for each two networks, and each with itself: replicates compared at the last hidden layer. */
export function pairRows(whole: Results, measure: string): Row[] {
  const entryAt = (point: number) => {
    const { rsa, pairs } = resultsAt(whole, point);
    return [...rsa, ...pairs].find((one) => one.measure === measure);
  };
  const groupOf = (point: number, a: string, b: string): PairGroup | undefined =>
    entryAt(point)?.groups.find((group) => group.a === a && group.b === b);
  const points = whole.sweep?.points ?? [];
  const names = new Map<string, [string, string]>();
  for (const point of points.keys())
    for (const { a, b } of entryAt(point)?.groups ?? []) names.set(`${a} – ${b}`, [a, b]);
  return [...names].map(([name, [a, b]], colour) => ({
    ...{ panel: '', name, colour },
    read: (point) => groupOf(point, a, b),
  }));
}
