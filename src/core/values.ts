/** What says where a number belongs; each may be absent. */
export const PLACES = ['measure', 'source', 'seed', 'checkpoint', 'site', 'other', 'label', 'part'] as const;

export type PlaceName = (typeof PLACES)[number];

/**
 * Where a number belongs: `source` is the network and `seed` its replicate, `checkpoint` the step, or `end`, `site` the
 * layer, `other` what it is compared with (`NETWORK/SEED` or a network), `label` the feature or task, `part` a component.
 */
type Place = { readonly measure: string } & { readonly [name in PlaceName]?: string };

/** One number, or the reason why there is none. */
export interface PlacedValue extends Place {
  readonly value: number | null;
  readonly why?: string;
}

/** Names by their codes: a column of few different texts. */
class CodedColumn {
  readonly #codes: number[] = [];
  readonly #names: string[] = [];
  readonly #codeOf = new Map<string, number>();

  /** An absent text has the code −1. */
  add(name: string | undefined): void {
    if (name === undefined) {
      this.#codes.push(-1);
      return;
    }
    let code = this.#codeOf.get(name);
    if (code === undefined) {
      code = this.#names.push(name) - 1;
      this.#codeOf.set(name, code);
    }
    this.#codes.push(code);
  }

  at(row: number): string | undefined {
    return this.#names[this.#codes[row]];
  }

  /** The different texts, in the order in which they came. */
  get names(): readonly string[] {
    return this.#names;
  }
}

/** All scalars of a run in one long table: one number a row, each place a column. */
export class Values {
  readonly #where: Record<PlaceName, CodedColumn>;
  readonly #values: number[] = [];
  readonly #why = new CodedColumn();

  constructor() {
    const columns = PLACES.map((name) => [name, new CodedColumn()] as const);
    this.#where = Object.fromEntries(columns) as Record<PlaceName, CodedColumn>;
  }

  get count(): number {
    return this.#values.length;
  }

  /** @param why there is none, where the value is null */
  add(place: Place, value: number | null, why?: string): void {
    for (const name of PLACES) this.#where[name].add(place[name]);
    this.#values.push(value ?? NaN);
    this.#why.add(value === null ? (why ?? 'It is not defined here.') : undefined);
  }

  /** What occurs in a column, in the order in which it came. */
  names(place: PlaceName): readonly string[] {
    return this.#where[place].names;
  }

  /** The rows at places that are among those asked for, in their order; all, where nothing is asked for. */
  *rows(
    wanted: { readonly [name in PlaceName]?: readonly string[] } = {},
  ): Generator<PlacedValue, void, undefined> {
    const asked = PLACES.flatMap((name) => {
      const among = wanted[name];
      return among ? [{ column: this.#where[name], among: new Set<string | undefined>(among) }] : [];
    });
    for (let row = 0; row < this.count; row++)
      if (asked.every(({ column, among }) => among.has(column.at(row)))) yield this.#row(row);
  }

  #row(row: number): PlacedValue {
    const places = PLACES.flatMap((name) => {
      const text = this.#where[name].at(row);
      return text === undefined ? [] : [[name, text] as const];
    });
    const value = this.#values[row];
    const why = this.#why.at(row);
    const place = Object.fromEntries(places) as unknown as Place;
    return { ...place, value: Number.isNaN(value) ? null : value, ...(why === undefined ? {} : { why }) };
  }
}
