import type { Engine } from './engine';
import { FusedEngine } from './fused-engine';
import { TfjsEngine } from './tfjs-engine';

export type EngineChoice = 'fused' | 'tfjs';

/**
 * The one switch between the engines: plain stacks of layers are what the fused training step is made for, and every
 * network of an experiment file is one today. TensorFlow.js remains for comparison, and for machines without WASM SIMD.
 */
export async function chooseEngine(choice: EngineChoice): Promise<Engine> {
  return choice === 'fused' && FusedEngine.supported() ? FusedEngine.create() : TfjsEngine.create();
}
