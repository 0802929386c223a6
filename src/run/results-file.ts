import { type Findings, findingsOf, pointsOf } from '../analysis/findings';
import { packedColumn, packedColumns } from '../core/packed-columns';
import { codedColumn } from '../core/values';
import type { Interval, MeasureInfo, Results, ResultsFile, SummaryColumns } from '../protocol/results';
import { unitArrays, type UnitsOf } from './unit-arrays';

/** The content of `results.json`: the results, with means over replicates for who reads nothing else, and where arrays are. */
export function resultsFile(results: Results, units: readonly UnitsOf[]): ResultsFile {
  return {
    ...results,
    values: packedColumns(results.values),
    summaries: asColumns([...summaries(results)]),
    arrays: { units: unitArrays(units) },
  };
}

/** The mean of one measure of one network. */
interface SummaryRow extends Omit<Interval, 'values'> {
  measure: string;
  source: string;
  point: number;
  site: string | undefined;
  other: string | undefined;
  label: string | undefined;
  part: string | undefined;
}

function asColumns(rows: readonly SummaryRow[]): SummaryColumns {
  const texts = (name: 'measure' | 'source' | 'site' | 'other' | 'label' | 'part' | 'kind') =>
    packedColumn(codedColumn(rows.map((row) => row[name])));
  return {
    measure: texts('measure'),
    source: texts('source'),
    ...(rows.some(({ point }) => point > 0)
      ? { point: packedColumn(codedColumn(rows.map(({ point }) => String(point)))) }
      : {}),
    site: texts('site'),
    other: texts('other'),
    label: texts('label'),
    part: texts('part'),
    mean: rows.map(({ mean }) => mean),
    low: rows.map(({ low }) => low),
    high: rows.map(({ high }) => high),
    kind: texts('kind'),
    n: rows.map(({ n }) => n),
  };
}

/** The means of all measures at the end of training, over the replicates of each network at each point. */
function* summaries(results: Results): Generator<SummaryRow, void, undefined> {
  const findings = findingsOf(results);
  for (const network of results.networks)
    for (const [measure, info] of Object.entries(results.measures)) {
      if (!isAveraged(info)) continue;
      const { name: source, layers } = network;
      for (const site of info.of === 'replicate' ? [undefined] : layers.map(({ name }) => name))
        for (const [other, label, part] of within(findings, source, measure, site))
          for (const point of pointsOf(network)) {
            const where = { point, site, other, label, part };
            const interval = findings.mean(source, measure, where);
            if (!interval) continue;
            const { mean, low, high, kind, n } = interval;
            yield { measure, source, ...where, mean, low, high, kind, n };
          }
    }
}

type Name = string | undefined;

/** Other layers, labels and components for which a layer of a network has a measure. */
function within(findings: Findings, network: string, measure: string, site: Name): [Name, Name, Name][] {
  const [others, labels, parts] = [
    findings.others(network, measure, site),
    findings.labels(network, measure, site),
    findings.parts(network, measure, site),
  ].map(orNone);
  return others.flatMap((other) =>
    labels.flatMap((label) => parts.map((part): [Name, Name, Name] => [other, label, part])),
  );
}

/**
 * Units do not correspond across seeds, nor do components (their variances do, by rank: not what each is correlated with). What qualifies
 * another measure, as its p does, says nothing as a mean.
 */
function isAveraged({ by, beside }: MeasureInfo): boolean {
  return !by.includes('unit') && !(by.includes('component') && by.includes('label')) && beside === undefined;
}

function orNone(names: readonly string[]): readonly (string | undefined)[] {
  return names.length > 0 ? names : [undefined];
}
