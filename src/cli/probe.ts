import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import { visible } from '../formats/visible';
import type { FoldMean, ScoreName } from '../analysis/probe/scores';
import { probe, type ProbeFound } from '../verbs/probe';
import type { ProbeAsked } from '../verbs/probe-given';
import { exitCode } from './exit-code';
import { arrayRoom } from './array-room';
import { print } from './print';
import { aligned } from './text';

/** `repscope probe FILE`: how well a probe tells a label, and what that is to be held against. */
export async function probeCommand(
  activations: string,
  { json, ...how }: Omit<ProbeAsked, 'activations'> & { readonly json?: boolean },
): Promise<number> {
  const found = await probe.run({ activations, ...how }, arrayRoom);
  await print(json === true ? jsonPieces(found) : lines(found));
  return exitCode.done;
}

const words: Readonly<Record<ScoreName, string>> = {
  balancedAccuracy: 'balanced accuracy',
  accuracy: 'accuracy',
  auc: 'AUC',
  r2: 'R²',
};

function* lines(found: ProbeFound): Generator<string, void, undefined> {
  const { definition, score, n, missing, stimuli, units, label, classes, folds, control, conflict } = found;
  const names = Object.keys(found.scores) as ScoreName[];
  const of = classes ? `, ${classes.length} classes` : '';
  yield `${definition} probe of ${visible(label)}${of}: ${n} rows${missing > 0 ? ` (${missing} without a label are left out)` : ''}, ${stimuli} distinct, ${units} units\n`;
  yield `mean over ${folds} folds of stimuli that it was not fitted on (± standard error over folds, which share what is fitted on)\n\n`;
  const row = (name: string, scores: ProbeFound['scores']): string[] => [
    name,
    ...names.map((one) => meanWithError(scores[one])),
  ];
  const rows = [
    ['', ...names.map((name) => words[name])],
    row('activations', found.scores),
    ['chance', ...names.map((name) => shown(found.chance[name]))],
    [
      `control task per ${typeof control.per === 'string' ? control.per : control.per.join(' × ')}`,
      shown(control.value),
    ],
    ...(['inputs', 'untrained', 'to'] as const).flatMap((key) => {
      const beside = found[key];
      return beside ? [row(key === 'to' ? 'scored on the other array' : key, beside.scores)] : [];
    }),
  ];
  for (const line of aligned(rows)) yield `${line}\n`;
  yield `\nselectivity (${words[score]} − that of the control task): ${shown(control.selectivity)}\n`;
  if (control.why !== undefined) yield `${control.why}\n`;
  for (const caution of found.cautions) yield `${caution}\n`;
  if (conflict)
    yield `where the labels disagree (${conflict.n} rows) it follows ${visible(label)} in ${meanWithError(conflict.label)}, the other in ${meanWithError(conflict.other)}\n`;
  if (found.unconverged > 0)
    yield `${found.unconverged} of ${folds} fits stopped before their loss was least.\n`;
}

function meanWithError(score: FoldMean | undefined): string {
  const { mean = null, standardErrorOverFolds: error = null } = score ?? {};
  return error === null ? shown(mean) : `${shown(mean)} ± ${shown(error)}`;
}

const shown = (value: number | null | undefined): string =>
  typeof value === 'number' ? fixed(value, 3) : '–';
