import type { BroughtFiles } from '../experiment/brought';
import type { Experiment } from '../experiment/experiment';
import type { NumberArray } from '../core/number-array';
import type { Results } from '../protocol/results';
import type { Columns } from './arrays';

/**
 * One thing that RepScope does, for whoever asks: the command line, the editor, whatever comes. A function of what it is asked and of what
 * is around it, which prints nothing and asks nobody; its answer is plain data.
 *
 * @typeParam R what it needs of what is around it
 */
export interface Verb<I, O, R> {
  readonly name: string;
  /** What it does, in a sentence or two, as help says it. */
  readonly says: string;
  /** What it is asked, as a JSON schema. */
  readonly input: InputSchema<I>;
  /** What is another than before when it is done. */
  readonly changes: 'nothing' | 'store' | 'files';
  /** @throws UserError for what the user has to mend */
  readonly run: (input: I, room: R) => Promise<O>;
}

/** What is around a verb: where files and runs are found by the names that the caller has for them. */
export interface Room {
  /** The text of an experiment file. @throws UserError where it cannot be read */
  readonly text: (file: string) => Promise<string>;
  /** What an experiment file brings along. */
  readonly brought: (file: string) => BroughtFiles;
  /** A run that was kept. @throws UserError where there is none */
  readonly kept: (run: string) => Promise<NamedRun>;
}

/** The same for array files and tables. */
export interface ArrayRoom {
  /** The numbers of an array file. @throws UserError where it cannot be read */
  readonly array: (file: string) => Promise<NumberArray>;
  /** The columns of a CSV file with a head. @throws UserError where it cannot be read */
  readonly columns: (file: string) => Promise<Columns>;
}

export interface NamedRun {
  /** As a person calls it. */
  readonly name: string;
  readonly results: Results;
  /** What was analysed, where it is known. */
  readonly experiment?: Experiment;
}

interface InputSchema<I> {
  readonly type: 'object';
  readonly properties: { readonly [key in keyof I]-?: KeySchema<Required<I>[key]> };
  readonly required: readonly (keyof I)[];
  readonly additionalProperties: false;
}

type KeySchema<T> = { readonly description: string } & ([T] extends [number]
  ? { readonly type: 'integer' | 'number'; readonly minimum: number; readonly maximum: number }
  : [T] extends [boolean]
    ? { readonly type: 'boolean' }
    : [T] extends [string]
      ? { readonly type: 'string'; readonly enum?: readonly T[] }
      : { readonly type: 'array'; readonly items: { readonly type: 'string' } });

/** @param required keys that have to be there; the others may be left out */
export function inputOf<I>(
  properties: InputSchema<I>['properties'],
  ...required: readonly (keyof I)[]
): InputSchema<I> {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** Asked of one experiment file. */
export interface OfFile {
  readonly file: string;
}

/** Asked of one run. */
export interface OfRun {
  readonly run: string;
}

/** Asked of one replicate. */
export interface OfReplicate {
  readonly source: string;
  /** The first where none is named. */
  readonly point?: number;
  readonly seed: number;
}

export const replicateKeys = {
  source: { type: 'string', description: 'network' },
  point: {
    type: 'integer',
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'point of the sweep, from 0 (default: 0)',
  },
  seed: { type: 'integer', minimum: 0, maximum: 9999, description: 'replicate' },
} as const;

export const experimentKey = { type: 'string', description: 'experiment file' } as const;

export const runKey = {
  type: 'string',
  description: 'the folder of a run, or the experiment file that was analysed here',
} as const;

export const seedsKey = {
  type: 'integer',
  minimum: 1,
  maximum: 10_000,
  description: 'replicates of each network, in place of what the file says',
} as const;

export const workersKey = {
  type: 'integer',
  minimum: 1,
  maximum: 64,
  description: 'threads (default: the processors)',
} as const;
