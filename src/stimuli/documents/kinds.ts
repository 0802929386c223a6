import {
  type DocumentsPlan,
  type DocumentsReader,
  type DocumentsShape,
  longestOf,
} from '../../experiment/documents';
import type { Draft } from '../../experiment/structure';
import { brought, drawBrought } from './brought';
import { codebooks, drawCodebooks } from './codebooks';
import type { Corpus, DrawnCorpus } from './corpus';
import { drawEpisodes } from './draw-episodes';
import { episodes } from './episodes';
import { drawExperts, experts } from './experts';
import { drawExposures, exposures } from './exposures';
import { drawGrid, grid } from './grid';
import { drawHierarchy, hierarchy } from './hierarchy';
import { drawHops, hops } from './hops';
import { drawReversals, reversals } from './reversals';

/** All kinds of documents: how the file says them. */
export const documentsKinds: readonly DocumentsReader[] = [
  ofAny(reversals),
  ofAny(codebooks),
  ofAny(experts),
  ofAny(hierarchy),
  ofAny(hops),
  ofAny(episodes),
  ofAny(exposures),
  ofAny(grid),
  ofAny(brought),
];

/**
 * How each is drawn, which threads alone do: a list of its own, so that none of it is in the extension's bundle. The same settings and seed give the
 * same bytes; what is drawn has the sizes, words and columns of the kind's `shape`.
 */
const drawers: Readonly<
  Record<string, (settings: never, seed: number, shape: DocumentsShape) => DrawnCorpus>
> = {
  reversals: drawReversals,
  codebooks: drawCodebooks,
  experts: drawExperts,
  hierarchy: drawHierarchy,
  hops: drawHops,
  episodes: drawEpisodes,
  exposures: drawExposures,
  grid: drawGrid,
  file: drawBrought,
};

/** What the networks of an experiment are trained on and asked. @param seed of the stimuli */
export function drawDocuments({ kind, settings }: DocumentsPlan, seed: number): Corpus {
  const shape = documentsKinds.find(({ key }) => key === kind)?.shape(settings, seed);
  if (!shape) throw new RangeError(`There are no documents “${kind}”.`);
  const drawn = drawers[kind](settings as never, seed, shape);
  return { vocabulary: shape.vocabulary, length: longestOf(shape), ...drawn };
}

/** A kind among others: it is given settings that it has read itself alone. */
function ofAny<S extends object, F>(kind: DocumentsReader<S, F>): DocumentsReader {
  return {
    ...kind,
    read: (spec, at) => kind.read(spec as Draft<F>, at),
    shape: (settings, seed) => kind.shape(settings as S, seed),
  };
}
