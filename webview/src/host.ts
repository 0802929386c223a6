import type { ExportedFile, Live, RunCommand, Values, Welcome } from '../../src/protocol/dashboard';
import type { AnswerOf, ParametersOf, PictureKind, PlaceOf } from '../../src/protocol/pictures';

/** Whoever the dashboard runs in: the editor, a report, a test. The dashboard asks, by these five calls; it computes no analysis. */
export interface Host {
  /** What it can do and holds; to be asked first, and again after each change. */
  ready(): Promise<Welcome>;
  /** The table of values and what stands around it. @param known the version that the page has */
  values(known?: number): Promise<Values>;
  /** What a picture is drawn from. */
  picture<K extends PictureKind>(
    kind: K,
    place: PlaceOf<K>,
    parameters: ParametersOf<K>,
  ): Promise<AnswerOf<K>>;
  /** The name that the file got; empty when the user thought better of it. */
  export(file: ExportedFile): Promise<string>;
  command(command: RunCommand): Promise<unknown>;
}

/** What else a page has around it. */
export interface Surroundings {
  /** Calls back when there is something new to ask for, and while a run goes on. */
  hear(news: { changed(): void; live(live: Live): void }): void;
  /** Adds Plotly to the page; asked for once, when something is to turn. */
  loadPlotly(): Promise<void>;
  /** What was chosen, kept over hiding and reloading. */
  restore(): unknown;
  persist(choices: unknown): void;
}
