import type { Network } from '../experiment/experiment';
import { type NewTensor, writeSafetensors } from '../formats/safetensors';
import { joined } from '../protocol/bytes';
import type { StimulusSet } from '../stimuli/stimulus-set';
import type { Laboratory } from './laboratory';
import { type Recording, layerNames } from './replicate';
import { version } from './version';

/**
 * The activations of one replicate as a safetensors file: `fit/LAYER` and `test/LAYER` (stimuli × units), and of both sets
 * `SET/inputs` and `SET/labels/NAME` (stimuli × width), so that every number can be recomputed from it.
 */
export function activationsFile(
  laboratory: Laboratory,
  network: Network,
  seed: number,
  recording: Recording,
): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, NewTensor>();
  for (const set of ['fit', 'test'] as const) {
    layerNames(network).forEach((name, at) => {
      const { rows, cols, data } = recording[set][at];
      tensors.set(`${set}/${name}`, { shape: [rows, cols], data });
    });
    addStimuli(tensors, laboratory.sets[set]);
  }
  const pieces = writeSafetensors(tensors, {
    experiment: laboratory.experiment.title,
    network: network.name,
    seed: String(seed),
    version,
  });
  return joined(pieces);
}

function addStimuli(tensors: Map<string, NewTensor>, { name, inputs, features, tasks }: StimulusSet): void {
  tensors.set(`${name}/inputs`, { shape: [inputs.rows, inputs.cols], data: inputs.data });
  for (const label of [...features, ...tasks])
    tensors.set(`${name}/labels/${label.name}`, { shape: [inputs.rows, label.width], data: label.values });
}
