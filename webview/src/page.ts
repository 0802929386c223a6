import { batch } from '@preact/signals';
import type { FigurePlace, RunCommand } from '../../src/protocol/dashboard';
import type { Change } from './choices';
import type { Host } from './host';
import { type Source, sourceOf } from './provenance';
import { reason } from './reason';
import { restoredSheet, type Sheet } from './sheet';
import type { State } from './state';

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
  /** How pictures are written into files (read as a signal) … */
  sheet(): Sheet;
  /** … which the user chooses once for all figures. */
  chooseSheet(change: Partial<Record<keyof Sheet, string>>): void;
  /** What saved figures say of the analysis. */
  source(): Source;
  /** Goes to the list of hazards, and opens what a rule says. */
  showHazards(rule?: string): void;
  /** Asks the host for something; why it was not done, if it was not, is said. */
  command(command: RunCommand): void;
  /** Tells the host what the figure that stands by itself is called now. */
  call(title: string): void;
  /** Has the host show a figure by itself, with these choices and all that is kept here. */
  openFigure(place: FigurePlace, choices: Change): void;
}

/** @param alone one figure stands there by itself: the list of hazards is in the dashboard */
export function pageOf(host: Host, state: State, alone: boolean): Page {
  const say = (text: string): void => void (state.said.value = text);
  const command = (asked: Parameters<Host['command']>[0]): void =>
    void host.command(asked).catch((error: unknown) => say(`That was not done: ${reason(error)}`));
  return {
    say,
    source: () => sourceOf(state.results.peek(), state.welcome.peek().analysedAt, state.standing.peek()?.run),
    showHazards: (rule) => (alone ? command('showHazards') : state.showHazards(rule)),
    choose: (change) =>
      batch(() => {
        state.choose(change);
        say('');
      }),
    exportFile(name, bytes) {
      host.export({ name, bytes }).then(
        (written) => say(written === '' ? '' : `Saved ${written}.`),
        (error: unknown) => say(`${name} was not saved: ${reason(error)}`),
      );
    },
    tableOpen(title) {
      const { tablesOpen, tablesClosed } = state.kept.peek();
      return tablesOpen.includes(title) ? true : tablesClosed.includes(title) ? false : undefined;
    },
    keepTableOpen(title, open) {
      const others = (titles: readonly string[]): string[] => titles.filter((one) => one !== title);
      const { tablesOpen, tablesClosed } = state.kept.peek();
      const [opened, closed] = [others(tablesOpen), others(tablesClosed)];
      (open ? opened : closed).push(title);
      state.keep({ tablesOpen: opened, tablesClosed: closed });
    },
    sheet: () => state.kept.value.sheet,
    chooseSheet: (change) => state.keep({ sheet: restoredSheet({ ...state.kept.peek().sheet, ...change }) }),
    command,
    call: (title) => command({ title }),
    openFigure: (place, choices) =>
      command({ ...place, choices: JSON.stringify({ ...state.kept.peek(), ...choices }) }),
  };
}
