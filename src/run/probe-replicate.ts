import type { Probe } from '../analysis/probe/probe';
import type { Matrix } from '../core/matrix';
import { END, type Values } from '../core/values';
import { probeMeasures } from '../measures/probe';
import {
  againstPart,
  betweenPart,
  probeChance,
  probeMeasureName,
  type ProbePart,
} from '../protocol/probe-words';
import type { Recording } from '../sources/source';
import {
  type Beside,
  type Conflicts,
  decode,
  decodeConflicts,
  decodeControl,
  type Decoded,
  type Score,
} from './decode';
import { decodeBetween } from './decode-between';
import type { DrawnExperiment } from './drawn-experiment';
import type { KnownAnalysis } from './known-analysis';
import type { Probed } from './probed-stimuli';

/** Adds what is decoded from each layer of a replicate, where that is asked for. */
export async function addProbes(
  values: Values,
  drawn: DrawnExperiment,
  recording: Recording,
  known: KnownAnalysis | undefined,
): Promise<void> {
  const { probed } = drawn;
  if (!probed) return;
  const names = probeMeasures(drawn.analyses).map(({ name }) => name);
  if (known && names.every((name) => known.has(name)))
    for (const { value, why, ...place } of known.every(names)) values.add(place, value, why);
  else
    for (const { name: site } of recording.sites)
      addFound(values, site, probed, await findIn(probed, drawn, recording, site));
}

/** What probes decode from one layer. */
interface Found {
  readonly end: Decoded;
  readonly endConflicts: Conflicts;
  readonly control: Decoded['scores'];
  readonly between: ReturnType<typeof decodeBetween>;
  /** With initial weights and from the inputs; else why not. */
  readonly untrained: Beside | string;
  readonly inputs: Beside | string;
  /** At each checkpoint that is looked at. */
  readonly over: readonly (Moment & { readonly decoded: Decoded })[];
}

interface Moment {
  readonly step: number;
  readonly rows: Matrix<Float64Array>;
}

async function findIn(
  { analysis, kinds, stimuli }: Probed,
  drawn: DrawnExperiment,
  recording: Recording,
  site: string,
): Promise<Found> {
  const { checkpoints, replicate } = recording;
  const { seed } = replicate;
  const network = drawn.experiment.networks.find(({ name }) => name === replicate.source);
  const at = async (checkpoint: number): Promise<Moment> => ({
    step: checkpoints[checkpoint].step,
    rows: stimuli.rows(
      await recording.activations(site, 'fit', checkpoint),
      await recording.activations(site, 'test', checkpoint),
    ),
  });
  const moments: Moment[] = [];
  if (analysis.over === 'training') for (const place of checkpoints.keys()) moments.push(await at(place));
  const over = moments.map((moment) => ({ ...moment, decoded: decode(kinds, stimuli, moment.rows, seed) }));
  const last = moments.at(-1) ?? (await at(checkpoints.length - 1));
  const end = over.at(-1)?.decoded ?? decode(kinds, stimuli, last.rows, seed);
  const endConflicts = decodeConflicts(kinds, stimuli, last.rows, seed);
  const before = async (): Promise<Beside> => {
    if (checkpoints.length === 1) return { scores: end.scores, conflicts: endConflicts };
    const { rows } = moments.at(0) ?? (await at(0));
    const { scores } = over.at(0)?.decoded ?? decode(kinds, stimuli, rows, seed);
    return { scores, conflicts: decodeConflicts(kinds, stimuli, rows, seed) };
  };
  return {
    ...{ end, endConflicts, over },
    control: decodeControl(kinds, stimuli, last.rows, seed),
    between: decodeBetween(kinds, stimuli, last.rows, seed),
    untrained: !network
      ? 'Of a recording nothing untrained is known.'
      : network.isBuilt || checkpoints[0].step > 0
        ? 'It has no initial weights.'
        : await before(),
    inputs: network ? drawn.probedInputs : 'What a recording was made with is not known.',
  };
}

/** The rows of a layer, probe by probe. */
function addFound(values: Values, site: string, { analysis, kinds, stimuli }: Probed, found: Found): void {
  const { end, endConflicts, control, between, untrained, inputs, over } = found;
  const { labels, conflict } = analysis;
  kinds.forEach((probe, kind) => {
    const add = (part: ProbePart, scores: readonly Score[], checkpoint = END, of?: string): void =>
      labels.forEach((label, at) => {
        const measure = probeMeasureName(probe.name, part, tellsReal(probe, label.kind));
        const { value, why } = scores[at];
        values.add({ measure, checkpoint, site, label: label.name, part: of }, value, why);
      });
    const addBeside = (part: 'untrained' | 'inputs', beside: Beside | string): void =>
      add(part, typeof beside === 'string' ? labels.map(() => none(beside)) : beside.scores[kind]);
    const addConflicts = (part: ProbePart, of: Beside | string): void =>
      conflict.forEach(([a, b, predictivity], at) => {
        const [p, q] = predictivity ?? [];
        const [first, second] = typeof of === 'string' ? [none(of), none(of)] : of.conflicts[kind][at];
        const place = { measure: probeMeasureName(probe.name, part), checkpoint: END, site };
        values.add({ ...place, label: a, part: againstPart(b, p, q) }, first.value, first.why);
        values.add({ ...place, label: b, part: againstPart(a, q, p) }, second.value, second.why);
      });
    for (const { step, decoded } of over) add('score', decoded.scores[kind], String(step));
    add('score', end.scores[kind]);
    add('control', control[kind]);
    for (const { fitted, scored, scores } of between)
      add('between', scores[kind], END, betweenPart(fitted, scored));
    addBeside('untrained', untrained);
    addBeside('inputs', inputs);
    addConflicts('conflict', { scores: end.scores, conflicts: endConflicts });
    addConflicts('conflict.untrained', untrained);
    addConflicts('conflict.inputs', inputs);
    if (!analysis.transfer) return;
    for (const fitted of over)
      for (const { step, rows } of over)
        add('transfer', fitted.decoded.elsewhere(rows)[kind], String(step), String(fitted.step));
  });
  for (const { name, target, why } of stimuli.targets) {
    const level = target?.kind === 'classes' ? 1 / target.classes : target ? 0 : null;
    values.add({ measure: probeChance, checkpoint: END, site, label: name }, level, why);
  }
}

const none = (why: string): Score => ({ value: null, why });

function tellsReal({ of }: Probe, kind: 'classes' | 'real'): boolean {
  return kind === 'real' && of.includes('real');
}
