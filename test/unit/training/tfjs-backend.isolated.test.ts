import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { initialize } from '../../../src/training/initialize';
import { startBackend } from '../../../src/training/tfjs-backend';
import { TfjsEngine } from '../../../src/training/tfjs-engine';
import { TfjsStepper } from '../../../src/training/tfjs-stepper';
import { PlainStepper } from '../../support/plain-stepper';
import { makeJob, XOR } from './job';

// A thread keeps the backend that it started with; this file's threads start their own, in this order.
describe('startBackend', () => {
  let spies: MockInstance[];
  beforeEach(() => {
    spies = (['log', 'info', 'warn', 'error'] as const).map((method) => vi.spyOn(console, method));
  });
  // On either backend, tfjs stays silent.
  afterEach(() => {
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('leaves no listener on the process', async () => {
    const listeners = () =>
      ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event));
    const before = listeners();
    vi.resetModules();
    const fresh = await import('../../../src/training/tfjs-backend');
    expect(await fresh.startBackend()).toBe('wasm-simd');
    const job = makeJob(XOR.inputs, XOR.targets);
    const stepper = new TfjsStepper(job, initialize(job.network, 0, 2, 1));
    stepper.step({ step: 0, rows: Uint32Array.of(0, 1), learningRate: 0.1, weights: [1] });
    stepper.dispose();
    expect(listeners()).toEqual(before);
  });

  it('runs on plain JavaScript too, says so, and computes the same', async () => {
    expect(await startBackend('cpu')).toBe('cpu');
    expect((await TfjsEngine.create()).info.backend).toBe('cpu');
    const job = makeJob(XOR.inputs, XOR.targets, {
      network: { activation: 'gelu', hidden: [5, 4] },
      training: { optimizer: 'adam' },
    });
    const initial = initialize(job.network, 0, 2, 1);
    const plain = new PlainStepper(job, initial);
    const stepper = new TfjsStepper(job, initial);
    for (let step = 0; step < 20; step++) {
      const update = { step, rows: Uint32Array.of(3, 0, 1), learningRate: 0.01, weights: [1] };
      expect(stepper.step(update).loss / plain.step(update).loss).toBeCloseTo(1, 5);
    }
    stepper.dispose();
  });
});
