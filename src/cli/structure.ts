import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import { percent } from '../formats/percent';
import { structure, type StructureAsked, type StructureFound } from '../verbs/structure';
import { exitCode } from './exit-code';
import { arrayRoom } from './array-room';
import { print } from './print';
import { aligned } from './text';

/** `repscope structure FILE`: what maps of its rows keep, and how far they agree. */
export async function structureCommand(
  activations: string,
  { json, ...how }: Omit<StructureAsked, 'activations'> & { readonly json?: boolean },
): Promise<number> {
  const found = await structure.run({ activations, ...how }, arrayRoom);
  await print(json === true ? jsonPieces(found) : lines(found));
  return exitCode.done;
}

function* lines({ method, n, units, why, found }: StructureFound): Generator<string, void, undefined> {
  yield `${method}, ${n} rows, ${units} units, Euclidean distances\n`;
  if (!found) {
    yield `${why}\n`;
    return;
  }
  const { maps, components, judged, shared } = found;
  const number = (value: number | null): string => (value === null ? '–' : fixed(value, 3));
  if (method === 'tsne' || method === 'umap') yield 'Distances in these maps are not evidence.\n';
  if (shared !== null) yield `two maps share ${percent(shared, 1)} of a row's ${judged} nearest\n`;
  yield '\n';
  const rows = maps.map((map) => [
    map.start,
    ...[map.trustworthiness, map.continuity, map.stress, map.divergence].map(number),
  ]);
  const first = [
    '(two components)',
    number(components.trustworthiness),
    number(components.continuity),
    '–',
    '–',
  ];
  for (const line of aligned([
    ['start', 'trustworthiness', 'continuity', 'stress 1', 'divergence'],
    first,
    ...rows,
  ]))
    yield `${line}\n`;
}
