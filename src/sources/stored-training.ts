import { readSafetensors, writeSafetensors } from '../formats/safetensors';
import type { Criterion, Progress, Trained } from '../training/engine';
import type { Files } from './source';

const trainingFile = 'training.json';
const weightsFile = 'weights.safetensors';

/** What is kept of a training beside its weights. */
interface StoredTraining {
  steps: number;
  phaseEnds: readonly number[];
  criteria?: readonly Criterion[];
  curve: readonly Progress[];
  checkpoints: { step: number; epoch: number }[];
}

/** @returns the training that these files hold, or null */
export function trainingOf(files: ReadonlyMap<string, Uint8Array>): Trained | null {
  const json = files.get(trainingFile);
  const weights = files.get(weightsFile);
  if (!json || !weights) return null;
  const { checkpoints, ...training } = JSON.parse(new TextDecoder().decode(json)) as StoredTraining;
  const { tensors } = readSafetensors(weights);
  return {
    ...training,
    checkpoints: checkpoints.map(({ step, epoch }) => {
      const data = tensors.get(tensorName(step))?.data;
      if (!(data instanceof Float32Array)) throw new Error(`A stored training lacks step ${step}.`);
      return { step, epoch, parameters: new Float32Array(data) };
    }),
  };
}

export function filesOfTraining(trained: Trained): Files {
  const checkpoints = trained.checkpoints.map(({ step, epoch }) => ({ step, epoch }));
  const stored: StoredTraining = { ...trained, checkpoints };
  const tensors = new Map(
    trained.checkpoints.map(({ step, parameters }) => [
      tensorName(step),
      { shape: [parameters.length], data: parameters },
    ]),
  );
  return new Map([
    [trainingFile, [new TextEncoder().encode(JSON.stringify(stored))]],
    [weightsFile, writeSafetensors(tensors)],
  ]);
}

const tensorName = (step: number): string => `checkpoint/${step}`;
