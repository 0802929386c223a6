import { type FoundFunctions, FunctionCounts } from '../analysis/functions/function-counts';
import { lempelZivComplexity } from '../analysis/functions/lempel-ziv';
import type { Matrix } from '../core/matrix';
import { keptPoint, type Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import { type Stream, stream } from '../core/stream';
import type { Experiment, Layers, Network, SetName } from '../experiment/experiment';
import type { RandomSpec } from '../experiment/file';
import { quote } from '../experiment/names';
import { MAX_WIDTH } from '../experiment/networks';
import type { Draft } from '../experiment/structure';
import type { EngineInfo } from '../protocol/results';
import { OverflowError, type Parameters } from '../training/engine';
import { layout, parameterCount } from '../training/layout';
import type { KeptFiles, MakeContext, NetworkKind, Recording, Source } from './source';
import { shapeOf } from './trained';

type RandomNetworks = Network &
  Layers & {
    readonly count: number;
    /** Standard deviations, before they are divided by the square root of the units below. */
    readonly weights: number;
    readonly biases: number;
  };

/** Ensembles of networks with random weights: what functions they compute is counted, and nothing kept of each. The layers of the first stand for all. */
export const random: NetworkKind<RandomNetworks> = {
  key: 'random',
  check: (spec, { path, problems }) => {
    const { hidden = [] } = draftOf(spec);
    hidden.forEach((width, index) => {
      if (Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH) return;
      const message = `The width of a hidden layer must be a whole number from 1 to ${MAX_WIDTH}; it is ${width}.`;
      problems.at([...path, 'random', 'hidden', index], 'out-of-range', message);
    });
  },
  read: (spec, { inputUnits, tasks, name, path, problems }) => {
    const { hidden = [], count = 10_000, activation = 'relu', weights = 1, biases = 1 } = draftOf(spec);
    const outputs = tasks.reduce((sum, task) => sum + task.outputs, 0);
    if (outputs !== 1)
      problems.at(
        [...path, 'random'],
        'one-output',
        `Random networks answer yes or no: give ${quote(name)} one task of two values in 'tasks'.`,
      );
    return {
      ...{ hidden, count, activation, weights, biases, leakySlope: 0.01 },
      ...shapeOf(hidden, inputUnits, outputs),
      isFixed: false,
      isRandom: true,
    };
  },
  source: (experiment, network) => new RandomSource(experiment, network),
};

function draftOf(spec: object): Draft<RandomSpec['random']> {
  return (spec as Draft<RandomSpec>).random ?? {};
}

/** Networks that a worker draws and asks in a second, with a thousand weights each: an order of magnitude. */
const perSecond = 12_000;

class RandomSource implements Source {
  constructor(
    private readonly experiment: Experiment,
    readonly network: RandomNetworks,
  ) {}

  get name(): string {
    return this.network.name;
  }

  get sites(): readonly Site[] {
    return this.network.sites;
  }

  get effective(): object {
    const { name, hidden, count, activation, weights, biases } = this.network;
    return { name, hidden, count, activation, weights, biases };
  }

  get cost(): Source['cost'] {
    const { count, parameters } = this.network;
    return { steps: 0, seconds: (count * Math.max(1, parameters / 1000)) / perSecond };
  }

  /** Tasks say how many outputs there are, and balance the stimuli. */
  key(replicate: Replicate, engine: EngineInfo): object {
    const { stimuli, tasks } = this.experiment;
    const balancing = stimuli.sets.test.balance.map(
      (name) => tasks.find((task) => task.name === name)?.formula,
    );
    const { seed } = replicate;
    return {
      kind: 'random',
      engine,
      stimuli,
      balancing,
      network: this.effective,
      ...keptPoint(replicate),
      seed,
    };
  }

  async make(
    replicate: Replicate,
    context: MakeContext,
    kept: KeptFiles,
  ): Promise<{ recording: Recording; reused: boolean }> {
    const known = (await kept.read())?.get(functionsFile);
    const found = known
      ? (JSON.parse(new TextDecoder().decode(known)) as FoundFunctions)
      : await functionsOf(this.network, replicate, context);
    if (!known) await kept.write(new Map([[functionsFile, new TextEncoder().encode(JSON.stringify(found))]]));
    return {
      recording: new RandomRecording(this.network, replicate, context, found),
      reused: known !== undefined,
    };
  }

  soFar(replicate: Replicate, context: MakeContext): Recording {
    return new RandomRecording(this.network, replicate, context, null);
  }
}

const functionsFile = 'functions.json';

/** Draws all networks of a replicate, one after the other, and counts what they answer to the test stimuli, in the order of their inputs. */
async function functionsOf(
  network: RandomNetworks,
  replicate: Replicate,
  { engine, sets }: MakeContext,
): Promise<FoundFunctions> {
  const inputs = inOrder(sets.test.inputs);
  const draws = streamOf(network, replicate);
  const counts = new FunctionCounts();
  const bits = new Uint8Array(inputs.rows);
  for (let number = 0; number < network.count; number++) {
    const layers = await engine.activations(network, 1, drawn(network, inputs.cols, draws), inputs);
    const { data } = layers[layers.length - 1];
    for (let row = 0; row < bits.length; row++) bits[row] = data[row] > 0 ? 1 : 0;
    counts.add(bits);
  }
  return { classes: counts.classes(), coins: coinComplexity(bits.length) };
}

/** Rows of random answers that the functions are held against. */
const coinRows = 1000;

/** Mean complexity of rows of answers by fair coins, in bits: the same for all ensembles. */
function coinComplexity(stimuli: number): number {
  const coins = stream('coins', stimuli);
  let sum = 0;
  for (let row = 0; row < coinRows; row++)
    sum += lempelZivComplexity(Uint8Array.from({ length: stimuli }, () => coins.below(2)));
  return sum / coinRows;
}

/** All networks of a replicate come from one stream, the first first. */
function streamOf({ name }: RandomNetworks, { seed }: Replicate): Stream {
  return stream('random networks', name, seed);
}

/** The next network: layer by layer weights, then biases, normal, with standard deviations that the square root of the units below divides. */
function drawn(network: RandomNetworks, inputs: number, draws: Stream): Parameters {
  const layers = layout(network, inputs, 1);
  const parameters = new Float32Array(parameterCount(layers));
  for (const { inputs: below, outputs, weights, biases } of layers) {
    const scale = 1 / Math.sqrt(below);
    for (let at = weights; at < biases; at++) parameters[at] = draws.normal() * network.weights * scale;
    for (let at = biases; at < biases + outputs; at++)
      parameters[at] = draws.normal() * network.biases * scale;
  }
  return parameters;
}

/** Stimuli in the lexicographic order of their inputs. */
function inOrder({ rows, cols, data }: Matrix<Float32Array>): Matrix<Float32Array> {
  const order = Array.from({ length: rows }, (_, row) => row).sort((a, b) => {
    for (let unit = 0; unit < cols; unit++) {
      const difference = data[a * cols + unit] - data[b * cols + unit];
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  const sorted = new Float32Array(rows * cols);
  order.forEach((row, to) => sorted.set(data.subarray(row * cols, (row + 1) * cols), to * cols));
  return { rows, cols, data: sorted };
}

/** The activations of the first network of an ensemble, and the functions of all. */
class RandomRecording implements Recording {
  readonly checkpoints = [{ step: 0, epoch: 0 }];
  private first: Parameters | undefined;

  /** @param functions null where they are not counted yet */
  constructor(
    private readonly network: RandomNetworks,
    readonly replicate: Replicate,
    private readonly context: MakeContext,
    readonly functions: FoundFunctions | null,
  ) {}

  get sites(): readonly Site[] {
    return this.network.sites;
  }

  get bytes(): number {
    return this.network.parameters * 4;
  }

  async activations(site: string, set: SetName): Promise<Matrix<Float32Array>> {
    const at = this.sites.findIndex(({ name }) => name === site);
    if (at < 0) throw new RangeError(`There is no layer ${site}.`);
    const { inputs } = this.context.sets[set];
    this.first ??= drawn(this.network, inputs.cols, streamOf(this.network, this.replicate));
    const layers = await this.context.engine.activations(this.network, 1, this.first, inputs);
    if (!layers[at].data.every(Number.isFinite)) throw new OverflowError(site, 0, 0);
    return layers[at];
  }

  behaviour(): Promise<null> {
    return Promise.resolve(null);
  }

  end(): Recording {
    return this;
  }
}
