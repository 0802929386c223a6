import { Values } from '../../../src/core/values';
import type { KnownValues, ValuesPart } from '../../../src/protocol/values-parts';
import type { Host } from '../host';

/** Puts together the values that a host hands out in parts. @param ask for the next one */
export function valuesInParts(ask: (known: KnownValues) => Promise<ValuesPart>): Host['values'] {
  let table = { number: 0, values: new Values() };

  async function next(version: number | undefined): ReturnType<Host['values']> {
    const known = { table: table.number, rows: table.values.count };
    const part = await ask(version === undefined ? known : { version, ...known });
    if (part.table !== table.number) table = { number: part.table, values: new Values() };
    const { values } = table;
    values.append(part.rows, {});
    if (part.more) return next(version);
    const { around } = part;
    if (around === undefined) return { version: part.version };
    return { version: part.version, results: around && { ...around, values: values.columns } };
  }

  // One after the other: two at once would both be given the same rows.
  let last: Promise<unknown> = Promise.resolve();
  return (known) => {
    const answer = last.then(() => next(known));
    last = answer.catch(() => undefined);
    return answer;
  };
}
