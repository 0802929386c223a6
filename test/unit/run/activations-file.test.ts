import { expect, it } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import { readSafetensors } from '../../../src/formats/safetensors';
import { joined } from '../../../src/protocol/bytes';
import { activationsPart, keyOfActivations } from '../../../src/run/activations-file';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import type { Recording } from '../../../src/sources/source';
import { experimentOf } from '../../support/run-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

it('is the same file in one part and in many, each with what is new in it alone', async () => {
  const drawn = new DrawnExperiment(experimentOf(tinyExperiment()));
  const made: string[] = [];
  const recording = {
    replicate: replicateNamed('net', 3),
    sites: [
      { name: 'wide', role: 'hidden', units: 7 },
      { name: 'slim', role: 'hidden', units: 2 },
    ],
    checkpoints: [{ step: 0, epoch: 0 }],
    activations: (site: 'wide' | 'slim', set: 'fit' | 'test') => {
      made.push(`${set}/${site}`);
      const [rows, cols] = [drawn.sets[set].inputs.rows, site === 'wide' ? 7 : 2];
      const data = Float32Array.from({ length: rows * cols }, (_, at) => at + cols + set.length / 8);
      return Promise.resolve({ rows, cols, data });
    },
  } as unknown as Recording;
  const whole = await activationsPart(drawn, recording, 'the key', 0);
  expect(whole.next).toBeNull();
  expect(made.splice(0).sort()).toEqual(['fit/slim', 'fit/wide', 'test/slim', 'test/wide']);

  const parts: Uint8Array[] = [];
  for (let from: number | null = 0; from !== null;) {
    const part = await activationsPart(drawn, recording, 'the key', from, 100);
    parts.push(part.bytes);
    expect(made.splice(0).length).toBeLessThanOrEqual(2);
    from = part.next;
  }
  expect(parts.length).toBeGreaterThan(4);
  const file = joined(parts);
  expect(file).toEqual(whole.bytes);
  expect(keyOfActivations({ read: (a, b) => file.subarray(a, b), size: file.length })).toBe('the key');
  const { rows } = drawn.sets.test.inputs;
  const wide = readSafetensors(file).tensors.get('test/wide');
  expect(wide?.shape).toEqual([rows, 7]);
  expect([...(wide?.data ?? [])].slice(0, 2)).toEqual([7.5, 8.5]);
});
