import { type Extended, extended } from '../core/extended';
import { PLACES, type PlacedValue, type PlaceName, type Values } from '../core/values';
import { quote } from '../experiment/names';
import { valuesOf } from '../run/values';
import { UserError } from './user-error';
import { inputOf, type Room, runKey, type Verb } from './verb';

/** Which rows: of each place, the names that are wanted. */
export type Wanted = { readonly [name in PlaceName]?: readonly string[] };

type Asked = Wanted & { readonly run: string };

/** A number with its place, as JSON has it; where it is null, `why`. */
export type Row = Omit<PlacedValue, 'value'> & { readonly value: Extended };

interface Listed {
  readonly title: string;
  /** RepScope's, that made them. */
  readonly version: string;
  readonly values: readonly Row[];
}

const names = (description: string) => ({ type: 'array', items: { type: 'string' }, description }) as const;

/** The numbers of a run, one a row, or those that are asked for. */
export const values: Verb<Asked, Listed, Pick<Room, 'kept'>> = {
  name: 'values',
  says: 'Print the numbers of a run, one a row, or those of the places that are named.',
  input: inputOf<Asked>(
    {
      run: runKey,
      measure: names('measures, for example varianceExplained'),
      source: names('networks'),
      point: names('points of the sweep, from 0'),
      seed: names('replicates'),
      checkpoint: names('steps of training, or end'),
      site: names('layers'),
      other: names('what a replicate is compared with, as NETWORK/SEED'),
      label: names('features and tasks'),
      part: names('components, for example PC1; of probes the label that conflicts, or the step of the fit'),
    },
    'run',
  ),
  changes: 'nothing',
  run: async ({ run, ...wanted }, { kept }) => {
    const { results } = await kept(run);
    const table = valuesOf(results);
    for (const name of PLACES) checkNames(table, name, wanted[name]);
    const { title, version } = results;
    return { title, version, values: [...table.rows(wanted)].map(plain) };
  },
};

/** @throws UserError for a name that the run does not have, with those that it has */
function checkNames(table: Values, place: PlaceName, wanted: readonly string[] = []): void {
  const known = table.names(place);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const some = known.slice(0, 30).map(quote).join(', ');
  const more = known.length > 30 ? ` and ${known.length - 30} more` : '';
  throw new UserError(
    known.length === 0
      ? `No value of this run has a ${place}.`
      : `There is no ${place} ${quote(unknown)} in this run. It has ${some}${more}.`,
  );
}

/** JSON has no infinite numbers. */
function plain({ value, ...place }: PlacedValue): Row {
  return { ...place, value: value === null ? null : extended(value) };
}
