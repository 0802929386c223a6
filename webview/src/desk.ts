import type { Source } from './provenance';
import type { Sheet } from './sheet';

/** What a figure needs of its surroundings. */
export interface Desk {
  exportFile(name: string, bytes: Uint8Array): void;
  /** Says something in the status line, which screen readers read aloud. */
  say(text: string): void;
  /** Whether the user has opened (or closed) the table of a figure; undefined where he never did. */
  tableOpen(title: string): boolean | undefined;
  /** Keeps that. */
  keepTableOpen(title: string, open: boolean): void;
  /** How pictures are written into files … */
  sheet(): Sheet;
  /** … which the user chooses once for all figures. */
  chooseSheet(change: Partial<Record<keyof Sheet, string>>): void;
  /** What saved figures say of the analysis. */
  source(): Source;
  /** Goes to the list of hazards, and opens what a rule says. */
  showHazards(rule?: string): void;
}
