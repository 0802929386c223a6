import { squareOf } from '../analysis/rdm/triangle';
import { jsonPieces } from '../formats/json';
import { writeNpy } from '../formats/npy';
import { visible } from '../formats/visible';
import { rdm, type RdmAsked, type RdmFound } from '../verbs/rdm';
import { exitCode } from './exit-code';
import { arrayRoom } from './array-room';
import { givenPath, writeWhole } from './files';
import { print } from './print';

export interface RdmOptions extends Omit<RdmAsked, 'activations'> {
  readonly out?: string;
  readonly json?: boolean;
}

/** `repscope rdm FILE`: the dissimilarities of all pairs of its rows, or of conditions; the square goes into a file. */
export async function rdmCommand(activations: string, { out, json, ...how }: RdmOptions): Promise<number> {
  const to = out === undefined ? undefined : givenPath('--out', out);
  const found = await rdm.run({ activations, ...how }, arrayRoom);
  if (to !== undefined) {
    const square = squareOf(found.values, found.n);
    await writeWhole(to, writeNpy({ shape: [found.n, found.n], data: square }));
  }
  await print(json === true ? jsonPieces(found) : lines(found, to));
  return exitCode.done;
}

function* lines(found: RdmFound, to: string | undefined): Generator<string, void, undefined> {
  const { definition, transform, n, units, conditions, folds, noise, values } = found;
  const defined = values.filter((value) => value !== null).sort((a, b) => a - b);
  yield `${definition}${transform === undefined ? '' : `, ${transform}`}: RDM of ${n} ${conditions ? 'conditions' : 'rows'}, ${units} units${folds === undefined ? '' : `, ${folds} folds`}${noise === undefined ? '' : `; noise: ${noise}`}\n`;
  if (conditions) yield `conditions, in the order of its rows: ${visible(conditions.join(', '))}\n`;
  yield defined.length === 0
    ? 'no distance is defined\n'
    : `${defined.length} of ${values.length} distances defined: least ${defined[0]}, median ${defined[Math.floor(defined.length / 2)]}, greatest ${defined[defined.length - 1]}\n`;
  yield to === undefined
    ? 'Give --out FILE.npy for the matrix, or --json for its upper triangle.\n'
    : `The matrix is in ${visible(to)}.\n`;
}
