/** What the bench measures of RepScope and of stock TensorFlow.js, in one process: see serve.ts and scripts/bench.mjs. */
import { pca } from '../src/analysis/pca';
import { rdm } from '../src/analysis/rdm/rdm';
import { pairMatrix } from '../src/analysis/pairs/pair-matrix';
import { compareRdms, prepareRdm, rdmComparer } from '../src/analysis/rsa/compare';
import { readExperiment } from '../src/sources/read-experiment';
import type { Matrix } from '../src/core/matrix';
import { stream } from '../src/core/stream';
import { replicateDetail } from '../src/run/detail';
import { analyseReplicate } from '../src/run/analyse-replicate';
import { madeAnew } from '../test/support/made-anew';
import { batches } from '../src/training/batches';
import { FusedStepper } from '../src/training/fused/stepper';
import { initialize } from '../src/training/initialize';
import { startLanes } from '../src/numerics/kernels/lanes';
import { gemm64 } from '../src/numerics/kernels/linear-algebra';
import { multiplyMatrices } from './registered/matrix-product';
import { startBackend } from '../src/training/tfjs-backend';
import { TfjsStepper } from '../src/training/tfjs-stepper';
import { sharesOfAnswers, transformerStep } from './sequences';
import { type Action, keeper, type Request, serve } from './serve';
import { stackJob } from './stack';
import { generalStep, stockStack } from './stock-tfjs';

const random = stream('ours');
const kept = keeper(async (action: Action) => {
  // The first calls compile.
  const end = performance.now() + 300;
  for (let i = 0; i < 2 || (i < 5 && performance.now() < end); i++) await action();
});

/** One training step of the plain stack: `fused`, `tfjs` (our engine on TensorFlow.js) or `stock`. */
function steps({ way = '', batch = 0 }: Request): Promise<Action> {
  return kept(`${way} ${batch}`, () => {
    return way === 'stock' ? stockStack(batch) : ourStep(way, batch);
  });
}

async function ourStep(way: string, batch: number): Promise<() => void> {
  const job = stackJob(batch);
  const initial = initialize(job.network, 0, job.inputs.cols, 2);
  if (way === 'tfjs') await startBackend();
  const stepper = way === 'fused' ? new FusedStepper(job, initial) : new TfjsStepper(job, initial);
  const order = batches('bench', 0, job.inputs.rows, batch);
  let step = 0;
  return () => {
    const rows = order.next().value;
    stepper.step({ step: step++, rows, learningRate: 1e-3, weights: [1, 1] });
  };
}

/** A step of a network that is no plain stack; `way` is its name and `kernels` or `stock`. */
function general({ way = '', batch = 0 }: Request): Promise<Action> {
  return kept(`${way} ${batch}`, () => {
    const [name, how] = way.split(' ');
    if (name !== 'residual' && name !== 'transformer') throw new RangeError(`No network ${name}.`);
    return generalStep(name, batch, how === 'kernels');
  });
}

function missing(name: string): never {
  throw new RangeError(`The request has no ${name}.`);
}

/** Rectified, correlated units, as layers have them. */
function activations(stimuli: number, units: number): Matrix<Float32Array> {
  const normal = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal());
  const mixed = gemm64(
    { rows: stimuli, cols: units, data: normal(stimuli * units) },
    { rows: units, cols: units, data: normal(units * units) },
  );
  const data = Float32Array.from(mixed, (value) =>
    Math.max(0, value / Math.sqrt(units) + 0.3 * random.normal()),
  );
  return { rows: stimuli, cols: units, data };
}

const large = (): Matrix<Float32Array> => activations(1024, 256);

/** Every number of one replicate's dashboard, 256 stimuli × 128 units; `way`: with selectivity from the store, or computed. */
async function dashboard({ way }: Request): Promise<Action> {
  const { experiment, problems } = readExperiment(
    JSON.stringify({
      stimuli: {
        features: { e: { values: ['no', 'yes'], units: 4 }, h: { bits: 4 }, noise: { bits: 24 } },
        train: 1024,
        fit: 256,
        test: 256,
      },
      tasks: { easy: 'e == yes', hard: 'parity(h)' },
      network: { hidden: [128] },
      training: { steps: 50, checkpoints: 2 },
      networks: { both: {} },
      seeds: 1,
    }),
  );
  if (!experiment) throw new Error(problems.map(({ message }) => message).join(' '));
  const { drawn, recording } = await madeAnew(experiment, 'both');
  const { units } = await analyseReplicate(drawn, recording);
  return () => replicateDetail(drawn, recording, { step: null, known: way === 'stored' ? units : undefined });
}

const lanes = startLanes();
void serve(
  {
    steps,
    general,
    transformer: ({ size, way = '' }) => transformerStep(size ?? missing('size'), way),
    answers: async ({ file, seconds, processor = false }) => ({
      shares: await sharesOfAnswers(file ?? missing('file'), seconds, processor),
    }),
    dashboard: (request) => kept(`dashboard ${request.way}`, () => dashboard(request)),
    product: () =>
      kept('product', () => {
        const [a, b] = [0, 1].map(() => Float32Array.from({ length: 1024 * 1024 }, () => random.normal()));
        const c = new Float32Array(1024 * 1024);
        return () => multiplyMatrices(false, false, 1024, 1024, 1024, a, b, c);
      }),
    pca: ({ components = 10 }) =>
      kept(`pca ${components}`, () => {
        const data = large();
        return () => pca(data, components);
      }),
    correlationRdm: () =>
      kept('rdm', () => {
        const data = large();
        return () => rdm(data, 'correlation');
      }),
    spearman: () =>
      kept('spearman', () => {
        const [a, b] = [large(), large()].map((data) => rdm(data, 'correlation').distances);
        return () => compareRdms(prepareRdm(a, 'spearman'), prepareRdm(b, 'spearman'));
      }),
    rsa: () =>
      kept('rsa', () => {
        const replicates = Array.from({ length: 20 }, large);
        return () =>
          pairMatrix(
            rdmComparer,
            20,
            // As sites are compared: what is made of the distances takes their place.
            (i) => prepareRdm(rdm(replicates[i], 'correlation').distances, 'pearson', true),
            Infinity,
          );
      }),
  },
  { lanes: lanes.name },
);
