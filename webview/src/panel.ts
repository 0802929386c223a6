import type { Comparison } from '../../src/protocol/comparison';
import type { DashboardCapabilities, ReplicateOffer, RunCommand } from '../../src/protocol/dashboard';
import type { LayerDetail, Picture, ReplicateDetail, StimuliDetail } from '../../src/protocol/detail';
import type { PlaceOf } from '../../src/protocol/pictures';
import type { PairResults, Results } from '../../src/protocol/results';
import type { Choices } from './choices';
import type { Desk } from './desk';
import type { LabelColumn } from './labels';

/** What a panel is drawn from. */
export interface View {
  results: Results;
  capabilities: DashboardCapabilities;
  offers: ReplicateOffer[];
  choices: Choices;
  /** Name of the chosen layer. */
  layer: string;
  /** With another run: null where none was chosen, absent where there are no others. */
  comparison?: Comparison | null;
  /** Of the chosen replicate; only for panels that need it. */
  shown: ShownReplicate | null;
}

export interface ShownReplicate {
  stimuli: StimuliDetail;
  columns: LabelColumn[];
  detail: ReplicateDetail;
  layer: LayerDetail;
  /** It is the newest checkpoint. */
  newest: boolean;
  /** Where it is not: the layer at the newest, whose range gives the colours at every checkpoint. */
  final?: LayerDetail;
  /** The chosen unit; the most selective one where none was chosen. */
  unitAt: number;
  /** The same, where its activations were asked for: one per stimulus. */
  unit?: { at: number; values: Float32Array };
  /** The other finished replicates of its network at the same checkpoint, where means over seeds are shown. */
  peers?: ReplicateDetail[];
  /** `NETWORK/SEED, LAYER, epoch N` */
  name: string;
}

export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly element: HTMLElement;
  /** Which of the common selectors it follows. */
  readonly follows: readonly ('network' | 'seed' | 'layer' | 'checkpoint')[];
  /** Whether it is drawn from one replicate's detail, and for which picture. */
  readonly needsDetail: Picture | false;
  /** Not offered where this is false of what there is. */
  readonly offered?: (view: View) => boolean;
  update(view: View): void;
  /** Of the panel with the list of hazards: brings it to sight. */
  readonly showHazards?: (rule?: string) => void;
  /** Draws in the colours of the moment. */
  redraw(): void;
}

/** What a panel may do besides drawing. */
export interface Bench extends Desk {
  choose(change: Partial<Choices>): void;
  /** The activation of one unit for every test stimulus; kept for a while. */
  unit(place: PlaceOf<'unit'>, unit: number): Promise<Float32Array>;
  /** Replicates compared with each other, as they were at an epoch; kept for a while. */
  similarities(place: PlaceOf<'similarities'>, measure: string): Promise<PairResults>;
  /** Asks the host for something; why it was not done, if it was not, is said. */
  command(command: RunCommand): void;
}
