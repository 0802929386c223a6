import type { Parts } from '../formats/parts';
import {
  bytesOf,
  safetensorsToCome,
  type NewTensor,
  type TensorToCome,
  tensorsMetadata,
} from '../formats/safetensors';
import { joined } from '../protocol/bytes';
import type { Recording } from '../sources/source';
import type { StimulusSet } from '../stimuli/stimulus-set';
import type { DrawnExperiment } from './drawn-experiment';
import { version } from './version';

/** A part of a file ends where this many bytes are past: large recordings are never there whole. */
const PART = 64_000_000;

/** A part of a file of activations, and what the next begins with; null where it is the last. */
export interface ActivationsPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly next: number | null;
}

/**
 * The activations of one replicate at its end as a safetensors file, a part at a time: `fit/LAYER` and `test/LAYER` (stimuli × units; of RDMs that are brought along
 * `SET/LAYER/rdm`, upper triangles), and of both sets `SET/inputs` and `SET/labels/NAME` (stimuli × width), so that every number can be recomputed from it.
 *
 * @param key of all that determines it (`activationsKey`), which the file says
 * @param from which of its tensors the part begins with: 0 of the first part, else `next` of the part before
 * @param most bytes past which the part ends
 */
export async function activationsPart(
  drawn: DrawnExperiment,
  recording: Recording,
  key: string,
  from: number,
  most = PART,
): Promise<ActivationsPart> {
  const { replicate, sites, checkpoints, rdm } = recording;
  const sets = ['fit', 'test'] as const;
  const there = new Map<string, NewTensor>();
  const toCome = new Map<string, { shape: readonly number[]; make: () => Promise<Float32Array> }>();
  for (const set of sets) {
    addStimuli(there, drawn.sets[set]);
    for (const { name, units } of sites) {
      const distances = rdm?.(name, set);
      if (distances === undefined)
        toCome.set(`${set}/${name}`, {
          shape: [drawn.sets[set].inputs.rows, units],
          make: async () => (await recording.activations(name, set, checkpoints.length - 1)).data,
        });
      else if (distances.length > 0)
        there.set(`${set}/${name}/rdm`, { shape: [distances.length], data: distances });
    }
  }
  const planned = new Map<string, TensorToCome>();
  for (const [name, { shape, data }] of there) planned.set(name, { shape, data, length: data.length });
  for (const [name, { shape }] of toCome)
    planned.set(name, { shape, data: new Float32Array(), length: shape[0] * shape[1] });
  const { header, order } = safetensorsToCome(planned, {
    experiment: drawn.experiment.title,
    network: replicate.source,
    ...(replicate.point === 0 ? {} : { point: String(replicate.point) }),
    seed: String(replicate.seed),
    version,
    key,
  });
  const pieces = from === 0 ? [header] : [];
  let next = from;
  for (let size = 0; next < order.length && size < most; next++) {
    const name = order[next];
    const data = there.get(name)?.data ?? (await toCome.get(name)?.make());
    if (!data) throw new Error(`There are no data of ${name}.`);
    if (data.length !== planned.get(name)?.length)
      throw new Error(`${name} has ${data.length} values, and not as many as its shape.`);
    pieces.push(bytesOf(data));
    size += data.byteLength;
  }
  return { bytes: joined(pieces), next: next < order.length ? next : null };
}

/** The key that a whole file of activations says, if it does. @throws FormatError for one that is cut off, or none of that format */
export function keyOfActivations(file: Parts): string | undefined {
  return tensorsMetadata(file).get('key');
}

function addStimuli(tensors: Map<string, NewTensor>, { name, inputs, features, tasks }: StimulusSet): void {
  tensors.set(`${name}/inputs`, { shape: [inputs.rows, inputs.cols], data: inputs.data });
  for (const label of [...features, ...tasks])
    tensors.set(`${name}/labels/${label.name}`, { shape: [inputs.rows, label.width], data: label.values });
}
