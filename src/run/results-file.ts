import { findingsOf } from '../analysis/findings';
import type { MeasureInfo, Results, ResultsFile, SummaryRow } from '../protocol/results';
import { unitArrays, type UnitsOf } from './unit-arrays';

/** The content of `results.json`: the results, with means over replicates for who reads nothing else, and where arrays are. */
export function resultsFile(results: Results, units: readonly UnitsOf[]): ResultsFile {
  return { ...results, summaries: [...summaries(results)], arrays: { units: unitArrays(units) } };
}

/** The means of all measures at the end of training, over the replicates of each network. */
function* summaries(results: Results): Generator<SummaryRow, void, undefined> {
  const findings = findingsOf(results);
  for (const { name, layers } of results.networks)
    for (const [measure, info] of Object.entries(results.measures)) {
      if (!isAveraged(info)) continue;
      const { of } = info;
      for (const site of of === 'site' ? layers.map((layer) => layer.name) : [undefined])
        for (const label of orNone(findings.labels(name, measure, site)))
          for (const part of orNone(findings.parts(name, measure, site))) {
            const interval = findings.mean(name, measure, { site, label, part });
            if (!interval) continue;
            const { mean, low, high, kind, n } = interval;
            yield { measure, source: name, ...given({ site, label, part }), mean, low, high, kind, n };
          }
    }
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

/** Without what is undefined. */
function given<T extends Record<string, string | undefined>>(names: T): Partial<Record<keyof T, string>> {
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined)) as Partial<
    Record<keyof T, string>
  >;
}
