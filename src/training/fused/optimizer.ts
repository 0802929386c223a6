import type { Training } from '../../experiment/experiment';
import type { Workspace } from '../../numerics/kernels/workspace';
import type { TrainedLayerMemory } from './layer-memory';

/** What an optimiser needs to know. */
export type OptimizerSettings = Pick<
  Training,
  'optimizer' | 'momentum' | 'beta1' | 'beta2' | 'epsilon' | 'weightDecay'
>;

/** Weights of a layer, their gradient and moments. */
export type TrainedWeights = Pick<
  TrainedLayerMemory,
  | 'weights'
  | 'turnedWeights'
  | 'gradient'
  | 'firstMoment'
  | 'secondMoment'
  | 'inputUnits'
  | 'outputUnits'
  | 'inputQuads'
  | 'outputOctets'
>;

/** Updates parameters by their gradients. Of each step first `begin`, then every parameter once. */
export class Optimizer {
  readonly #workspace: Workspace;
  readonly #settings: OptimizerSettings;
  /** β₁ᵗ and β₂ᵗ after t steps, by multiplication: powers may differ between versions of V8. */
  #beta1Power = 1;
  #beta2Power = 1;
  #learningRate = 0;

  constructor(workspace: Workspace, settings: OptimizerSettings) {
    this.#workspace = workspace;
    this.#settings = settings;
  }

  /** There were no steps so far; the moments are the caller's to clear. */
  reset(): void {
    this.#beta1Power = 1;
    this.#beta2Power = 1;
  }

  begin(learningRate: number): void {
    this.#beta1Power *= this.#settings.beta1;
    this.#beta2Power *= this.#settings.beta2;
    this.#learningRate = learningRate;
  }

  /** Weight decay and update of weights. */
  updateWeights(layer: TrainedWeights): void {
    const { kernels } = this.#workspace;
    const { optimizer, momentum } = this.#settings;
    const {
      weights,
      turnedWeights,
      gradient,
      firstMoment,
      inputUnits,
      outputUnits,
      inputQuads,
      outputOctets,
    } = layer;
    const rate = this.#learningRate;
    this.#decay(layer);
    // To spread a list into the arguments of a kernel takes half a microsecond.
    switch (optimizer) {
      case 'sgd':
        kernels.sgd(
          weights,
          turnedWeights,
          gradient,
          inputUnits,
          outputUnits,
          inputQuads,
          outputOctets,
          rate,
        );
        break;
      case 'momentum':
        kernels.momentum(
          weights,
          turnedWeights,
          gradient,
          firstMoment,
          inputUnits,
          outputUnits,
          inputQuads,
          outputOctets,
          rate,
          momentum,
        );
        break;
      case 'adam':
      case 'adamW':
        this.#adamWeights(layer);
        break;
    }
  }

  #adamWeights(layer: TrainedWeights): void {
    const { step, share, squareShare, epsilon } = this.#adam();
    this.#workspace.kernels.adam(
      layer.weights,
      layer.turnedWeights,
      layer.gradient,
      layer.firstMoment,
      layer.secondMoment,
      layer.inputUnits,
      layer.outputUnits,
      layer.inputQuads,
      layer.outputOctets,
      step,
      share,
      squareShare,
      epsilon,
    );
  }

  #decay({ weights, gradient, inputUnits, outputUnits, inputQuads, outputOctets }: TrainedWeights): void {
    const { kernels } = this.#workspace;
    const { optimizer, weightDecay } = this.#settings;
    if (weightDecay === 0) return;
    if (optimizer === 'adamW')
      kernels.shrink(weights, (inputUnits * outputUnits) / 4, this.#learningRate * weightDecay);
    else kernels.decayGradient(weights, gradient, inputUnits, inputQuads, outputOctets, weightDecay);
  }

  /** Update of numbers that are not decayed: biases and the like, `octets` × 8 of them at each address. */
  updateBiases(
    values: number,
    gradient: number,
    firstMoment: number,
    secondMoment: number,
    octets: number,
  ): void {
    const { kernels } = this.#workspace;
    const { optimizer, momentum } = this.#settings;
    switch (optimizer) {
      case 'sgd':
        kernels.sgdBiases(values, gradient, octets, this.#learningRate);
        break;
      case 'momentum':
        kernels.momentumBiases(values, gradient, firstMoment, octets, this.#learningRate, momentum);
        break;
      case 'adam':
      case 'adamW': {
        const { step, share, squareShare, epsilon } = this.#adam();
        kernels.adamBiases(
          values,
          gradient,
          firstMoment,
          secondMoment,
          octets,
          step,
          share,
          squareShare,
          epsilon,
        );
        break;
      }
    }
  }

  /** Constants of `updated` in assembly/optimizer.ts. */
  #adam(): { step: number; share: number; squareShare: number; epsilon: number } {
    const { beta1, beta2, epsilon } = this.#settings;
    const spread = Math.sqrt(1 - this.#beta2Power);
    return {
      step: (this.#learningRate * spread) / (1 - this.#beta1Power),
      share: 1 - beta1,
      squareShare: 1 - beta2,
      epsilon: epsilon * spread,
    };
  }
}
