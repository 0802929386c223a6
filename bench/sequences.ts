/** What the bench measures of networks of documents: a training step, and what evaluation takes beside training. */
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { replicateNamed } from '../src/core/replicate';
import { stream } from '../src/core/stream';
import { isTrained } from '../src/experiment/training';
import { DrawnExperiment } from '../src/run/drawn-experiment';
import { readExperiment } from '../src/sources/read-experiment';
import { sourceOf } from '../src/sources/sources';
import { batches } from '../src/training/batches';
import { checkpointSteps } from '../src/training/checkpoint-steps';
import type { Trained } from '../src/training/engine';
import { FusedEngine } from '../src/training/fused/engine';
import { initializeProgram } from '../src/training/graph/initialize';
import { withSequences, type FullEngine } from '../src/training/graph/sequences';
import { GraphStepper } from '../src/training/graph/stepper';
import { transformer } from '../src/training/graph/transformer';
import { startBackend } from '../src/training/tfjs-backend';
import { TfjsProgram } from '../test/support/tfjs-program';
import { clock, timed, type Action } from './serve';

/** Sizes of a causal transformer and of its batch; every position counts. */
export interface TransformerSize {
  readonly documents: number;
  readonly positions: number;
  readonly vocabulary: number;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  /** Units of its MLP. */
  readonly hidden: number;
}

const adam = { momentum: 0.9, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** A document has a token more than there are positions: the last is only predicted. */
function problem({ documents, positions, ...spec }: TransformerSize) {
  const length = positions + 1;
  const random = stream('bench');
  const program = transformer({ ...spec, length, activation: 'gelu', tied: false });
  return {
    program,
    initial: initializeProgram(program, 'bench', 0),
    length,
    tokens: Uint16Array.from({ length: documents * length }, () => random.below(spec.vocabulary)),
  };
}

/** Only the last that was asked for is held: a few have hundreds of megabytes. */
let held = { name: '', step: (): unknown => undefined, release: (): void => undefined };

/** A training step by Adam, of ours or of TensorFlow.js as it comes. */
export async function transformerStep(size: TransformerSize, way: string): Promise<Action> {
  const name = `${way} ${JSON.stringify(size)}`;
  if (held.name === name) return held.step;
  held.release();
  held = { name, ...(way === 'stock' ? await stockStep(size) : ownStep(size)) };
  // The first calls compile.
  for (let i = 0; i < 2; i++) held.step();
  return held.step;
}

function ownStep(size: TransformerSize) {
  const { program, initial, tokens, length } = problem(size);
  const stepper = new GraphStepper(program, { optimizer: 'adam', ...adam }, initial);
  const documents = Uint32Array.from({ length: size.documents }, (_, i) => i);
  const sequences = {
    tokens,
    starts: Uint32Array.from({ length: size.documents + 1 }, (_, i) => i * length),
    counts: Uint8Array.from(tokens, (_, i) => (i % length === 0 ? 0 : 1)),
  };
  return {
    step: () => stepper.step({ sequences, documents, learningRate: 1e-3 }),
    release: () => stepper.release(),
  };
}

async function stockStep(size: TransformerSize) {
  await startBackend();
  const { program, initial, tokens, length } = problem(size);
  const network = new TfjsProgram(program, initial);
  const batch = tf.tensor2d(Array.from(tokens), [size.documents, length]);
  const optimizer = tf.train.adam(1e-3);
  return {
    step: () => optimizer.minimize(() => network.loss(batch), false, [...network.variables]),
    release: () => {
      tf.disposeVariables();
      batch.dispose();
    },
  };
}

/** What training and answering take of each network of an example that is trained on documents, in seconds. */
interface Share {
  readonly network: string;
  readonly steps: number;
  readonly training: number;
  /** Of all checkpoints, and of answers of its own that phases train on. */
  readonly answering: number;
}

/** @param seconds that steps of a phase, and answers, are repeated for, each at least twice */
export async function sharesOfAnswers(file: string, seconds: number, processor: boolean): Promise<Share[]> {
  const { experiment } = readExperiment(readFileSync(file, 'utf8'));
  if (!experiment) throw new Error(`${file} has problems.`);
  const { sets } = new DrawnExperiment(experiment);
  const engine = withSequences(FusedEngine.create());
  const now = clock(processor);
  const shares: Share[] = [];
  for (const network of experiment.networks) {
    if (!network.ofDocuments || network.of !== undefined || !isTrained(network)) continue;
    let training = 0;
    let answering = 0;
    const sampled: FullEngine['sequences']['train'] = async (stepper, job) => {
      const { name, training: of } = job.network;
      let step = 0;
      for (const [place, phase] of of.phases.entries()) {
        const begun = now();
        const own = stepper.begin?.(place) ?? null;
        answering += now() - begun;
        const order = batches(name, job.seed, own ?? job.inputs.rows, of.batchSize, place);
        const next = (): unknown =>
          stepper.step({
            ...{ step: step++, rows: order.next().value },
            ...{ learningRate: phase.learningRate, weights: phase.weights },
          });
        next();
        training += phase.steps * (await timed(next, seconds, now));
      }
      const checkpoint = { step, epoch: 0, parameters: stepper.parameters() };
      return { steps: step, phaseEnds: [], checkpoints: [checkpoint], curve: [] } satisfies Trained;
    };
    const made = await sourceOf(experiment, { source: network.name }).make(
      replicateNamed(network.name, 0),
      { sets, engine: { ...engine, sequences: { ...engine.sequences, train: sampled } } },
      { read: () => Promise.resolve(null), write: () => Promise.resolve() },
      {},
    );
    const answer = (): Promise<unknown> => made.recording.behaviour('test', 0);
    answering += checkpointSteps(network.training).length * (await timed(answer, seconds, now));
    const { totalSteps: steps } = network.training;
    shares.push({ network: network.name, steps, training: training / 1000, answering: answering / 1000 });
  }
  return shares;
}
