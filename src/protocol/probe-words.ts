/** Probes, by the names that experiment files, the command line and the table have for them. */
export type ProbeKind = 'logistic' | 'ridge' | 'nearest-mean' | 'mlp';

/**
 * What of a probe is a number of its own: its score; what the same probe scores on a control task, with initial weights, and on the inputs; how often it follows
 * a label where that conflicts with another (with initial weights and on the inputs, too); its score at another checkpoint;
 * and that in another part of the stimuli.
 */
export type ProbePart =
  | 'score'
  | 'control'
  | 'untrained'
  | 'inputs'
  | 'conflict'
  | 'conflict.untrained'
  | 'conflict.inputs'
  | 'transfer'
  | 'between';

/** The name of a measure in the table. @param isReal of real labels, whose score is another one */
export function probeMeasureName(kind: ProbeKind, part: ProbePart, isReal = false): string {
  return `probe.${kind}${isReal ? '.r2' : ''}${part === 'score' ? '' : `.${part}`}`;
}

/** What a probe is called in a sentence, `small network`, by the titles of its measures: `mlp` is its name in files, where units of transformers are an MLP. */
export function probeWord(
  measures: Readonly<Record<string, { readonly title: string }>>,
  kind: ProbeKind,
): string {
  const known = [false, true].flatMap((isReal) => measures[probeMeasureName(kind, 'score', isReal)] ?? []);
  return known[0]?.title.replace(/^Probe, /, '').replace(/, R²$/, '') ?? kind;
}

/** Balanced accuracy of who knows nothing of the activations. */
export const probeChance = 'probe.chance';

/** Whether a measure of the table is of probes. */
export function isOfProbe(measure: string): boolean {
  return measure.startsWith('probe.');
}

/** The probes that were fitted, by the names of measures. */
export function probeKindsOf(measures: Readonly<Record<string, unknown>>): ProbeKind[] {
  const names = Object.keys(measures).filter((name) => isOfProbe(name) && name !== probeChance);
  return [...new Set(names.map((name) => name.split('.')[1] as ProbeKind))];
}

/** What a label is in conflict with: another, and where the probe is fitted on a label that is drawn, how often it and the other predict that. */
interface Against {
  readonly other: string;
  readonly drawn?: { readonly own: number; readonly other: number };
}

/** How the table says it: `hard`, or `hard (0.8, 0.9)`. */
export function againstPart(other: string, own?: number, predictivity?: number): string {
  return own === undefined || predictivity === undefined ? other : `${other} (${own}, ${predictivity})`;
}

/** How the table says where a probe was fitted, and where it is scored: `definition → encoding`. */
export function betweenPart(fitted: string, scored: string): string {
  return `${fitted}${ARROW}${scored}`;
}

/** @param part as `betweenPart` writes it */
export function betweenOf(part: string): { fitted: string; scored: string } {
  const at = part.indexOf(ARROW);
  return { fitted: part.slice(0, at), scored: part.slice(at + ARROW.length) };
}

const ARROW = ' → ';

/** @param part as `againstPart` writes it @param labels of the results: a name may end as a predictivity does */
export function againstOf(part: string, labels: ReadonlySet<string>): Against {
  const [, other = '', own, predictivity] = /^(.*) \(([\d.e-]+), ([\d.e-]+)\)$/su.exec(part) ?? [];
  return own === undefined || labels.has(part)
    ? { other: part }
    : { other, drawn: { own: Number(own), other: Number(predictivity) } };
}
