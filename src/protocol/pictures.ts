import type { Replicate } from '../core/replicate';
import { type DetailPart, type ReplicateDetail, type StimuliDetail, pictureNames } from './detail';
import {
  type AttentionDetail,
  type AttentionWish,
  type DocumentsDetail,
  type DocumentsWish,
  documentsShown,
  mostDocuments,
} from './documents';
import type { RecoveryDetail } from './recovery';
import type { PairResults } from './results';
import {
  type StructureDetail,
  type StructureWish,
  mostMapped,
  structureDistances,
  structureItems,
  structureMethods,
} from './structure';
import {
  type Shape,
  isAbsent,
  isAmount,
  isCount,
  isName,
  oneOf,
  orAbsent,
  recordOf,
  replicateParts,
  wordOf,
} from './shape';

/** A replicate at one of its checkpoints. */
export interface ReplicatePlace extends Replicate {
  step: number;
}

/** A kind of picture: where it is of, what else is chosen of it, and what it is drawn from. */
interface Kind<P, Q, A> {
  readonly place: Shape<P>;
  readonly parameters: Shape<Q>;
  /** Never there: its type is what is answered. */
  readonly answer?: A;
}

const isPlace = { ...replicateParts, step: isCount };

/** Every kind of picture that a dashboard can ask for: a new one is a line here, and its answer in verbs/pictures. */
const pictures = {
  /** The test stimuli with their labels: of the first point, where none is named. */
  stimuli: kind<StimuliDetail>()(orAbsent(recordOf<{ point: number }>({ point: isCount })), isAbsent),
  /** Layers of a replicate; all of them, with all pictures, where no part is named. */
  replicate: kind<ReplicateDetail>()(
    recordOf<ReplicatePlace>(isPlace),
    orAbsent(recordOf<DetailPart>({ layer: isName, picture: orAbsent(oneOf(pictureNames)) })),
  ),
  /** The activation of one unit for every test stimulus. */
  unit: kind<Float32Array>()(
    recordOf<ReplicatePlace & { layer: string }>({ ...isPlace, layer: isName }),
    recordOf<{ unit: number }>({ unit: isCount }),
  ),
  /** Maps of a layer on a plane. */
  structure: kind<StructureDetail>()(
    recordOf<ReplicatePlace & { layer: string }>({ ...isPlace, layer: isName }),
    recordOf<StructureWish>({
      method: oneOf(structureMethods),
      items: oneOf(structureItems),
      distances: oneOf(structureDistances),
      neighbours: within(2, 100),
      most: within(3, mostMapped),
    }),
  ),
  /** What of a layer is recovered in another finished replicate. */
  recovery: kind<RecoveryDetail>()(
    recordOf<ReplicatePlace & { layer: string }>({ ...isPlace, layer: isName }),
    recordOf<Replicate>(replicateParts),
  ),
  /** What a finished replicate says of documents, token by token. */
  documents: kind<DocumentsDetail>()(
    recordOf<ReplicatePlace>(isPlace),
    recordOf<DocumentsWish>({
      set: isCount,
      shown: oneOf(documentsShown),
      after: isCount,
      most: within(1, mostDocuments),
    }),
  ),
  /** Where one of its heads of attention looks in a document. */
  attention: kind<AttentionDetail>()(
    recordOf<ReplicatePlace>(isPlace),
    recordOf<AttentionWish>({ set: isCount, document: isCount, layer: isCount, head: isCount }),
  ),
  /** The finished replicates of a point compared with each other, each at its newest checkpoint up to an epoch. */
  similarities: kind<PairResults>()(
    recordOf<{ layer: string; epoch: number; point: number }>({
      layer: isName,
      epoch: isAmount,
      point: isCount,
    }),
    recordOf<Pick<PairResults, 'measure'>>({ measure: isName }),
  ),
};

export type PictureKind = keyof typeof pictures;
type Inside<S> = S extends Shape<infer T> ? T : never;
export type PlaceOf<K extends PictureKind> = Inside<(typeof pictures)[K]['place']>;
export type ParametersOf<K extends PictureKind> = Inside<(typeof pictures)[K]['parameters']>;
export type AnswerOf<K extends PictureKind> = NonNullable<(typeof pictures)[K]['answer']>;

/** What a picture is asked for by. */
export type PictureQuery<K extends PictureKind = PictureKind> = {
  [Each in K]: { kind: Each; place: PlaceOf<Each>; parameters: ParametersOf<Each> };
}[K];

const isNamed = recordOf<{ kind: PictureKind }>({ kind: wordOf(pictures) });

/** Whether something asks for a picture that there is, as that is to be asked for. */
export function isPictureQuery(value: unknown): value is PictureQuery {
  if (!isNamed(value)) return false;
  const { place, parameters } = pictures[value.kind];
  return recordOf<{ place: unknown; parameters: unknown }>({ place, parameters })(value);
}

function within(least: number, most: number): Shape<number> {
  return (value): value is number => isCount(value) && value >= least && value <= most;
}

function kind<A>() {
  return <P, Q>(place: Shape<P>, parameters: Shape<Q>): Kind<P, Q, A> => ({ place, parameters });
}
