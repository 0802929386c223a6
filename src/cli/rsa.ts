import { createRequire } from 'node:module';
import { join } from 'node:path';
import { methods } from '../analysis/rsa/methods/methods';
import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import type { FigureMaker } from '../protocol/model-scores';
import { version } from '../run/version';
import { rsa, type RsaAsked, type RsaFound } from '../verbs/rsa';
import { exitCode } from './exit-code';
import { arrayRoom } from './array-room';
import { givenPath, writeWhole } from './files';
import { number, probability } from './numbers';
import { print } from './print';
import { UserError } from '../verbs/user-error';
import { rsaLayersCommand } from './rsa-layers';
import { aligned } from './text';

export interface RsaOptions extends Omit<RsaAsked, 'subjects' | 'models'> {
  /** Absent: the one subject is a run, whose layers are shown. */
  readonly models?: readonly string[];
  readonly figure?: string;
  readonly json?: boolean;
}

/** `repscope rsa FILE… --models FILE…`, or `repscope rsa RUN`: scores of model RDMs with noise ceilings, intervals and tests. */
export async function rsaCommand(
  subjects: readonly string[],
  { json, figure, models, ...how }: RsaOptions,
): Promise<number> {
  if (!models) {
    if (subjects.length > 1 || figure !== undefined || Object.keys(how).length > 0)
      throw new UserError(
        'Name the files of model RDMs (--models); or one run alone, of which all layers are shown.',
      );
    return rsaLayersCommand(subjects[0], { json: json === true });
  }
  const to = figure === undefined ? undefined : givenPath('--figure', figure);
  const found = await rsa.run({ subjects, models, ...how }, arrayRoom);
  if (to !== undefined) await writeWhole(to, Buffer.from(figureOf(found)));
  await print(json === true ? jsonPieces(found) : lines(found));
  return exitCode.done;
}

/** The figure of the field as SVG. It is drawn by a bundle of its own, as the dashboard's are. */
function figureOf(found: RsaFound): string {
  const { modelScoresSvg } = createRequire(join(__dirname, 'cli.js'))('./figures.js') as FigureMaker;
  const { definition, n, subjects, resampled, drawsUsed, correction } = found;
  const title = methods.find(({ name }) => name === definition)?.title ?? definition;
  const tests = { fdr: 'FDR', bonferroni: 'Bonferroni', none: 'not corrected' }[correction];
  const description = `Similarity (${title}) of ${found.models.length} model RDMs with the RDMs of ${subjects} subjects, ${n} stimuli; bootstrap over ${resampled.join(' and ')}, ${drawsUsed} draws. RepScope ${version}.`;
  return modelScoresSvg(
    { ...found, measure: found.weighted ? `${title}, cross-validated` : title, level: 0.05, tests },
    'Model RDMs and noise ceiling',
    description,
  );
}

const correctedBy = {
  fdr: 'for the false discovery rate (Benjamini–Hochberg)',
  bonferroni: 'by Bonferroni',
  none: '',
} as const;

function* lines(found: RsaFound): Generator<string, void, undefined> {
  const { definition, n, pairs, subjects, resampled, draws, drawsUsed, ceiling, why, degrees } = found;
  yield `${definition} with ${subjects} ${subjects === 1 ? 'RDM' : 'RDMs'} of ${n} stimuli, over ${pairs} pairs\n`;
  yield `noise ceiling: ${number(ceiling.lower)} to ${number(ceiling.upper)}\n`;
  yield `bootstrap over ${resampled.join(' and ')}: ${draws} draws${found.weighted ? ', each cross-validated' : ''}${drawsUsed === draws ? '' : `, ${drawsUsed} of them with numbers`}\n\n`;
  for (const line of aligned(modelRows(found))) yield `${line}\n`;
  if (found.differences.length > 0) {
    yield '\n';
    for (const line of aligned(differenceRows(found))) yield `${line}\n`;
  }
  const how = found.test === 't' ? `t tests, ${degrees} degrees of freedom` : 'shares of draws';
  yield `\np: ${how}${found.correction === 'none' ? ', not corrected' : `, corrected ${correctedBy[found.correction]}`}; above 0 ${found.test === 't' ? 'one-sided, others two-sided' : 'and below the ceiling one-sided, between models two-sided'}\n`;
  if (why !== undefined) yield `–: ${why}\n`;
}

function modelRows({ models, confidence }: RsaFound): string[][] {
  return [
    ['model', 'value', `${Math.round(100 * confidence)} % interval`, 'p above 0', 'p lower ceiling'],
    ...models.map(({ name, value, low, high, aboveZero, ceiling }) => [
      name,
      number(value),
      low === null || high === null ? '–' : `[${fixed(low, 4)}, ${fixed(high, 4)}]`,
      probability(aboveZero.corrected),
      probability(ceiling.corrected),
    ]),
  ];
}

function differenceRows({ differences }: RsaFound): string[][] {
  return [
    ['models', 'difference', 'p'],
    ...differences.map(({ first, second, difference, corrected }) => [
      `${first} – ${second}`,
      number(difference),
      probability(corrected),
    ]),
  ];
}
