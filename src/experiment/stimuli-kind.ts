import type { BroughtFiles } from './brought';
import type { DocumentsReader } from './documents';
import type { DocumentStimuli, StimulusTable } from './experiment';
import type { ExperimentFile } from './file';
import type { Problems } from './problems';
import type { Draft } from './structure';

/**
 * A kind of stimuli: its spelling is in `file.ts`, its file beside this one, its line in `stimuli-kinds.ts`. All have features; what a kind gives beside them are rows, where
 * the stimuli are not drawn.
 */
export interface StimuliKind {
  /** Of 'stimuli': exactly one key says what they are. */
  readonly key: string;
  /** Keys of 'stimuli' that no other kind has. */
  readonly own: readonly string[];
  /** @returns the stimuli with their features; null where they are drawn from the file's, or cannot be read */
  read(file: Draft<ExperimentFile>, beside: Beside, problems: Problems): Given | null;
}

/** What a file is read with. */
export interface Beside {
  /** What it brings along. */
  readonly files: BroughtFiles;
  /** All kinds of documents. */
  readonly documents: readonly DocumentsReader[];
}

/** What there is of a feature that is not written in the file. */
export type GivenFeature = ({ readonly values: string[] } | { readonly gaussian: 1 }) & {
  readonly units?: 0;
};

/** Stimuli whose features are not written in the file. */
export interface Given {
  /** By name: names of values, or a number; `units` of 0 where no input units carry them. */
  readonly features: ReadonlyMap<string, GivenFeature>;
  /** Where they are a table's. */
  readonly table?: Table;
  /** Where they are tokens of documents. */
  readonly documents?: Omit<DocumentStimuli, 'at'>;
}

/** A table of stimuli, read. */
export interface Table extends StimulusTable {
  /** The column that names the stimuli. */
  readonly id: string;
}
