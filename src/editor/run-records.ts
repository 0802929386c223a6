import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';
import { packedColumns } from '../core/packed-columns';
import type { Experiment } from '../experiment/experiment';
import { jsonPieces } from '../formats/json';
import { keptResults } from '../protocol/kept-results';
import type { Results } from '../protocol/results';
import { oneOf } from '../protocol/shape';
import { type RecordStatus, recordStatuses } from '../protocol/status';
import { sweepTemporaryFiles, temporaryFile } from '../run/temporary';

/** One run of the history. */
export interface RunRecord {
  readonly id: string;
  /** Of the experiment file. */
  readonly uri: string;
  readonly title: string;
  /** What the user calls it; set by `rename` alone. Absent: it has no name. */
  readonly name?: string;
  /** The digest of the experiment that was asked for; absent in records of earlier builds. */
  readonly asked?: string;
  readonly status: RecordStatus;
  /** When it began, or last went on, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly seeds: number;
  readonly networks: number;
  readonly quick: boolean;
  readonly finished: number;
  readonly planned: number;
  readonly fingerprint: string;
  readonly hazards: number;
  /** What was found, in a line; or why it failed. */
  readonly summary: string;
}

/** What is kept of a run beside its record: what was asked, and what was found (statistics of single units left out). */
export interface KeptRun {
  readonly experiment: Experiment;
  readonly results: Results;
}

const decompress = promisify(gunzip);

/** Runs that are kept; older ones go. */
const maximumRuns = 100;

/** The history of runs, in a folder of its own: one JSON file a run, its results beside it. */
export class RunRecords {
  #records = new Map<string, RunRecord>();
  #loaded: Promise<void> | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly folder: string) {}

  /** Newest first; what `load` has read. */
  get all(): RunRecord[] {
    return [...this.#records.values()].sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
  }

  find(id: string): RunRecord | undefined {
    return this.#records.get(id);
  }

  /** The runs of a file, newest first. */
  allOf(uri: string): RunRecord[] {
    return this.all.filter((record) => record.uri === uri);
  }

  /** Reads the folder, once. Files that are no records are passed over. */
  load(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  static newId(): string {
    return `${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`;
  }

  /** The newest run of the same file. */
  newestOf({ uri }: RunRecord): RunRecord | undefined {
    return this.allOf(uri)[0];
  }

  /** Gives a run a name; an empty one takes it away. */
  async rename(id: string, name: string): Promise<void> {
    const known = this.#records.get(id);
    if (!known) return;
    this.#records.set(id, { ...known, name: name === '' ? undefined : name });
    await this.keep(known);
  }

  /** Writes a record, and its results if there are any; whole or not at all. The name stays what it is. */
  async keep(told: RunRecord, kept?: KeptRun): Promise<void> {
    const record = { ...told, name: this.#records.get(told.id)?.name };
    this.#records.set(record.id, record);
    // As they are now: of a run that goes on the table grows.
    const found = kept && {
      ...kept,
      results: { ...kept.results, values: packedColumns(kept.results.values) },
    };
    const write = async (): Promise<void> => {
      // Deleted meanwhile: it stays so.
      if (!this.#records.has(record.id)) return;
      await mkdir(this.folder, { recursive: true });
      // A piece at a time, so that what else the thread has to do comes between.
      if (found)
        await this.#write(`${record.id}.results.json.gz`, Readable.from(jsonPieces(found)), createGzip());
      await this.#write(`${record.id}.json`, Readable.from([JSON.stringify(record, null, 1)]));
      for (const old of this.all.slice(maximumRuns)) await this.#remove(old.id);
    };
    const written = this.#writing.then(write);
    this.#writing = written.catch(() => undefined);
    await written;
  }

  /** What a run found; null where nothing was kept, or what was kept is damaged or of an earlier version. */
  async results(id: string): Promise<KeptRun | null> {
    try {
      const text = await decompress(await readFile(join(this.folder, `${id}.results.json.gz`)));
      return keptRun(JSON.parse(text.toString('utf8')));
    } catch {
      return null;
    }
  }

  /** The runs of a file that has another name from now on. */
  async move(from: string, to: string): Promise<void> {
    await this.load();
    await Promise.all(this.allOf(from).map((record) => this.keep({ ...record, uri: to })));
  }

  async delete(id: string): Promise<void> {
    await this.#writing;
    await this.#remove(id);
  }

  async #remove(id: string): Promise<void> {
    this.#records.delete(id);
    // The record last: as long as it is there, the rest can be found.
    await rm(join(this.folder, `${id}.results.json.gz`), { force: true });
    await rm(join(this.folder, `${id}.json`), { force: true });
  }

  async #load(): Promise<void> {
    // There may be no folder yet.
    await sweepTemporaryFiles(this.folder).catch(() => undefined);
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names) {
      if (!/^[a-z0-9-]+\.json$/.test(name)) continue;
      try {
        const record: unknown = JSON.parse(await readFile(join(this.folder, name), 'utf8'));
        if (!isRecord(record) || this.#records.has(record.id) || name !== `${record.id}.json`) continue;
        // Whoever ran it was another process: a window that was reloaded, closed or killed, or at best is another one.
        const status = record.status === 'running' ? 'interrupted' : record.status;
        this.#records.set(record.id, { ...record, status });
      } catch {
        // Half a file, or none of ours.
      }
    }
  }

  async #write(name: string, ...content: [Readable, ...Transform[]]): Promise<void> {
    const made = join(this.folder, temporaryFile());
    try {
      await pipeline([...content, createWriteStream(made)]);
      await rename(made, join(this.folder, name));
    } catch (error) {
      await rm(made, { force: true });
      throw error;
    }
  }
}

const isStatus = oneOf(recordStatuses);

function isRecord(value: unknown): value is RunRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Partial<Record<keyof RunRecord, unknown>>;
  const strings = ['id', 'uri', 'title', 'fingerprint', 'summary'] as const;
  const maybe = [record.name, record.asked];
  const numbers = ['startedAt', 'seeds', 'networks', 'finished', 'planned', 'hazards'] as const;
  return (
    isStatus(record.status) &&
    strings.every((name) => typeof record[name] === 'string') &&
    maybe.every((value) => value === undefined || typeof value === 'string') &&
    numbers.every((name) => typeof record[name] === 'number')
  );
}

function keptRun(value: unknown): KeptRun | null {
  if (typeof value !== 'object' || value === null) return null;
  const { experiment, results: found } = value as Partial<KeptRun>;
  const results = keptResults(found);
  return experiment && Array.isArray(experiment.networks) && results ? { experiment, results } : null;
}
