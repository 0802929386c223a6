import { describe, expect, it } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import { stream } from '../../../src/core/stream';
import { evaluate } from '../../../src/experiment/evaluate';
import type { Expression } from '../../../src/experiment/expression';
import { replicateCount } from '../../../src/experiment/replicates';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import {
  ciphertextBits,
  computeEncrypted,
  decrypt,
  drawKey,
  encrypt,
  leafName,
  leavesOf,
  noiseBits,
} from '../../../src/sources/integer-encryption';
import type { Recording } from '../../../src/sources/source';
import { sourceOf } from '../../../src/sources/sources';
import { FusedEngine } from '../../../src/training/fused/engine';
import { withSequences } from '../../../src/training/graph/sequences';
import { errors, valid } from '../experiment/files';

const bit = (index: number): Expression => ({ kind: 'bit', feature: 'x', index });
const [a, b, c, d] = [0, 1, 2, 3].map(bit);
const all = (kind: 'and' | 'or' | 'parity', ...of: Expression[]): Expression => ({ kind, of });
const not = (of: Expression): Expression => ({ kind: 'not', of });
const formulas: Expression[] = [
  a,
  not(a),
  all('and', a, b),
  all('or', a, b, not(c)),
  all('parity', a, b, c, d),
  all('and', a, b, c, d),
  all('or', all('and', a, b), all('and', c, all('parity', a, b))),
  { kind: 'is', feature: 'x', value: 1 },
  { kind: 'constant', value: true },
  { kind: 'constant', value: false },
];
const sizes = { key: 24, mask: 24, noise: 2 };

/** What a formula says of encrypted bits, decrypted. */
function decrypted(formula: Expression, bits: readonly number[], of: typeof sizes, seed: number): number {
  const draws = stream('a test', seed);
  const key = drawKey(of, draws);
  const valueOf = (_: string, index: number): number => bits[index];
  const leaves = new Map(
    [...leavesOf([formula])].map(([name, leaf]) => [
      name,
      encrypt(Number(evaluate(leaf, valueOf)), key, of, draws),
    ]),
  );
  const computed = computeEncrypted(formula, key, (leaf) => leaves.get(leafName(leaf)) ?? -1n);
  expect(computed >= 0n && computed < key.modulus).toBe(true);
  expect(computed.toString(2).length).toBeLessThanOrEqual(ciphertextBits(of));
  return decrypt(computed, key);
}

describe('encryption by integers', () => {
  it('gives what the formula says of the bits themselves, for every formula, all bits and many keys', () => {
    for (let at = 0; at < 16; at++) {
      const bits = [0, 1, 2, 3].map((place) => (at >> place) & 1);
      for (const formula of formulas)
        for (let seed = 0; seed < 20; seed++)
          expect(decrypted(formula, bits, sizes, seed)).toBe(
            Number(evaluate(formula, (_, index) => bits[index])),
          );
    }
  });

  it('knows how much noise a formula gathers, beyond which answers are wrong', () => {
    // Fresh: 1 + 2 · 3 = 7 at most; a product of four 2401, a sum of four 28.
    expect(noiseBits(all('and', a, b, c, d), sizes)).toBe(12);
    expect(noiseBits(all('parity', a, b, c, d), sizes)).toBe(5);
    const small = { ...sizes, key: 8 };
    const wrong = Array.from({ length: 50 }, (_, seed) =>
      decrypted(all('and', a, b, c, d), [1, 1, 1, 1], small, seed),
    );
    expect(wrong).toContain(0);
    const enough = { ...sizes, key: 13 };
    const right = Array.from({ length: 50 }, (_, seed) =>
      decrypted(all('and', a, b, c, d), [1, 1, 1, 1], enough, seed),
    );
    expect(right).not.toContain(0);
  });

  it('says nothing of the bit in any bit of a ciphertext, fresh or computed', () => {
    const draws = stream('a test of independence');
    const key = drawKey(sizes, draws);
    const count = 8000;
    const ones = [0, 1].map((message) => {
      const sums = new Float64Array(2 * ciphertextBits(sizes));
      for (let one = 0; one < count; one++) {
        const fresh = encrypt(message, key, sizes, draws);
        const product = (fresh * encrypt(1, key, sizes, draws)) % key.modulus;
        [fresh, product].forEach((ciphertext, which) => {
          for (let at = 0; at < ciphertextBits(sizes); at++)
            sums[which * ciphertextBits(sizes) + at] += Number((ciphertext >> BigInt(at)) & 1n);
        });
      }
      return sums;
    });
    // Of 98 differences of two shares, each with a standard error of at most √(.5 / 8000), none is beyond 4.5 of them.
    ones[0].forEach((zero, at) => {
      expect(Math.abs(zero - ones[1][at]) / count).toBeLessThan(4.5 * Math.sqrt(0.5 / count));
    });
  });
});

function text(circuit: object, changes: object = {}): string {
  return JSON.stringify({
    stimuli: { features: { x: { bits: 3 }, rest: { bits: 8 } }, train: 16, fit: 64, test: 128 },
    tasks: { sum: 'parity(x)', carry: '(x[0] and x[1]) or (x[2] and (x[0] or x[1]))' },
    networks: { built: { network: { circuit } } },
    seeds: 3,
    ...changes,
  });
}

const gates = [['x[0]', 'x[1]', 'x[2]'], ['xor(x[0], x[1])']];

async function recording(seed: number): Promise<Recording> {
  const experiment = valid(text({ gates, encrypt: {} }));
  const { sets } = new DrawnExperiment(experiment);
  const kept = { read: () => Promise.resolve(null), write: () => Promise.resolve() };
  const context = { engine: withSequences(FusedEngine.create()), sets };
  const source = sourceOf(experiment, { source: 'built' });
  return (await source.make(replicateNamed('built', seed), context, kept, {})).recording;
}

describe('an encrypted circuit', () => {
  it('has a unit for each bit of the ciphertext of each gate, and answers right when it is decrypted', async () => {
    const made = await recording(0);
    expect(made.sites.map(({ units }) => units)).toEqual([3 * 49, 49, 2 * 49]);
    for (const { name, units } of made.sites) {
      const { rows, cols, data } = await made.activations(name, 'test', 0);
      expect([rows, cols]).toEqual([128, units]);
      expect(new Set(data)).toEqual(new Set([0, 1]));
    }
    const { accuracy, loss } = (await made.behaviour('test', 0)) ?? {};
    expect([...(accuracy ?? [])]).toEqual([
      ['sum', 1],
      ['carry', 1],
    ]);
    expect(loss).toBeNull();
  });

  it('has a key and a randomness for each seed, and the same whenever it is asked', async () => {
    expect(replicateCount(valid(text({ gates, encrypt: {} })))).toBe(3);
    expect(replicateCount(valid(text({ gates })))).toBe(1);
    const of = async (seed: number): Promise<string> =>
      [...(await (await recording(seed)).activations('hidden2', 'test', 0)).data].join('');
    const [first, again, other] = [await of(0), await of(0), await of(1)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each([
    ['a count', text({ gates: ['count(x) >= 2'], encrypt: {} }), 'formula-type', 'counts'],
    ['too little key', text({ gates: ['x[0] and x[1]'], encrypt: { key: 6 } }), 'out-of-range', "'key'"],
    [
      'a task with classes',
      text(
        { gates: ['x[0]'], encrypt: {} },
        {
          stimuli: { features: { x: { bits: 3 }, shape: { values: ['a', 'b', 'c'] } } },
          tasks: { shape: 'shape' },
        },
      ),
      'formula-type',
      'classes',
    ],
  ])('is not made of %s', (_, file, code, word) => {
    const [problem] = errors(file).filter((one) => one.code === code);
    expect(problem?.message).toContain(word);
  });
});
