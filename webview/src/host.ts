import type { ExportedFile, FigurePlace, HostCalls, Live, Welcome } from '../../src/protocol/dashboard';
import type { AnswerOf, ParametersOf, PictureKind, PlaceOf } from '../../src/protocol/pictures';
import type { Results } from '../../src/protocol/results';

/** The results, or that they are still those that the page has. */
export interface Values {
  version: number;
  /** Absent where the page has this version; null before the first replicate is finished. */
  results?: Results | null;
}

/** Whoever the dashboard runs in: the editor, a report, a test. The dashboard asks, by these five calls; it computes no analysis. */
export interface Host {
  /** What it can do and holds; to be asked first, and again after each change. */
  ready(): Promise<Welcome>;
  /** The results: the table of values and what stands around it. @param known the version that the page has */
  values(known?: number): Promise<Values>;
  /** What a picture is drawn from. */
  picture<K extends PictureKind>(
    kind: K,
    place: PlaceOf<K>,
    parameters: ParametersOf<K>,
  ): Promise<AnswerOf<K>>;
  /** The name that the file got; empty when the user thought better of it. */
  export(file: ExportedFile): Promise<string>;
  command(command: HostCalls['command']['parameter']): Promise<unknown>;
}

/** What else a page has around it. */
export interface Surroundings {
  /** The one figure that the page is of; absent where it is of all panels. */
  readonly figure?: FigurePlace;
  /** Calls back when there is something new to ask for, and while a run goes on. */
  hear(news: { changed(): void; live(live: Live): void }): void;
  /** Adds Plotly to the page; asked for once, when something is to turn. */
  loadPlotly(): Promise<void>;
  /** What was chosen, kept over hiding and reloading. */
  restore(): unknown;
  persist(choices: unknown): void;
}
