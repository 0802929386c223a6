import type {
  DetailKey,
  ExportedFile,
  Live,
  RunCommand,
  SimilaritiesKey,
  UnitKey,
  Welcome,
} from '../../src/protocol/dashboard';
import type { ReplicateDetail, StimuliDetail } from '../../src/protocol/detail';
import type { PairResults, Results } from '../../src/protocol/results';

/** Whoever the dashboard runs in: the editor, a report, a test. The dashboard asks; it computes no analysis. */
export interface Host {
  /** What it can do and holds; to be asked first, and again after each change. */
  welcome(): Promise<Welcome>;
  /** Null before the first replicate is finished. */
  results(): Promise<Results | null>;
  stimuli(): Promise<StimuliDetail>;
  detail(key: DetailKey): Promise<ReplicateDetail>;
  /** The finished replicates compared with each other, as they were at an epoch. */
  similarities(key: SimilaritiesKey): Promise<PairResults>;
  /** The activation of one unit for every test stimulus. */
  unit(key: UnitKey): Promise<Float32Array>;
  /** The name that the file got; empty when the user thought better of it. */
  exportFile(file: ExportedFile): Promise<string>;
  /** Calls back when there is something new to ask for. */
  subscribe(changed: () => void): void;
  /** Calls back while a run goes on. */
  follow(progress: (live: Live) => void): void;
  command(command: RunCommand): Promise<unknown>;
  /** Adds Plotly to the page; asked for once, after the first paint. */
  loadPlotly(): Promise<void>;
  /** What was chosen, kept over hiding and reloading. */
  restore(): unknown;
  persist(choices: unknown): void;
}
