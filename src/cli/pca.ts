import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import { percent } from '../formats/percent';
import { pca, type PcaAsked, type PcaFound } from '../verbs/pca';
import { exitCode } from './exit-code';
import { arrayRoom } from './array-room';
import { print } from './print';
import { aligned } from './text';

/** `repscope pca FILE`: how its variance is shared among principal components. */
export async function pcaCommand(
  activations: string,
  { json, ...how }: Omit<PcaAsked, 'activations'> & { readonly json?: boolean },
): Promise<number> {
  const found = await pca.run({ activations, ...how }, arrayRoom);
  await print(json === true ? jsonPieces(found) : lines(found));
  return exitCode.done;
}

function* lines({
  n,
  units,
  values,
  why,
  variances,
  participationRatio,
}: PcaFound): Generator<string, void, undefined> {
  yield `principal components of ${n} rows, ${units} units, centred\n`;
  if (why !== undefined) yield `${why}\n`;
  if (participationRatio === null) return;
  yield `participation ratio, of all components: ${fixed(participationRatio, 3)}\n\n`;
  let sum = 0;
  const rows = values.map((share, at) => {
    sum += share ?? 0;
    return [`PC${at + 1}`, percent(share ?? 0, 2), percent(sum, 2), variances[at].toPrecision(6)];
  });
  for (const line of aligned([['component', 'share', 'up to here', 'variance'], ...rows])) yield `${line}\n`;
}
