import type { Replicate } from '../../src/core/replicate';
import type { Comparison } from '../../src/protocol/comparison';
import type { DashboardCapabilities, ReplicateOffer, RunCommand } from '../../src/protocol/dashboard';
import type { AnswerOf, PictureKind, PictureQuery } from '../../src/protocol/pictures';
import type { MeasureInfo, Results } from '../../src/protocol/results';
import type { Sight } from './charts/picture';
import type { Change, Chosen } from './choices';
import type { FigureContent } from './figure-content';
import type { Changes } from './panels/compare-changes';

/** What there is, and what of it is looked at: from this and from answers every panel is drawn. */
export interface View {
  /** At the point that is looked at. */
  results: Results;
  /** At all points of the sweep. */
  whole: Results;
  capabilities: DashboardCapabilities;
  offers: ReplicateOffer[];
  /** Points of the sweep at which there are any. */
  offeredPoints: readonly number[];
  /** A run goes on: what is not there may come. */
  running?: boolean;
  /** With other runs: none where none were chosen, absent where there are no others. */
  comparisons?: readonly Comparison[];
  /** The networks that can be chosen in this panel. */
  networks: readonly string[];
  replicate: Replicate;
  layer: string;
  /** Null: the newest. */
  step: number | null;
  /** Stimuli that are marked in every panel. */
  selected: readonly number[];
  /** What was chosen, be it there or not. */
  wished: Chosen;
}

/** A picture that a panel wants. */
export type Query<K extends PictureKind = PictureKind> = PictureQuery<K> & {
  /** The panel is drawn without it, and again when it has come; who scrubs on does not want it. */
  late?: true;
};

/** What has come of what was asked for. */
export interface Answers {
  /** Undefined until it has come. */
  of<K extends PictureKind>(query: Query<K>): AnswerOf<K> | undefined;
  /** Why one that is late will not come. */
  failure(query: Query): string | undefined;
}

/** One of the things that can be chosen. */
export interface Option<V = string> {
  value: V;
  label: string;
  /** What it is one of: stands over the first of each group. */
  group?: string;
  /** What is said of it where it is pointed at. */
  hint?: string;
  /** Is chosen where nothing that there is was. */
  byDefault?: boolean;
}

/** Something that the user chooses; kept by its name, which panels may share. A list of names is chosen one after the other. */
export interface Choice<V, C> {
  initial: V;
  /** None: it is chosen in a picture, or by another control. */
  label?: string | ((view: View) => string);
  hint?: string;
  /** Its options as buttons, of which one is in, or along a slider, and not as a list. */
  as?: 'buttons' | 'slider';
  /** The bar of controls in which it stands; the one on top where absent. */
  bar?: string | undefined;
  /** Where a figure stands by itself: whether it changes that one; absent: any. */
  changes?(figure: string): boolean;
  /** What there is; where there is nothing, there is no control. */
  options?(
    answers: Answers,
    view: View,
    c: C,
  ): readonly Option<V extends readonly (infer Item)[] ? Item : V>[];
}

export type Choices<C> = { readonly [K in keyof C]: Choice<C[K], C> };

/** A button. */
interface Action<C> {
  label: string;
  hint?: string;
  /** Where a figure stands by itself: whether it is for that one; absent: for any. */
  isFor?(figure: string): boolean;
  /** What it asks the host for … */
  command?: RunCommand;
  /** … or what it chooses; null: nothing at the moment. */
  change?(answers: Answers, view: View, c: C): Change | null;
  offered?(answers: Answers, view: View, c: C): boolean;
}

/** What stands in a panel, from top to bottom. */
export type Block =
  | { block: 'figure'; /** What its table is kept open by. */ name: string; content: FigureContent }
  | { block: 'row'; as: 'pair' | 'networks'; of: Block[] }
  /** Controls; the bar on top is there without being named. */
  | { block: 'bar'; name: string }
  | { block: 'note'; text: string; /** Read aloud when it changes. */ spoken?: true }
  | {
      block: 'says';
      measures: readonly MeasureInfo[];
      /** The figures of these measures. */ of(figure: string): boolean;
    }
  | { block: 'changes'; changes: Changes };

/** What a picture leads to when the user works it. */
export interface Hands {
  choose: (change: Change) => void;
  /** Where one looks in a picture that can be moved: the same object for as long as it is of the same. */
  sight: (of: string) => Sight;
}

/** One way to look at the results. Its functions are pure: they touch no page and ask nobody. */
export interface Panel<C extends object = Record<string, unknown>> {
  readonly id: string;
  readonly title: string;
  /** Which of the common controls it follows. */
  readonly follows: readonly ('replicate' | 'layer' | 'checkpoint')[];
  /** Whether it is of one replicate that has pictures. */
  readonly ofReplicate?: boolean;
  /** Whether it is of all points of a sweep: none is chosen then. */
  readonly ofSweep?: boolean;
  readonly choices: Choices<C>;
  readonly actions?: readonly Action<C>[];
  /** Not offered where this is false of what there is. */
  offered?(view: View): boolean;
  /** What it wants to be drawn from; asked again with what has come, until it wants nothing more. */
  wants?(answers: Answers, view: View, c: C): readonly Query[];
  draw(answers: Answers, view: View, c: C, hands: Hands): readonly Block[];
}

export function figure(name: string, content: FigureContent): Block {
  return { block: 'figure', name, content };
}

/** Why there is no picture, in its place. */
export function withoutPicture(reason: string): FigureContent {
  return { chart: null, description: reason, caption: reason, table: { columns: [], rows: [] } };
}
