import { describe, expect, it } from 'vitest';
import { Values } from '../../src/core/values';
import { unwrap, wrapPlain } from '../../src/protocol/parcel';
import type { Results } from '../../src/protocol/results';
import { type KnownValues, type ValuesPart, ValuesParts } from '../../src/protocol/values-parts';
import { valuesInParts } from '../../webview/src/hosts/values-in-parts';

/** Rows of one replicate: more than go at once, of the first. */
function add(values: Values, seed: number, rows: number): void {
  for (let row = 0; row < rows; row++)
    values.add({ measure: 'loss', source: 'both', seed: String(seed), label: String(row % 7) }, row + seed);
}

const results = (values: Values, title: string): Results =>
  ({ title, networks: [], values: values.columns }) as unknown as Results;

/** A host that shows something, and a page that asks it as an editor's does. */
function hostAndPage() {
  const parts = new ValuesParts();
  const sent: ValuesPart[] = [];
  const host = { shown: null as Results | null };
  const page = valuesInParts(async (known: KnownValues) => {
    await Promise.resolve();
    const part = unwrap(wrapPlain(parts.after(host.shown, known))) as ValuesPart;
    sent.push(part);
    return part;
  });
  return { host, page, sent };
}

describe('values that go from host to page', () => {
  it('are all there, a part at a time, and of a table that grows only new rows go', async () => {
    const { host, page, sent } = hostAndPage();
    expect(await page()).toEqual({ version: 1, results: null });
    const values = new Values();
    add(values, 0, 25_000);
    host.shown = results(values, 'one');
    const first = await page(1);
    expect(first).toEqual({ version: 2, results: host.shown });
    expect(sent.slice(1).map(({ rows }) => rows.value.length)).toEqual([10_000, 10_000, 5_000]);
    expect(sent.slice(1).map(({ around }) => around === undefined)).toEqual([true, true, false]);
    // Nothing where nothing is new.
    expect(await page(2)).toEqual({ version: 2 });
    expect(sent.at(-1)?.rows.value).toEqual([]);
    add(values, 1, 3);
    host.shown = results(values, 'two');
    const second = await page(2);
    expect(second).toEqual({ version: 3, results: host.shown });
    expect(sent.at(-1)?.rows.value).toHaveLength(3);
    // The same table, which has grown: numbers of both replicates are found in it.
    expect(second.results?.values).toBe(first.results?.values);
    const at = { measure: 'loss', source: 'both', label: '2' };
    expect(Values.of(second.results?.values ?? values.columns).at({ ...at, seed: '1' })).toEqual({
      value: 3,
    });
  });

  it('are those of another table from its first row, also where it comes between two parts', async () => {
    const { host, page, sent } = hostAndPage();
    const [growing, whole] = [new Values(), new Values()];
    add(growing, 0, 15_000);
    add(whole, 1, 12_000);
    host.shown = results(growing, 'growing');
    const asked = page();
    while (sent.length === 0) await Promise.resolve();
    host.shown = results(whole, 'whole');
    expect((await asked).results).toEqual(host.shown);
  });

  it('are not doubled where the page asks twice at once', async () => {
    const { host, page } = hostAndPage();
    const values = new Values();
    add(values, 0, 12_000);
    host.shown = results(values, 'both');
    const [one, other] = await Promise.all([page(), page()]);
    expect([one.results, other.results]).toEqual([host.shown, host.shown]);
  });

  it('come at the next question where one was not answered', async () => {
    const parts = new ValuesParts();
    const values = new Values();
    add(values, 0, 3);
    let fails = true;
    const page = valuesInParts((known) => {
      if (fails) return Promise.reject(new Error('It is busy.'));
      return Promise.resolve(parts.after(results(values, 'both'), known));
    });
    await expect(page()).rejects.toThrow('It is busy.');
    fails = false;
    expect((await page()).results?.values).toEqual(values.columns);
  });
});
