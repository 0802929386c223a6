import type { RunCommand } from '../../src/protocol/dashboard';
import { visibleLines } from '../../src/formats/visible';
import type { Change, Chosen } from './choices';
import { h } from './dom';
import type { Host } from './host';
import type { Source } from './provenance';
import { reason } from './reason';
import { restoredSheet, type Sheet } from './sheet';

/** What figures and controls ask of the page around them. */
export interface Page {
  choose(change: Change): void;
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
  /** Asks the host for something; why it was not done, if it was not, is said. */
  command(command: RunCommand): void;
}

/** What a page stands on. */
interface Footing {
  chosen: () => Chosen;
  /** Keeps what was chosen. */
  keep: (change: Change) => void;
  /** Draws by what was chosen. */
  draw: () => void;
  source: () => Source;
  showHazards: (rule?: string) => void;
}

/** @returns the page, and its status line */
export function pageOf(host: Host, { chosen, keep, draw, source, showHazards }: Footing) {
  const status = h('div', { class: 'status', attributes: { role: 'status', 'aria-live': 'polite' } });
  const say = (text: string): void => void (status.textContent = visibleLines(text));
  const page: Page = {
    source,
    showHazards,
    say,
    choose(change) {
      keep(change);
      say('');
      draw();
    },
    exportFile(name, bytes) {
      host.export({ name, bytes }).then(
        (written) => say(written === '' ? '' : `Saved ${written}.`),
        (error: unknown) => say(`${name} was not saved: ${reason(error)}`),
      );
    },
    tableOpen: (title) =>
      chosen().tablesOpen.includes(title) ? true : chosen().tablesClosed.includes(title) ? false : undefined,
    keepTableOpen(title, open) {
      const others = (titles: readonly string[]): string[] => titles.filter((one) => one !== title);
      const [tablesOpen, tablesClosed] = [others(chosen().tablesOpen), others(chosen().tablesClosed)];
      (open ? tablesOpen : tablesClosed).push(title);
      keep({ tablesOpen, tablesClosed });
    },
    sheet: () => restoredSheet(chosen().sheet),
    chooseSheet: (change) => keep({ sheet: restoredSheet({ ...chosen().sheet, ...change }) }),
    command(command) {
      host.command(command).catch((error: unknown) => say(`That was not done: ${reason(error)}`));
    },
  };
  return { page, status };
}
