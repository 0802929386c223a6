import { findingsOf } from '../../../src/analysis/findings';
import { type ProbeKind, probeMeasureName, probeWord } from '../../../src/protocol/probe-words';
import type { NetworkResults } from '../../../src/protocol/results';
import type { View } from '../panel';

/** What is looked at. */
export interface ProbesLook {
  readonly view: View;
  readonly network: NetworkResults;
  readonly kind: ProbeKind;
}

/** The labels that a probe was to decode, with the measure of each. */
export function labelsOf({
  view: { results },
  network,
  kind,
}: ProbesLook): { label: string; isReal: boolean }[] {
  const findings = findingsOf(results);
  return [false, true].flatMap((isReal) =>
    findings
      .labels(network.name, probeMeasureName(kind, 'score', isReal), network.layers[0]?.name)
      .map((label) => ({ label, isReal })),
  );
}

/** What a probe is called in a sentence: `the probe (small network)`. */
export function theProbe({ view: { results }, kind }: Pick<ProbesLook, 'view' | 'kind'>): string {
  return `the probe (${probeWord(results.measures, kind)})`;
}
