import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import { similarity, type SimilarityAsked, type SimilarityFound } from '../verbs/similarity';
import { UserError } from '../verbs/user-error';
import { exitCode } from './exit-code';
import { arrayRoom } from './array-room';
import { print } from './print';
import { aligned } from './text';

export interface SimilarityOptions extends Omit<SimilarityAsked, 'first' | 'second'> {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `repscope similarity FILE FILE`: how alike they are by one measure, or all. JSON is an object for one measure, a list for all. */
export async function similarityCommand(
  first: string,
  second: string,
  { measure, all, json, ...how }: SimilarityOptions,
): Promise<number> {
  if (measure !== undefined && all === true) throw new UserError('Give --measure or --all, not both.');
  const asked = all === true ? {} : { measure: measure ?? 'cka' };
  const found = await similarity.run({ first, second, ...how, ...asked }, arrayRoom);
  await print(json === true ? jsonPieces(all === true ? found : found[0]) : lines(found));
  return exitCode.done;
}

function* lines(found: readonly SimilarityFound[]): Generator<string, void, undefined> {
  const [{ n, units }] = found;
  yield `${n} stimuli, ${units[0]} and ${units[1]} units\n\n`;
  const hasNull = found.some((one) => one.null !== undefined);
  const head = ['measure', 'value', ...(hasNull ? ['null mean', 'calibrated', 'p'] : []), 'more'];
  const rows = [head, ...found.flatMap((one) => directions(one).map((each) => cells(each, hasNull)))];
  for (const line of aligned(rows)) yield `${line}\n`;
  for (const { definition, why } of found.flatMap(directions))
    if (why !== undefined) yield `\n${definition}: ${why}\n`;
}

/** A measure that has a direction is two lines. */
function directions(found: SimilarityFound): SimilarityFound[] {
  const { reverse, definition } = found;
  return reverse ? [found, { ...found, ...reverse, definition: `${definition}, second to first` }] : [found];
}

function cells({ definition, value, more, null: beside }: SimilarityFound, hasNull: boolean): string[] {
  const number = (one: number | null | undefined): string => (typeof one === 'number' ? fixed(one, 4) : '–');
  return [
    definition,
    number(value),
    ...(hasNull ? [number(beside?.mean), number(beside?.calibrated), number(beside?.p)] : []),
    more,
  ];
}
