import { readSafetensors, writeSafetensors } from '../formats/safetensors';
import type { ReplicateResults, PairResults } from '../protocol/results';
import type { Progress, Trained } from '../training/engine';
import type { Store } from './store/store';

const trainingFile = 'training.json';
const weightsFile = 'weights.safetensors';
const resultsFile = 'results.json';

/** What is kept of a training beside its weights. */
interface StoredTraining {
  steps: number;
  phaseEnds: readonly number[];
  curve: readonly Progress[];
  checkpoints: { step: number; epoch: number }[];
}

/** @returns the training that is stored under the key, or null */
export async function readTraining(store: Store, key: string): Promise<Trained | null> {
  const files = await store.read(key);
  const json = files?.get(trainingFile);
  const weights = files?.get(weightsFile);
  if (!json || !weights) return null;
  const { steps, phaseEnds, curve, checkpoints } = JSON.parse(decode(json)) as StoredTraining;
  const { tensors } = readSafetensors(weights);
  return {
    steps,
    phaseEnds,
    curve,
    checkpoints: checkpoints.map(({ step, epoch }) => {
      const data = tensors.get(tensorName(step))?.data;
      if (!(data instanceof Float32Array)) throw new Error(`The stored training ${key} lacks step ${step}.`);
      return { step, epoch, parameters: new Float32Array(data) };
    }),
  };
}

export async function writeTraining(store: Store, key: string, trained: Trained): Promise<void> {
  const { steps, phaseEnds, curve } = trained;
  const checkpoints = trained.checkpoints.map(({ step, epoch }) => ({ step, epoch }));
  const stored: StoredTraining = { steps, phaseEnds, curve, checkpoints };
  const tensors = new Map(
    trained.checkpoints.map(({ step, parameters }) => [
      tensorName(step),
      { shape: [parameters.length], data: parameters },
    ]),
  );
  await store.write(
    key,
    new Map([
      [trainingFile, [encode(JSON.stringify(stored))]],
      [weightsFile, writeSafetensors(tensors)],
    ]),
  );
}

/** @returns the analyses of a replicate that are stored under the key, or null */
export async function readAnalysis(store: Store, key: string): Promise<ReplicateResults | null> {
  const json = (await store.read(key))?.get(resultsFile);
  return json ? (JSON.parse(decode(json)) as ReplicateResults) : null;
}

export async function writeAnalysis(store: Store, key: string, results: ReplicateResults): Promise<void> {
  await store.write(key, new Map([[resultsFile, encode(JSON.stringify(results))]]));
}

const tensorName = (step: number): string => `checkpoint/${step}`;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** @returns the comparison that is stored under the key, or null */
export async function readComparison(store: Store, key: string): Promise<PairResults | null> {
  const json = (await store.read(key))?.get(resultsFile);
  return json ? (JSON.parse(decode(json)) as PairResults) : null;
}

export async function writeComparison(store: Store, key: string, results: PairResults): Promise<void> {
  await store.write(key, new Map([[resultsFile, [encode(JSON.stringify(results))]]]));
}
