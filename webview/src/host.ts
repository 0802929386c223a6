import type {
  DashboardCapabilities,
  DetailKey,
  ExportedFile,
  ReplicateOffer,
} from '../../src/protocol/dashboard';
import type { ReplicateDetail, StimuliDetail } from '../../src/protocol/detail';
import type { Results } from '../../src/protocol/results';

/** Whoever the dashboard runs in: the editor, a report, a test. The dashboard asks; it computes no analysis. */
export interface Host {
  /** What it can do and holds; to be asked first, and again after each change. */
  welcome(): Promise<{ capabilities: DashboardCapabilities; offers: ReplicateOffer[] }>;
  results(): Promise<Results>;
  stimuli(): Promise<StimuliDetail>;
  detail(key: DetailKey): Promise<ReplicateDetail>;
  /** False when the user thought better of it. */
  exportFile(file: ExportedFile): Promise<boolean>;
  /** Calls back when there is something new to ask for. */
  subscribe(changed: () => void): void;
  /** Adds Plotly to the page; asked for once, after the first paint. */
  loadPlotly(): Promise<void>;
  /** What was chosen, kept over hiding and reloading. */
  restore(): unknown;
  persist(choices: unknown): void;
}
