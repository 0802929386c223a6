import { type Extended, extended, extendedNumber } from './extended';

/** What says where a number belongs; each may be absent. */
export const PLACES = ['measure', 'source', 'seed', 'checkpoint', 'site', 'other', 'label', 'part'] as const;

export type PlaceName = (typeof PLACES)[number];

/**
 * Where a number belongs: `source` is the network and `seed` its replicate, `checkpoint` the step, or `end`, `site` the
 * layer, `other` what it is compared with (`NETWORK/SEED` or a network), `label` the feature or task, `part` a component.
 */
export type Place = { readonly measure: string } & { readonly [name in PlaceName]?: string };

/** The checkpoint of what is measured when training has ended. */
export const END = 'end';

/** One number, or the reason why there is none. */
export interface PlacedValue extends Place {
  readonly value: number | null;
  readonly why?: string;
}

/** A column of few different texts: one code a row, a place among the names; −1 where there is none. */
export interface CodedColumn {
  names: string[];
  codes: number[];
}

/** The table as columns. */
export interface Columns<Column> {
  measure: Column;
  /** The network. */
  source: Column;
  seed: Column;
  /** The step, or `end`. */
  checkpoint: Column;
  /** The layer. */
  site: Column;
  /** What it is compared with. */
  other: Column;
  /** The feature or task. */
  label: Column;
  /** The component, as `PC1`. */
  part: Column;
  value: Extended[];
  /** Why the value is null. */
  why: Column;
}

/** Columns of equal length. */
export type ValueColumns = Columns<CodedColumn>;

export function noColumns(): ValueColumns {
  const none = (): CodedColumn => ({ names: [], codes: [] });
  return {
    ...{ measure: none(), source: none(), seed: none(), checkpoint: none() },
    ...{ site: none(), other: none(), label: none(), part: none() },
    value: [],
    why: none(),
  };
}

/** The texts of rows as a column. */
export function codedColumn(texts: readonly (string | undefined)[]): CodedColumn {
  const coder = new Coder({ names: [], codes: [] });
  const codes = texts.map((text) => coder.code(text));
  return { ...coder.column, codes };
}

/** Adds to a column. */
class Coder {
  readonly #codeOf: Map<string, number>;

  constructor(readonly column: CodedColumn) {
    this.#codeOf = new Map(column.names.map((name, code) => [name, code]));
  }

  /** @returns its code; −1 where the text is absent */
  code(name: string | undefined): number {
    if (name === undefined) return -1;
    let code = this.#codeOf.get(name);
    if (code === undefined) this.#codeOf.set(name, (code = this.column.names.push(name) - 1));
    return code;
  }

  /** @returns undefined where it has never occurred */
  known(name: string | undefined): number | undefined {
    return name === undefined ? -1 : this.#codeOf.get(name);
  }
}

/** The rows of one place but for the seed, and what occurs beside it. */
interface Index {
  /** By seed: the row. */
  readonly series: Map<number, Map<string, number>>;
  /** What occurs there, in the order in which it came, by measure, source, checkpoint and site. */
  readonly names: Readonly<Record<'label' | 'part' | 'other', Map<number, Set<string>>>>;
}

/** What a row is found by. */
const KEY = ['measure', 'source', 'checkpoint', 'site', 'label', 'part', 'other'] as const;

/** Of each table the one that was made last, with its index. */
const known = new WeakMap<ValueColumns, Values>();

/** All scalars of a run in one long table: one number a row, each place a column. */
export class Values {
  readonly #coders: Record<PlaceName, Coder>;
  readonly #why: Coder;
  #index: Index | undefined;

  /** @param columns which it stands for, and adds to */
  constructor(readonly columns: ValueColumns = noColumns()) {
    const coders = PLACES.map((name) => [name, new Coder(columns[name])] as const);
    this.#coders = Object.fromEntries(coders) as Record<PlaceName, Coder>;
    this.#why = new Coder(columns.why);
    known.set(columns, this);
  }

  /** The table of these columns: its rows are walked through once for all who look numbers up in it. */
  static of(columns: ValueColumns): Values {
    return known.get(columns) ?? new Values(columns);
  }

  get count(): number {
    return this.columns.value.length;
  }

  /**
   * @param value may be infinite
   * @param why there is none, where the value is null
   */
  add(place: Place, value: number | null, why?: string): void {
    if (Number.isNaN(value)) throw new TypeError('A number that is none is null, with its reason.');
    for (const name of PLACES) this.columns[name].codes.push(this.#coders[name].code(place[name]));
    this.columns.value.push(value === null ? null : extended(value));
    this.columns.why.codes.push(
      this.#why.code(value === null ? (why ?? 'It is not defined here.') : undefined),
    );
    this.#index = undefined;
  }

  /** Adds all rows of another table, each at the places that are named. */
  append(others: ValueColumns, at: { readonly [name in PlaceName]?: string }): void {
    const recoded = (coder: Coder, { names, codes }: CodedColumn): number[] => {
      const codeOf = names.map((name) => coder.code(name));
      return codes.map((code) => (code < 0 ? -1 : codeOf[code]));
    };
    const { length } = others.value;
    if (length === 0) return;
    for (const name of PLACES) {
      const all =
        at[name] === undefined
          ? recoded(this.#coders[name], others[name])
          : new Array<number>(length).fill(this.#coders[name].code(at[name]));
      for (const code of all) this.columns[name].codes.push(code);
    }
    for (const value of others.value) this.columns.value.push(value);
    for (const code of recoded(this.#why, others.why)) this.columns.why.codes.push(code);
    this.#index = undefined;
  }

  /** What occurs in a column, in the order in which it came. */
  names(place: PlaceName): readonly string[] {
    return this.columns[place].names;
  }

  /** The rows at places that are among those asked for, in their order; all, where nothing is asked for. */
  *rows(
    wanted: { readonly [name in PlaceName]?: readonly string[] } = {},
  ): Generator<PlacedValue, void, undefined> {
    const asked = PLACES.flatMap((name) => {
      const among = wanted[name];
      if (!among) return [];
      const codes = new Set(among.map((one) => this.#coders[name].known(one)));
      return [{ codes: this.columns[name].codes, among: codes }];
    });
    for (let row = 0; row < this.count; row++)
      if (asked.every(({ codes, among }) => among.has(codes[row]))) yield this.#row(row);
  }

  /** The number at a place, or the reason why there is none; undefined where nothing was measured. */
  at(place: Place): { readonly value: number | null; readonly why?: string } | undefined {
    const row = this.#indexed()
      .series.get(this.#key(place))
      ?.get(place.seed ?? '');
    if (row === undefined) return undefined;
    const why = this.#text('why', row);
    return { value: extendedNumber(this.columns.value[row]), ...(why === undefined ? {} : { why }) };
  }

  /** The labels for which a measure has numbers at a place, in the order in which they came. */
  labels(place: Place): readonly string[] {
    return this.#within('label', place);
  }

  /** The same of parts. */
  parts(place: Place): readonly string[] {
    return this.#within('part', place);
  }

  /** The same of what the site is compared with. */
  others(place: Place): readonly string[] {
    return this.#within('other', place);
  }

  #within(name: 'label' | 'part' | 'other', place: Place): readonly string[] {
    return [...(this.#indexed().names[name].get(this.#key(around(place))) ?? [])];
  }

  /** Made anew when rows were added: all rows are walked through once. */
  #indexed(): Index {
    if (this.#index) return this.#index;
    const index: Index = {
      series: new Map(),
      names: { label: new Map(), part: new Map(), other: new Map() },
    };
    const columns = KEY.map((name) => this.columns[name]);
    for (let row = 0; row < this.count; row++) {
      const codes = columns.map((column) => column.codes[row]);
      const seed = this.#text('seed', row) ?? '';
      putIn(index.series, this.#keyOf(codes), () => new Map<string, number>()).set(seed, row);
      const outside = this.#keyOf([...codes.slice(0, 4), -1, -1, -1]);
      for (const name of ['label', 'part', 'other'] as const) {
        const text = this.#text(name, row);
        if (text !== undefined) putIn(index.names[name], outside, () => new Set<string>()).add(text);
      }
    }
    return (this.#index = index);
  }

  /** A number for each choice of codes; far below 2⁵³ for any table that fits a memory. */
  #keyOf(codes: readonly number[]): number {
    return codes.reduce((key, code, at) => key * (this.columns[KEY[at]].names.length + 1) + code + 1, 0);
  }

  /** NaN, which no row has, where one of the names has never occurred. */
  #key(place: Place): number {
    return this.#keyOf(KEY.map((name) => this.#coders[name].known(place[name]) ?? NaN));
  }

  #text(column: PlaceName | 'why', row: number): string | undefined {
    const { names, codes } = this.columns[column];
    return names[codes[row]];
  }

  #row(row: number): PlacedValue {
    const places = PLACES.flatMap((name) => {
      const text = this.#text(name, row);
      return text === undefined ? [] : [[name, text] as const];
    });
    const why = this.#text('why', row);
    const place = Object.fromEntries(places) as unknown as Place;
    const value = extendedNumber(this.columns.value[row]);
    return { ...place, value, ...(why === undefined ? {} : { why }) };
  }
}

function around({ measure, source, checkpoint, site }: Place): Place {
  return { measure, source, checkpoint, site };
}

function putIn<V>(map: Map<number, V>, key: number, make: () => V): V {
  let known = map.get(key);
  if (known === undefined) map.set(key, (known = make()));
  return known;
}
