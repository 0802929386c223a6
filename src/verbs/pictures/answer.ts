import type { Replicate } from '../../core/replicate';
import type { StimuliDetail } from '../../protocol/detail';
import type { AnswerOf, ParametersOf, PictureKind, PlaceOf } from '../../protocol/pictures';
import type { Preview } from '../../run/jobs';
import type { Checkpoint } from '../../training/engine';
import type { OpenRun } from '../open-run';

/** What pictures are made from. */
export interface PictureRoom {
  /** What is shown; replicates that still train are not among its finished ones. @throws Error where there is nothing */
  readonly open: () => OpenRun;
  /** The stimuli, where they are known without asking a thread. */
  readonly stimuli?: StimuliDetail;
  /** How far a replicate is that still trains: a session would train it. Undefined of others. */
  readonly training: (replicate: Replicate) => Training | undefined;
}

interface Training {
  /** Its newest picture. */
  readonly preview: Preview;
  /** That picture is of these. */
  readonly checkpoints: readonly Checkpoint[];
}

/** How one kind of picture is answered. */
export type Answer<K extends PictureKind> = (
  place: PlaceOf<K>,
  parameters: ParametersOf<K>,
  room: PictureRoom,
) => Promise<AnswerOf<K>>;
