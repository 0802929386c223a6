import { decimals } from '../formats/fixed';
import { comparisonsOf } from '../protocol/pair-results';
import { aboveNull } from '../protocol/above-null';
import { layerWords } from '../protocol/measure-names';
import { probeKindsOf, probeMeasureName } from '../protocol/probe-words';
import { findingsOf } from '../analysis/findings';
import type { DescribeContext } from './describe-context';
import { described, type DescribedAnalysis } from './described-analyses';
import { decodedText, type Known, mainLayerName, provenance, staleness } from './describe-results';
import { escaped, strong, table } from './markdown';
import { modelScoresTable, testsOf } from './model-scores';

/** Rows of a table in a hover: what is beyond them the panel shows. */
const MOST = 8;

/** What an analysis asks for, and what came of it. */
export function describeAnalysis(name: DescribedAnalysis, { known, now }: DescribeContext): string[] {
  const parts = [`**${name.charAt(0).toUpperCase()}${name.slice(1)}:** ${described[name]}`];
  const found = known ? { probe: decoded, similarity: compared, inference: tested }[name](known) : [];
  return known && found.length > 0
    ? [...parts, ...staleness(known), ...found, provenance(known, now)]
    : parts;
}

/** Labels by network: what the first probe decodes from the main layer. */
function decoded({ results }: Known): string[] {
  const [probe] = probeKindsOf(results.measures);
  if (!probe) return [];
  const findings = findingsOf(results);
  const rows = results.networks.flatMap((network) => {
    const layer = mainLayerName(network);
    if (layer === null) return [];
    return findings
      .labels(network.name, probeMeasureName(probe, 'score'), layer)
      .map((label) => [
        strong(label),
        `${strong(network.name)} ${escaped(layer)}`,
        decodedText(results, network, probe, layer, label),
      ]);
  });
  return limited(['Label', 'Decoded from', `Balanced accuracy (${escaped(probe)})`], rows, 'Probes');
}

/** Pairs of networks: how alike, and how many of their pairs of replicates are above the null. */
function compared({ results }: Known): string[] {
  const rows = comparisonsOf(results).flatMap((entry) =>
    entry.null === undefined
      ? []
      : entry.groups.map((group) => {
          const above = aboveNull(entry, group);
          return [
            escaped(results.measures[entry.measure]?.title ?? entry.measure),
            escaped(layerWords(entry.layer)),
            `${strong(group.a)} – ${strong(group.b)}`,
            group.mean === null ? '—' : decimals(group.mean),
            above === null ? '—' : `${above.above} of ${above.of}`,
          ];
        }),
  );
  return limited(['Measure', 'At', 'Between', 'Mean', 'Pairs above shuffled'], rows, 'Similarity');
}

/** Of each source at its main layer. */
function tested({ results }: Known): string[] {
  return results.networks.slice(0, 3).flatMap((network) => {
    const tests = testsOf(results, network.name, mainLayerName(network));
    return tests ? [`${strong(network.name)}, ${escaped(tests.layer)}:`, modelScoresTable(tests)] : [];
  });
}

function limited(head: readonly string[], rows: readonly string[][], panel: string): string[] {
  if (rows.length === 0) return [];
  const rest = rows.length - MOST;
  return [table(head, rows.slice(0, MOST)), ...(rest > 0 ? [`and ${rest} more rows, in ${panel}`] : [])];
}
