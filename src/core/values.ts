import { type Extended, extended, extendedNumber } from './extended';
import { type Beside, PlaceIndex } from './place-index';
import type { Replicate } from './replicate';

/** What says where a number belongs; each may be absent. */
export const PLACES = [
  'measure',
  'source',
  'point',
  'seed',
  'checkpoint',
  'site',
  'other',
  'label',
  'part',
] as const;

export type PlaceName = (typeof PLACES)[number];

/**
 * Where a number belongs: `source` is the network, `point` that of the sweep (the first where none is named) and `seed` its replicate, `checkpoint` the
 * step, or `end`, `site` the layer, `other` what it is compared with (`NETWORK/SEED` or a network), `label` the feature or task, `part` a component.
 */
export type Place = { readonly measure: string } & { readonly [name in PlaceName]?: string };

/** The checkpoint of what is measured when training has ended. */
export const END = 'end';

/** The point of rows that name none. */
const FIRST = '0';

/** Where the numbers of a replicate belong. */
export function placeOf({ source, point, seed }: Replicate): Pick<PlacedValue, 'source' | 'point' | 'seed'> {
  return { source, point: String(point), seed: String(seed) };
}

/** The replicate that a number is of. */
export function replicateAt({ source = '', point = FIRST, seed = '' }: Omit<Place, 'measure'>): Replicate {
  return { source, point: Number(point), seed: Number(seed) };
}

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
  /** The point of the sweep; absent where all rows are of the first, as where nothing is swept. */
  point?: Column;
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

  /** @param unnamed the text of rows that name none */
  constructor(
    readonly column: CodedColumn,
    private readonly unnamed?: string,
  ) {
    this.#codeOf = new Map(column.names.map((name, code) => [name, code]));
  }

  /** @returns its code; −1 where the text is absent */
  code(name = this.unnamed): number {
    if (name === undefined) return -1;
    let code = this.#codeOf.get(name);
    if (code === undefined) this.#codeOf.set(name, (code = this.column.names.push(name) - 1));
    return code;
  }

  /** Adds rows of another table's column. @param to the first that is not added */
  copy({ names, codes }: CodedColumn, from: number, to: number): void {
    const own: number[] = [];
    for (let row = from; row < to; row++) {
      const code = codes[row];
      this.column.codes.push(code < 0 ? this.code() : (own[code] ??= this.code(names[code])));
    }
  }

  /** Adds rows with the same text. */
  repeat(name: string | undefined, rows: number): void {
    const code = this.code(name);
    for (let row = 0; row < rows; row++) this.column.codes.push(code);
  }

  /** @returns undefined where it has never occurred */
  known(name = this.unnamed): number | undefined {
    return name === undefined ? -1 : this.#codeOf.get(name);
  }
}

/** Of each table the one that was made last, with its index. */
const known = new WeakMap<ValueColumns, Values>();

/** All scalars of a run in one long table: one number a row, each place a column. */
export class Values {
  readonly #coders: Omit<Columns<Coder>, 'value'>;
  readonly #index: PlaceIndex;

  /** @param columns which it stands for, and adds to */
  constructor(readonly columns: ValueColumns = noColumns()) {
    const coders = ([...PLACES, 'why'] as const).flatMap((name) => {
      const column = columns[name];
      return column ? [[name, new Coder(column, name === 'point' ? FIRST : undefined)] as const] : [];
    });
    this.#coders = Object.fromEntries(coders) as Omit<Columns<Coder>, 'value'>;
    this.#index = new PlaceIndex(columns);
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
    this.#namePoints(place.point);
    for (const name of PLACES) this.#coders[name]?.repeat(place[name], 1);
    this.columns.value.push(value === null ? null : extended(value));
    this.#coders.why.repeat(value === null ? (why ?? 'It is not defined here.') : undefined, 1);
  }

  /** Adds all rows of another table, each at the places that are named. */
  append(others: ValueColumns, at: { readonly [name in PlaceName]?: string }): void {
    if (others.value.length > 0) this.#take(others, 0, others.value.length, at);
  }

  /** Some of its rows as a table of their own, which names only what occurs in them. @param to the first that is not among them */
  part(from: number, to: number): ValueColumns {
    const part = new Values();
    part.#take(this.columns, from, to, {});
    return part.columns;
  }

  #take(others: ValueColumns, from: number, to: number, at: { readonly [name in PlaceName]?: string }): void {
    this.#namePoints(at.point ?? others.point?.names.find((name) => name !== FIRST));
    for (const name of PLACES) {
      const [coder, column] = [this.#coders[name], others[name]];
      if (at[name] === undefined && column) coder?.copy(column, from, to);
      else coder?.repeat(at[name], to - from);
    }
    for (let row = from; row < to; row++) this.columns.value.push(others.value[row]);
    this.#coders.why.copy(others.why, from, to);
  }

  /** There is a column of points from the first row on that is of another than the first. */
  #namePoints(point = FIRST): void {
    if (point === FIRST || this.#coders.point) return;
    this.columns.point = { names: [FIRST], codes: new Array<number>(this.count).fill(0) };
    this.#coders.point = new Coder(this.columns.point, FIRST);
  }

  /** What occurs in a column, in the order in which it came. */
  names(place: PlaceName): readonly string[] {
    return this.columns[place]?.names ?? [];
  }

  /** The rows at places that are among those asked for, in their order; all, where nothing is asked for. */
  *rows(
    wanted: { readonly [name in PlaceName]?: readonly string[] } = {},
  ): Generator<PlacedValue, void, undefined> {
    const asked = PLACES.flatMap((name) => {
      const among = wanted[name];
      if (!among) return [];
      const codes = new Set(among.map((one) => this.#code(name, one)));
      return [{ codes: this.columns[name]?.codes, among: codes }];
    });
    for (let row = 0; row < this.count; row++)
      if (asked.every(({ codes, among }) => among.has(codes ? codes[row] : 0))) yield this.#row(row);
  }

  /** The number at a place, or the reason why there is none; undefined where nothing was measured. */
  at(place: Place): { readonly value: number | null; readonly why?: string } | undefined {
    const row = this.#index.row((name) => this.#code(name, place[name]));
    if (row === undefined) return undefined;
    const why = this.#text('why', row);
    return { value: extendedNumber(this.columns.value[row]), ...(why === undefined ? {} : { why }) };
  }

  /** The labels for which a measure has numbers at a place, whatever the seed, in the order in which they came. */
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

  #within(beside: Beside, place: Place): readonly string[] {
    const codes = this.#index.codes(beside, (name) => this.#code(name, place[name]));
    return codes.map((code) => this.columns[beside].names[code]);
  }

  /** What a text is in a column's codes; NaN where it has never occurred. Without a column of points all rows are of the first, as by a code of 0. */
  #code(place: PlaceName, name: string | undefined): number {
    const coder = this.#coders[place];
    if (coder) return coder.known(name) ?? NaN;
    return (name ?? FIRST) === FIRST ? 0 : NaN;
  }

  #text(place: PlaceName | 'why', row: number): string | undefined {
    const column = this.columns[place];
    return column?.names[column.codes[row]];
  }

  #row(row: number): PlacedValue {
    return {
      measure: this.#text('measure', row) ?? '',
      source: this.#text('source', row),
      point: this.#text('point', row),
      seed: this.#text('seed', row),
      checkpoint: this.#text('checkpoint', row),
      site: this.#text('site', row),
      other: this.#text('other', row),
      label: this.#text('label', row),
      part: this.#text('part', row),
      value: extendedNumber(this.columns.value[row]),
      why: this.#text('why', row),
    };
  }
}
