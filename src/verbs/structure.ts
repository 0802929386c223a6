import { rdm } from '../analysis/rdm/rdm';
import { squareOf } from '../analysis/rdm/triangle';
import { type Structure, structureOf } from '../analysis/structure/structure';
import { foundOrWhy } from '../numerics/numerical-error';
import { mostMapped, type StructureMethod, structureMethods } from '../protocol/structure';
import { activationsKey, activationsOf } from './arrays';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

export interface StructureAsked {
  readonly activations: string;
  readonly method?: StructureMethod;
  readonly neighbours?: number;
}

/** Maps of the rows of an array on a plane. */
export interface StructureFound {
  readonly definition: 'structure';
  readonly method: StructureMethod;
  /** Rows. */
  readonly n: number;
  readonly units: number;
  /** Why there is no map. */
  readonly why?: string;
  /** A place for each row, in each map, on each of two axes; and what the maps keep. */
  readonly found?: Omit<Structure, 'maps' | 'shepard'> & {
    readonly maps: readonly (Omit<Structure['maps'][number], 'plane'> & Record<'x' | 'y', Float64Array>)[];
  };
}

/** The rows of an array on a plane, by Euclidean distances. */
export const structure: Verb<StructureAsked, StructureFound, Pick<ArrayRoom, 'array'>> = {
  name: 'structure',
  says: 'Lay the rows of an array of activations out on a plane, with what the maps keep of their neighbourhoods and how far they agree over starts.',
  input: inputOf<StructureAsked>(
    {
      activations: activationsKey,
      method: {
        type: 'string',
        enum: [...structureMethods],
        description: 'classical or nonmetric scaling, tsne, or umap (default: nonmetric)',
      },
      neighbours: {
        type: 'integer',
        minimum: 2,
        maximum: 100,
        description: 'perplexity of tsne, neighbours of umap (default: 15)',
      },
    },
    'activations',
  ),
  changes: 'nothing',
  run: async ({ activations, method = 'nonmetric', neighbours = 15 }, { array }) => {
    const data = activationsOf(activations, await array(activations));
    const { rows: n, cols: units } = data;
    if (n > mostMapped)
      throw new UserError(`${activations} has ${n} rows: a map is made of at most ${mostMapped}.`);
    const distances = squareOf(rdm(data, 'euclidean').distances, n);
    const { found, why } = foundOrWhy(() =>
      structureOf({ activations: data, distances, method, neighbours }),
    );
    const what = { definition: 'structure', method, n, units } as const;
    if (!found) return { ...what, why };
    const { maps, components, judged, spread, shared, rankCorrelation } = found;
    return {
      ...what,
      found: {
        ...{ components, judged, spread, shared, rankCorrelation },
        maps: maps.map(({ plane, ...map }) => {
          const axis = (at: number): Float64Array => plane.data.filter((_, place) => place % 2 === at);
          return { ...map, x: axis(0), y: axis(1) };
        }),
      },
    };
  },
};
