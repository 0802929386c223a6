import type { Engine } from './engine';
import { FusedEngine } from './fused/engine';
import { type FullEngine, withSequences } from './graph/sequences';

export type EngineChoice = 'fused' | 'tfjs';

/**
 * The one switch between the engines: plain stacks of layers are what the fused training step is made for. TensorFlow.js remains for
 * comparison, and for machines without WASM SIMD. Sequences have one engine.
 */
export async function chooseEngine(choice: EngineChoice): Promise<FullEngine> {
  return withSequences(await engineOfStacks(choice));
}

async function engineOfStacks(choice: EngineChoice): Promise<Engine> {
  if (choice === 'fused' && FusedEngine.supported()) return FusedEngine.create();
  // Loaded only where it is used: it takes a fifth of a second.
  const { TfjsEngine } = await import('./tfjs-engine');
  return TfjsEngine.create();
}
