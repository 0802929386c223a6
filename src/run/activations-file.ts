import type { Parts } from '../formats/parts';
import { type NewTensor, safetensorsToFill, tensorsMetadata } from '../formats/safetensors';
import type { Recording } from '../sources/source';
import type { StimulusSet } from '../stimuli/stimulus-set';
import type { DrawnExperiment } from './drawn-experiment';
import { version } from './version';

/**
 * The activations of one replicate at its end as a safetensors file: `fit/LAYER` and `test/LAYER` (stimuli × units; of RDMs that are brought along `SET/LAYER/rdm`, upper
 * triangles), and of both sets
 * `SET/inputs` and `SET/labels/NAME` (stimuli × width), so that every number can be recomputed from it.
 *
 * @param key of all that determines it (`activationsKey`), which the file says
 */
export async function activationsFile(
  drawn: DrawnExperiment,
  recording: Recording,
  key: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { replicate, sites, checkpoints, rdm } = recording;
  const sets = ['fit', 'test'] as const;
  const tensors = new Map<string, NewTensor>();
  const shapes = new Map<string, readonly number[]>();
  for (const set of sets) addStimuli(tensors, drawn.sets[set]);
  for (const set of sets)
    for (const { name, units } of sites) {
      const distances = rdm?.(name, set);
      if (distances === undefined) shapes.set(`${set}/${name}`, [drawn.sets[set].inputs.rows, units]);
      else if (distances.length > 0)
        tensors.set(`${set}/${name}/rdm`, { shape: [distances.length], data: distances });
    }
  const { file, fill } = safetensorsToFill(tensors, shapes, {
    experiment: drawn.experiment.title,
    network: replicate.source,
    ...(replicate.point === 0 ? {} : { point: String(replicate.point) }),
    seed: String(replicate.seed),
    version,
    key,
  });
  // Both sets of a site one after the other: large ones are read but once for that, and let go of.
  for (const { name } of rdm ? [] : sites)
    for (const set of sets)
      fill(`${set}/${name}`, (await recording.activations(name, set, checkpoints.length - 1)).data);
  return file;
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
