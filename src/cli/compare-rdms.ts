import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import { compareRdms, type CompareRdmsAsked, type RdmsCompared } from '../verbs/compare-rdms';
import { UserError } from '../verbs/user-error';
import { exitCode } from './exit-code';
import { arrayRoom } from './array-room';
import { print } from './print';
import { aligned } from './text';

export interface CompareRdmsOptions {
  readonly method?: string;
  readonly partial?: boolean;
  readonly regression?: boolean;
  readonly nonNegative?: boolean;
  readonly json?: boolean;
}

/** `repscope compare-rdms FILE FILE…`: how alike their RDMs are, each of the first with each of the others, or as sums of them. */
export async function compareRdmsCommand(
  first: string,
  others: readonly string[],
  { method, json, ...how }: CompareRdmsOptions,
): Promise<number> {
  const asked = { first, others, ...(method === undefined ? {} : { method }), ...wayOf(how) };
  const found = await compareRdms.run(asked, arrayRoom);
  await print(json === true ? jsonPieces(found) : lines(found));
  return exitCode.done;
}

/** @throws UserError where two ways are asked for at once */
function wayOf({ partial, regression, nonNegative }: CompareRdmsOptions): Pick<CompareRdmsAsked, 'way'> {
  if (partial === true && (regression ?? nonNegative) === true)
    throw new UserError('Give --partial or --regression, not both.');
  if (partial === true) return { way: 'partial' };
  if (nonNegative === true) return { way: 'non-negative-regression' };
  return regression === true ? { way: 'regression' } : {};
}

function* lines(found: RdmsCompared): Generator<string, void, undefined> {
  const { definition, way, n, pairs, value, why, values } = found;
  yield `${way === undefined ? '' : `${way.replaceAll('-', ' ')}, `}${definition} of RDMs of ${n} stimuli, over ${pairs} pairs\n`;
  if (value !== undefined) yield value === null ? `– (${why})\n` : `${value}\n`;
  else if (way === undefined)
    for (const row of values ?? []) yield `${row.map((one) => number(one).padStart(8)).join('')}\n`;
  else for (const line of aligned(wayRows(found))) yield `${line}\n`;
  if (value !== null && why !== undefined) yield `\n–: ${why}\n`;
}

/** Of each RDM, with the other models held, what each has; or a weight and a unique share of each, and how well their sum does. */
function wayRows({ models = [], values = [], regressions }: RdmsCompared): string[][] {
  if (!regressions)
    return [['RDM', ...models], ...values.map((row, at) => [`${at + 1}`, ...row.map(number)])];
  return [
    ['RDM', 'model', 'weight', 'unique', 'fitted', 'across stimuli', 'across RDMs'],
    ...regressions.flatMap(({ weights, unique, value, acrossStimuli, acrossRdms }, rdm) =>
      models.map((model, at) => [
        at === 0 ? `${rdm + 1}` : '',
        model,
        weights ? `${Number(weights[at].toPrecision(4))}` : '–',
        number(unique[at]),
        ...(at === 0 ? [value, acrossStimuli, acrossRdms].map(number) : []),
      ]),
    ),
  ];
}

function number(value: number | null): string {
  return value === null ? '–' : fixed(value, 4);
}
