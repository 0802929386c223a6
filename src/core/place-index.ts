/** What a measure may have numbers of beside each other, at one place. */
const BESIDE = ['label', 'part', 'other'] as const;

export type Beside = (typeof BESIDE)[number];

/** What says, within a replicate, which of its numbers one is. */
const WITHIN = ['measure', 'checkpoint', 'site', ...BESIDE] as const;

/** The columns that are looked at. */
type Looked = (typeof WITHIN)[number] | 'source' | 'point' | 'seed';

/** Codes of texts, one a row; −1 where there is none. */
interface Column {
  readonly codes: readonly number[];
}

/** Without a column of points, that of all rows has the code 0. */
type Codes = Readonly<Record<Exclude<Looked, 'point'>, Column>> & { readonly point?: Column };

/** The code that is wanted in a column; NaN for a text that has none. */
type Wanted = (column: Looked) => number;

/** Rows of one replicate that have come between two looks. */
interface Block {
  readonly rows: readonly number[];
  readonly layout: Layout;
  /** By checkpoint: its place among theirs, in the order in which they come, which is what the layout knows of it. */
  readonly checkpoints: ReadonlyMap<number, number>;
}

/** Something of each replicate, by the codes of source, point and seed. */
type Replicates<T> = Map<number, Map<number, Map<number, T>>>;

/**
 * Where in a table each number is. Replicates of a source have the same numbers in the same order, nearly always: one is walked through, and of
 * the others it is only looked whether they are like it. Rows that have come since are looked at when the next number is asked for.
 */
export class PlaceIndex {
  readonly #blocks: Replicates<Block[]> = new Map();
  /** By their hash. */
  readonly #layouts = new Map<number, Layout[]>();
  #end = 0;

  constructor(private readonly columns: Codes) {}

  /** The row of a place. */
  row(wanted: Wanted): number | undefined {
    this.#follow();
    for (const { rows, layout, checkpoints } of this.#of(wanted).get(wanted('seed')) ?? []) {
      const at = layout.find(checkpoints.get(wanted('checkpoint')), wanted);
      if (at !== undefined) return rows[at];
    }
    return undefined;
  }

  /** What a measure of a source has beside each other at a point, checkpoint and site, from any seed: codes in the order in which they came. */
  codes(beside: Beside, wanted: Wanted): number[] {
    this.#follow();
    const found = new Set<number>();
    const seen: Set<Layout>[] = [];
    for (const blocks of this.#of(wanted).values())
      for (const { layout, checkpoints } of blocks) {
        const at = checkpoints.get(wanted('checkpoint'));
        if (at === undefined || seen[at]?.has(layout)) continue;
        (seen[at] ??= new Set()).add(layout);
        for (const code of layout.beside(beside, at, wanted)) found.add(code);
      }
    return [...found];
  }

  /** By seed, of a source at a point. */
  #of(wanted: Wanted): ReadonlyMap<number, readonly Block[]> {
    return this.#blocks.get(wanted('source'))?.get(wanted('point')) ?? new Map<number, Block[]>();
  }

  /** Looks at the rows that are new: of one replicate together, also where those of others are between them. */
  #follow(): void {
    const { source, point, seed } = this.columns;
    const { length } = source.codes;
    if (this.#end === length) return;
    const found: Replicates<number[]> = new Map();
    const pointAt = (row: number): number => (point ? point.codes[row] : 0);
    const isAsBefore = (row: number): boolean =>
      source.codes[row] === source.codes[row - 1] &&
      pointAt(row) === pointAt(row - 1) &&
      seed.codes[row] === seed.codes[row - 1];
    let rows: number[] = [];
    for (let row = this.#end; row < length; row++) {
      if (row === this.#end || !isAsBefore(row))
        rows = ofReplicate(found, source.codes[row], pointAt(row), seed.codes[row], () => []);
      rows.push(row);
    }
    this.#end = length;
    for (const [ofSource, byPoint] of found)
      for (const [atPoint, bySeed] of byPoint)
        for (const [fromSeed, own] of bySeed)
          ofReplicate(this.#blocks, ofSource, atPoint, fromSeed, () => []).push(this.#block(own));
  }

  #block(rows: readonly number[]): Block {
    const of = (name: (typeof WITHIN)[number]): number[] => rows.map((row) => this.columns[name].codes[row]);
    const steps = of('checkpoint');
    const checkpoints = new Map([...new Set(steps)].map((step, at) => [step, at]));
    const codes = WITHIN.map((name) =>
      name === 'checkpoint' ? steps.map((step) => checkpoints.get(step) ?? 0) : of(name),
    );
    const alike = getOrPut(this.#layouts, hash(codes), () => []);
    let layout = alike.find((one) => one.is(codes));
    if (!layout) alike.push((layout = new Layout(codes)));
    return { rows, layout, checkpoints };
  }
}

/** A number, or of very many columns' codes a text. */
type Key = number | string;

/** Which numbers a replicate has, and in which order: codes by column (`WITHIN`), then row. */
class Layout {
  /** By the key of all codes: the row, from 0. */
  readonly #rows = new Map<Key, number>();
  /** By the key of measure, checkpoint and site. */
  readonly #beside: Readonly<Record<Beside, Map<Key, Set<number>>>> = {
    label: new Map(),
    part: new Map(),
    other: new Map(),
  };
  /** Of each column: more than any code in it. */
  readonly #ends: readonly number[];
  /** Whether each choice of codes has a number of its own that a double holds. */
  readonly #numbered: boolean;

  constructor(private readonly codes: readonly (readonly number[])[]) {
    this.#ends = codes.map((column) => column.reduce((most, code) => Math.max(most, code), -1) + 1);
    this.#numbered = this.#ends.reduce((all, end) => all * (end + 1), 1) < Number.MAX_SAFE_INTEGER;
    for (let row = 0; row < codes[0].length; row++) {
      const all = codes.map((column) => column[row]);
      this.#rows.set(this.#key(all), row);
      const outer = this.#key(all.slice(0, -BESIDE.length));
      for (const [at, name] of BESIDE.entries()) {
        const code = all[WITHIN.length - BESIDE.length + at];
        if (code >= 0) getOrPut(this.#beside[name], outer, () => new Set<number>()).add(code);
      }
    }
  }

  is(codes: readonly (readonly number[])[]): boolean {
    return codes.every((column, at) => {
      const own = this.codes[at];
      return own.length === column.length && own.every((code, row) => code === column[row]);
    });
  }

  /** @param checkpoint its place among the block's */
  find(checkpoint: number | undefined, wanted: Wanted): number | undefined {
    if (checkpoint === undefined) return undefined;
    return this.#rows.get(
      this.#key(WITHIN.map((name) => (name === 'checkpoint' ? checkpoint : wanted(name)))),
    );
  }

  beside(beside: Beside, checkpoint: number, wanted: Wanted): Iterable<number> {
    return this.#beside[beside].get(this.#key([wanted('measure'), checkpoint, wanted('site')])) ?? [];
  }

  /** One for each choice of codes; NaN, which no row has, for a code that does not occur. */
  #key(codes: readonly number[]): Key {
    if (!this.#numbered) return codes.join(' ');
    return codes.reduce((key, code, at) => {
      const end = this.#ends[at];
      return code < end ? key * (end + 1) + code + 1 : NaN;
    }, 0);
  }
}

/** Of codes by column, then row. */
function hash(codes: readonly (readonly number[])[]): number {
  let sum = 0;
  for (const column of codes) for (const code of column) sum = (Math.imul(sum, 31) + code) | 0;
  return sum;
}

function ofReplicate<T>(all: Replicates<T>, source: number, point: number, seed: number, make: () => T): T {
  const ofSource = getOrPut(all, source, () => new Map<number, Map<number, T>>());
  const atPoint = getOrPut(ofSource, point, () => new Map<number, T>());
  return getOrPut(atPoint, seed, make);
}

function getOrPut<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let known = map.get(key);
  if (known === undefined) map.set(key, (known = make()));
  return known;
}
