import type { Matrix } from '../core/matrix';
import { conditionMeans } from '../analysis/rdm/condition-means';
import { type Rdm, rdm } from '../analysis/rdm/rdm';
import { squareOf, triangleSize } from '../analysis/rdm/triangle';
import { rowsOf, somePairs } from '../analysis/some-rows';
import { type Structure, structureOf } from '../analysis/structure/structure';
import { foundOrWhy } from '../numerics/numerical-error';
import type { StructureDetail, StructureWish } from '../protocol/structure';
import type { Recording } from '../sources/source';
import { checkpointAt, chosenStimuli } from './detail';
import type { DrawnExperiment } from './drawn-experiment';

/** What is mapped, and where it is of. */
export interface StructurePlace extends StructureWish {
  readonly step: number | null;
  readonly layer: string;
}

/**
 * Maps of one layer of a recording at one checkpoint.
 *
 * @throws RangeError where there is no such checkpoint
 */
export async function structureDetail(
  drawn: DrawnExperiment,
  recording: Recording,
  { step, layer, method, items: of, distances, neighbours, most }: StructurePlace,
): Promise<StructureDetail> {
  const at = checkpointAt(recording, step);
  const { source, point, seed } = recording.replicate;
  const place = { source, point, seed, step: recording.checkpoints[at].step, layer };
  if (recording.rdm)
    return { ...place, ...ofRdm(drawn, recording.rdm(layer, 'test'), { method, of, neighbours, most }) };
  const activations = await recording.activations(layer, 'test', at);
  const metric = distances === 'rdm' ? drawn.experiment.analyses.rdm.metric : 'euclidean';
  const all = itemsOf(drawn, activations, of, most);
  const found = rdm(all.patterns, metric);
  const kept = Uint32Array.from({ length: found.size }, (_, i) => i).filter(
    (i) => !found.undefinedRows.includes(i),
  );
  const map = foundOrWhy(() =>
    structureOf({
      activations: rowsOf(all.patterns, kept),
      distances: definedDistances(found, kept),
      method,
      neighbours,
    }),
  );
  return {
    ...place,
    items: Uint32Array.from(kept, (i) => all.items[i]),
    without: found.undefinedRows.length,
    ...(map.found ? { found: shown(map.found) } : { missing: map.why }),
  };
}

/** Maps of an RDM that was brought along. */
function ofRdm(
  drawn: DrawnExperiment,
  rdm: Float64Array,
  {
    method,
    of,
    neighbours,
    most,
  }: Pick<StructureWish, 'method' | 'neighbours' | 'most'> & { of: StructureWish['items'] },
): Pick<StructureDetail, 'items' | 'without' | 'missing' | 'found'> {
  if (of === 'conditions')
    return {
      items: new Uint32Array(),
      without: 0,
      missing: 'An RDM of single stimuli has no condition means.',
    };
  const stimuli = chosenStimuli(drawn, most);
  const size = triangleSize(rdm.length);
  const items = withDistances(rdm, size, stimuli);
  const distances = squareOf(somePairs(rdm, size, items), items.length);
  const map = foundOrWhy(() => structureOf({ activations: null, distances, method, neighbours }));
  return {
    ...{ items, without: stimuli.length - items.length },
    ...(map.found ? { found: shown(map.found) } : { missing: map.why }),
  };
}

/** Stimuli with a distance to all others: those with the fewest are left out one by one. */
function withDistances(rdm: Float64Array, size: number, stimuli: Uint32Array): Uint32Array {
  for (let kept = stimuli; ;) {
    const square = squareOf(somePairs(rdm, size, kept), kept.length);
    const missing = Array.from(kept, (_, row) =>
      square
        .subarray(row * kept.length, (row + 1) * kept.length)
        .reduce((n, one) => n + Number(Number.isNaN(one)), 0),
    );
    const most = Math.max(0, ...missing);
    if (most === 0) return kept;
    const out = missing.indexOf(most);
    kept = kept.filter((_, row) => row !== out);
  }
}

function itemsOf(
  drawn: DrawnExperiment,
  activations: Matrix<Float32Array>,
  of: StructureWish['items'],
  most: number,
): { patterns: Matrix; items: Uint32Array } {
  if (of === 'stimuli') {
    const items = chosenStimuli(drawn, most);
    return { patterns: rowsOf(activations, items), items };
  }
  const { of: condition, counts } = drawn.conditions;
  return {
    patterns: conditionMeans(activations, condition, counts.length),
    items: Uint32Array.from(counts.keys()),
  };
}

/** The square of the rows that have distances. */
function definedDistances({ size, distances }: Rdm, kept: Uint32Array): Float64Array {
  const square = squareOf(distances, size);
  if (kept.length === size) return square;
  const out = new Float64Array(kept.length ** 2);
  kept.forEach((i, row) =>
    kept.forEach((j, column) => (out[row * kept.length + column] = square[i * size + j])),
  );
  return out;
}

/** What protocols carry of a structure: single precision is enough to draw. */
function shown({
  maps,
  components,
  judged,
  spread,
  shared,
  rankCorrelation,
  shepard,
}: Structure): NonNullable<StructureDetail['found']> {
  const axis = ({ data }: Matrix, at: number): Float32Array =>
    Float32Array.from({ length: data.length / 2 }, (_, i) => data[2 * i + at]);
  return {
    maps: maps.map(({ plane, ...map }) => ({ ...map, x: axis(plane, 0), y: axis(plane, 1) })),
    ...{ components, judged, shared, rankCorrelation },
    spread: spread && Float32Array.from(spread),
    shepard: {
      dissimilarity: Float32Array.from(shepard.dissimilarity),
      distance: Float32Array.from(shepard.distance),
      fitted: Float32Array.from(shepard.fitted),
    },
  };
}
