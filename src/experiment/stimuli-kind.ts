import type { BroughtFiles } from './brought';
import type { StimulusTable } from './experiment';
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
  /** @returns the stimuli with their features; null where they are drawn, or cannot be read */
  read(file: Draft<ExperimentFile>, files: BroughtFiles, problems: Problems): Table | null;
}

/** A table of stimuli, read: its columns as features. */
export interface Table extends StimulusTable {
  /** The column that names the stimuli. */
  readonly id: string;
  /** What each column holds, by name: names of values, or numbers. */
  readonly features: ReadonlyMap<string, { readonly values: string[] } | { readonly gaussian: number }>;
}
