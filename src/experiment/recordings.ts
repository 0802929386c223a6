import { placeOfArray } from '../formats/array-place';
import { FormatError } from '../formats/format-error';
import { rdmsIn } from '../formats/rdm-array';
import type { BroughtFile, BroughtFiles } from './brought';
import { checkName } from './check-name';
import type { Path } from './document';
import type { Recorded, RecordedReplicate } from './experiment';
import { keysOf } from './features';
import type { ActivationsSpec, ExperimentFile, RecordingSpec } from './file';
import { quote, quoteAll } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Table } from './stimuli-kind';
import { found, unknownColumn } from './table';

/** The recordings of a file, and the stimuli of its table that all of them have. */
interface Recordings {
  readonly list: readonly Recorded[];
  /** Rows of the table, in order. */
  readonly kept: readonly number[];
}

/** More names than this are not listed in a message. */
const NAMED = 5;

/**
 * The recordings that the file brings along, joined to the table of its stimuli. Stimuli that one of them has not are left out of all, with a
 * warning.
 */
export function readRecordings(
  file: Draft<ExperimentFile>,
  table: Table | null,
  files: BroughtFiles,
  problems: Problems,
): Recordings {
  const all = (table?.ids ?? []).map((_, row) => row);
  if (!file.recordings) return { list: [], kept: all };
  if (!table) {
    if (file.stimuli?.table === undefined) {
      const message =
        '\'recordings\' are of the stimuli of a table: name its file in \'stimuli\', as "table": "stimuli.csv".';
      problems.error('no-table', message, problems.document.keySpan(['recordings']));
    }
    return { list: [], kept: all };
  }
  checkNames(problems);
  const list: Recorded[] = [];
  for (const [name, spec] of file.recordings) {
    const path = ['recordings', name];
    if (!checkName(name, path, 'recording', problems)) continue;
    const recorded = new Reader(name, spec, table, files, problems).read();
    if (recorded) list.push(recorded);
    if (recorded?.rdms && file.analyses?.rdm?.over === 'conditions') {
      const message = `${quote(name)} has RDMs of single stimuli, of which there are none of condition means. Change "over" to "stimuli".`;
      problems.at(['analyses', 'rdm', 'over'], 'recording', message);
    }
  }
  const kept = keptRows(list, table, problems);
  return {
    kept,
    list: list.map((recorded) => ({
      ...recorded,
      replicates: recorded.replicates.map((one) => ({ ...one, rows: kept.map((row) => one.rows[row]) })),
    })),
  };
}

/** Names of sources become names of folders, which some systems do not tell apart by case. */
function checkNames(problems: Problems): void {
  const known = new Map<string, string>();
  for (const within of ['networks', 'recordings'])
    for (const name of keysOf(problems, [within])) {
      const key = name.normalize('NFC').toLowerCase();
      const other = known.get(key);
      known.set(key, name);
      if (other === undefined || within === 'networks') continue;
      const message = `The recording ${quote(name)} has the name of another source, ${quote(other)}. Rename one.`;
      problems.error('duplicate-name', message, problems.document.keySpan([within, name]));
    }
}

/** The stimuli that all replicates of all recordings have. */
function keptRows(list: readonly Recorded[], { ids }: Table, problems: Problems): number[] {
  const isThere = ids.map(() => true);
  for (const { name, replicates } of list) {
    const missing = ids.flatMap((_, row) =>
      replicates.some(({ rows }) => rows[row].length === 0) ? [row] : [],
    );
    for (const row of missing) isThere[row] = false;
    if (missing.length === 0) continue;
    const message = `${missing.length} of the ${ids.length} stimuli are not in ${replicates.length > 1 ? 'every replicate of ' : ''}recording ${quote(name)} and left out: ${some(missing.map((row) => ids[row]))}.`;
    problems.warning('stimuli-missing', message, problems.document.keySpan(['recordings', name]));
  }
  return ids.flatMap((_, row) => (isThere[row] ? [row] : []));
}

function some(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).map(quote).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

interface Site {
  readonly name: string;
  readonly units: number;
  readonly rows: number;
  /** RDMs, where it has these. */
  readonly count?: number;
  readonly place: RecordedReplicate['places'][number];
}

/** Reads one recording. */
class Reader {
  private readonly path: Path;
  /** What says where it is. */
  private readonly key: 'files' | 'rdms';
  private failed = false;

  constructor(
    private readonly name: string,
    private readonly spec: Draft<RecordingSpec>,
    private readonly table: Table,
    private readonly files: BroughtFiles,
    private readonly problems: Problems,
  ) {
    this.path = ['recordings', name];
    this.key = 'rdms' in spec ? 'rdms' : 'files';
  }

  read(): Recorded | null {
    const made = this.filesOfSites();
    if (!made) return null;
    const replicates: (Omit<RecordedReplicate, 'places'> & { sites: readonly Site[] })[] = [];
    for (const [as, sites] of made) {
      const [{ rows, count }] = sites;
      const uneven = sites.find((site) => site.rows !== rows || site.count !== count);
      if (uneven)
        return this.wrong(
          [this.key],
          `${this.shape(uneven)} and ${this.shape(sites[0])}: all sites have a row for each stimulus${count === undefined ? '' : ' and an RDM of each replicate'}.`,
        );
      for (const [subject, joined] of this.joined(rows))
        for (let at = 0; at < (count ?? 1); at++) {
          const which = count === undefined || count === 1 ? null : String(at + 1);
          const name = this.named(as, subject ?? which, replicates.length);
          replicates.push({ ...name, sites, ...joined, ...(count === undefined ? {} : { at }) });
        }
    }
    if (this.failed || replicates.length === 0) return null;
    const [{ sites }] = replicates;
    const described = (of: readonly Site[]): string => of.map((one) => `${one.name} × ${one.units}`).join();
    const other = replicates.find((one) => described(one.sites) !== described(sites));
    if (other)
      return this.wrong(
        [this.key],
        `Replicates differ in their sites: ${quote(other.name ?? String(other.seed))} has ${described(other.sites)}, the first ${described(sites)}. Make them recordings of their own.`,
      );
    return {
      name: this.name,
      ...(this.key === 'rdms' ? { rdms: true } : {}),
      sites: sites.map((site) => ({ name: site.name, role: 'hidden', units: site.units })),
      replicates: withSeeds(replicates).map(({ sites: own, ...one }) => ({
        ...one,
        places: own.map(({ place }) => place),
      })),
    };
  }

  private wrong(within: Path, message: string): null {
    this.failed = true;
    this.problems.at([...this.path, ...within], 'recording', message);
    return null;
  }

  /** The sites of each replicate that has files of its own, by what stands at the braces. */
  private filesOfSites(): Map<string | null, Site[]> | null {
    const files = 'rdms' in this.spec ? this.spec.rdms : (this.spec as Draft<ActivationsSpec>).files;
    if (files === undefined) return null;
    const patterns: [string | null, string][] = typeof files === 'string' ? [[null, files]] : [...files];
    const made = new Map<string | null, Site[]>();
    for (const [site, pattern] of patterns) {
      const within = site === null ? [this.key] : [this.key, site];
      const matching = found(() => this.files.matching(pattern), [...this.path, ...within], this.problems);
      if (!matching) return null;
      for (const file of matching) {
        const sites = this.sitesIn(file, site, pattern, within);
        if (!sites) return null;
        made.set(file.as, [...(made.get(file.as) ?? []), ...sites]);
      }
    }
    const [first, ...rest] = [...made];
    const fewer = rest.find(([, sites]) => sites.length !== first[1].length);
    if (fewer)
      return this.wrong(
        [this.key],
        `${quote(String(fewer[0]))} and ${quote(String(first[0]))} have not the same files: each replicate needs all.`,
      );
    return made;
  }

  private sitesIn(
    { path, digest, shapes }: BroughtFile,
    site: string | null,
    pattern: string,
    within: Path,
  ): Site[] | null {
    const { array: asked } = placeOfArray(pattern);
    const there = [...shapes].filter(([name]) => asked === undefined || name === asked);
    if (asked !== undefined && there.length === 0)
      return this.wrong(
        within,
        `${quote(pattern)} names no array of its file, which has ${quoteAll([...shapes.keys()])}.`,
      );
    if (this.key === 'rdms') return this.rdmsIn(there, { path, digest }, site, pattern, within);
    // Beside activations archives hold all kinds of things, and lists of numbers are none.
    const arrays = there.filter(([, shape]) => shape.length >= 2 && !shape.includes(0));
    if (arrays.length === 0)
      return this.wrong(
        within,
        `${quote(pattern)} holds no array of stimuli × units: it must have two dimensions or more.`,
      );
    if (site !== null && arrays.length > 1)
      return this.wrong(
        within,
        `${quote(pattern)} holds ${quoteAll(arrays.map(([name]) => name))}: name one, as in FILE:NAME, or give 'files' the file alone.`,
      );
    return arrays.map(([array, [rows, ...units]]) => ({
      name: site ?? (array === '' ? this.name : array),
      units: units.reduce((product, length) => product * length, 1),
      rows,
      place: { file: path, array, digest },
    }));
  }

  /** The one array of RDMs. */
  private rdmsIn(
    there: readonly [string, readonly number[]][],
    { path, digest }: Pick<BroughtFile, 'path' | 'digest'>,
    site: string | null,
    pattern: string,
    within: Path,
  ): Site[] | null {
    if (there.length !== 1)
      return this.wrong(
        within,
        `${quote(pattern)} holds ${quoteAll(there.map(([name]) => name))}: name the array of the RDMs, as in FILE:NAME.`,
      );
    const [[array, shape]] = there;
    try {
      const { count, size } = rdmsIn(quote(pattern), shape);
      const name = site ?? this.name;
      return [{ name, units: 0, rows: size, count, place: { file: path, array, digest } }];
    } catch (error) {
      if (error instanceof FormatError) return this.wrong(within, error.message);
      throw error;
    }
  }

  /** What one says of a site. */
  private shape({ name, rows, count }: Site): string {
    return count === undefined
      ? `${quote(name)} has ${rows} rows`
      : `${quote(name)} has ${count} RDMs of ${rows} stimuli`;
  }

  /** The rows of each stimulus of the table, by subject. */
  private *joined(rows: number): Generator<[string | null, Pick<RecordedReplicate, 'rows'>]> {
    const { ids } = this.spec;
    const replicates = 'rdms' in this.spec ? undefined : (this.spec as Draft<ActivationsSpec>).replicates;
    const { table } = this;
    if (ids === undefined) {
      if (replicates !== undefined)
        this.wrong(['replicates'], "'replicates' is a column of the table in 'ids': name that, too.");
      else if (rows !== table.ids.length)
        this.wrong(
          [this.key],
          `Its arrays have ${rows} rows and the table ${table.ids.length} stimuli: name a CSV file with the ${quote(table.id)} of each row in 'ids'.`,
        );
      else yield [null, { rows: table.ids.map((_, row) => [row]) }];
      return;
    }
    const columns = found(() => this.files.columns(ids), [...this.path, 'ids'], this.problems);
    const own = columns?.get(table.id);
    const subjects = replicates === undefined ? undefined : columns?.get(replicates);
    if (!columns) this.failed = true;
    else if (!own) this.wrong(['ids'], unknownColumn(ids, table.id, [...columns.keys()]));
    else if (replicates !== undefined && !subjects)
      this.wrong(['replicates'], unknownColumn(ids, replicates, [...columns.keys()]));
    else if (own.length !== rows)
      this.wrong(
        ['ids'],
        `${quote(ids)} has ${own.length} rows and the arrays ${rows}: there must be one for each.`,
      );
    else yield* this.bySubject(own, subjects);
  }

  private *bySubject(
    own: readonly string[],
    subjects: readonly string[] | undefined,
  ): Generator<[string | null, Pick<RecordedReplicate, 'rows'>]> {
    const { table } = this;
    const place = new Map(table.ids.map((id, row) => [id, row]));
    const unknown = new Set(own.filter((id) => !place.has(id)));
    if (unknown.size > 0) {
      const message = `${unknown.size} stimuli of ${quote(this.spec.ids ?? '')} are not in the table and left out: ${some([...unknown])}.`;
      this.problems.warning(
        'stimuli-missing',
        message,
        this.problems.document.valueSpan([...this.path, 'ids']),
      );
    }
    for (const subject of subjects ? new Set(subjects) : [null]) {
      const rows = table.ids.map((): number[] => []);
      own.forEach((id, row) => {
        const at = place.get(id);
        if (at !== undefined && (subject === null || subjects?.[row] === subject)) rows[at].push(row);
      });
      const twice = rows.findIndex(({ length }) => length > 1);
      if (this.key === 'rdms' && twice >= 0) {
        this.wrong(
          ['ids'],
          `${quote(this.spec.ids ?? '')} has ${quote(table.ids[twice])} in several rows: of RDMs each stimulus is one row.`,
        );
        return;
      }
      yield [subject, { rows }];
    }
  }

  /** A replicate as its file and subject call it. */
  private named(as: string | null, subject: string | null, at: number): { seed: number; name?: string } {
    const name = [as, subject].filter((one) => one !== null).join(' ');
    return { seed: at, ...(name === '' ? {} : { name }) };
  }
}

/** Replicates whose names are all small whole numbers have these as their seeds. */
function withSeeds<T extends { readonly seed: number; readonly name?: string }>(
  replicates: readonly T[],
): T[] {
  if (!replicates.every(({ name }) => name !== undefined && /^(0|[1-9]\d{0,3})$/.test(name)))
    return [...replicates];
  return replicates.map(({ name, ...rest }) => ({ ...rest, seed: Number(name) }) as unknown as T);
}
