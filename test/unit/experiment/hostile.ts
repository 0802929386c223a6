import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stream, type Stream } from '../../../src/core/stream';
import { mutated } from './mutate';

/** Names of members of every object, and others that are easily taken for something else. */
export const MEMBERS = [
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  '__defineGetter__',
  '__lookupSetter__',
  '__proto__',
  'prototype',
  'length',
  'name',
  'then',
  '0',
  'null',
  'undefined',
] as const;

const HUGE = [0, -0, 1e-300, 5e-324, 0.9999999999999999, 2 ** 31, 2 ** 32, 2 ** 53, 1e15, 1e100, 1.7e308];
const label = { values: ['no', 'yes'] };
const noise = { bits: 24 };

type Json = Record<string, unknown>;

/** The n entries of an object. */
function entries(n: number, entry: (i: number) => readonly [string, unknown]): Json {
  return Object.fromEntries(Array.from({ length: n }, (_, i) => entry(i)));
}

/** An experiment file; what is given replaces what a small valid one says. */
function file({ features = {}, stimuli = {}, ...rest }: Json & { features?: Json; stimuli?: Json }): string {
  return JSON.stringify({
    stimuli: { features: { label, ...features, noise }, ...stimuli },
    tasks: { t: 'label == yes' },
    networks: { n: {} },
    ...rest,
  });
}

/** A formula of a function over the same part, as long as formulas may be. */
function long(name: string, part: string, random: Stream): string {
  const most = Math.floor(9_900 / (part.length + 1));
  return `${name}(${Array.from({ length: 1 + random.below(most) }, () => part).join(',')})`;
}

function pick<T>(random: Stream, items: readonly T[]): T {
  return items[random.below(items.length)];
}

const examples = readdirSync('examples')
  .filter((name) => name.endsWith('.experiment.json'))
  .sort()
  .map((name) => readFileSync(join('examples', name), 'utf8'));

/** Kinds of files that ask for much with little, or for something odd. */
const KINDS: Readonly<Record<string, (random: Stream) => string>> = {
  'many bits without units': (random) =>
    file({
      features: entries(1 + random.below(300), (i) => [`b${i}`, { bits: 4096, units: 0 }]),
      stimuli: { train: 1 + random.below(20), fit: 2, test: 2 },
    }),
  'wide features': (random) =>
    file({ features: { w: { bits: 1 + random.below(4096), units: 10 ** random.below(7) } } }),
  'huge counts': (random) =>
    file({
      stimuli: { [pick(random, ['train', 'fit', 'test'])]: pick(random, [1e5, 1e6, 1e7, 1e8, ...HUGE]) },
    }),
  'parity of thousands': (random) => {
    const as = long('parity', pick(random, ['h', 'h[0]', 'h[1:3]']), random);
    const agrees = { with: 'label == yes', probability: 0.9, as };
    return file({ features: { h: { bits: 4 + random.below(30), agrees } } });
  },
  'agreements that never hold': (random) => {
    const as = `count(h) >= ${20 + random.below(30)}`;
    const agrees = { with: 'label == yes', probability: 0.9, as };
    return file({ features: { h: { bits: 40, prevalence: 0.01, agrees } } });
  },
  'long formulas over wide features': (random) =>
    file({
      features: { h: { bits: 4096 } },
      tasks: entries(1 + random.below(256), (i) => [
        `t${i}`,
        long(pick(random, ['xor', 'all', 'any']), 'h', random),
      ]),
    }),
  'deep formulas': (random) => {
    const depth = 1 + random.below(80);
    return file({ tasks: { t: `${'xor('.repeat(depth)}label${', label)'.repeat(depth)}` } });
  },
  'equal values of many values': (random) => {
    const values = Array.from({ length: 2 + random.below(6000) }, (_, i) => `v${i}`);
    return file({
      features: { a: { values }, b: { values } },
      tasks: { t: Array.from({ length: 1 + random.below(1000) }, () => 'a==b').join(' or ') },
    });
  },
  'thousands of features': (random) => {
    const count = 1 + random.below(1500);
    const agrees = (i: number): object => ({
      with: `f${random.below(i + (random.below(9) ? 0 : 2))}`,
      probability: 0.9,
    });
    return file({
      features: entries(count, (i) => [`f${i}`, { ...label, ...(i > 0 ? { agrees: agrees(i) } : {}) }]),
    });
  },
  'features that follow each other in a circle': (random) => {
    const count = 2 + random.below(1000);
    return file({
      features: entries(count, (i) => [
        `${'long name '.repeat(random.below(9))}f${i}`.slice(-90),
        { ...label, agrees: { with: `'${`f${(i + 1) % count}`}'`, probability: 0.9 } },
      ]),
    });
  },
  'tasks and networks by the hundred': (random) => {
    const tasks = entries(1 + random.below(300), (i) => [`t${i}`, `n[${i % 24}]`]);
    const networks = entries(1 + random.below(300), (i) => [
      `n${i}`,
      { training: { epochs: random.below(3) } },
    ]);
    const phases = Array.from({ length: 1 + random.below(1200) }, () => ({ epochs: 1 }));
    return file({
      features: { n: noise },
      tasks,
      networks,
      ...(random.below(2) ? { training: { phases } } : {}),
    });
  },
  'balance of many tasks': (random) => {
    const tasks = entries(1 + random.below(40), (i) => [`t${i}`, `n[${i % 24}]`]);
    return file({ features: { n: noise }, tasks, stimuli: { balance: Object.keys(tasks) } });
  },
  'members of objects as names': (random) => {
    const [a, b, c] = [pick(random, MEMBERS), pick(random, MEMBERS), pick(random, MEMBERS)];
    return file({
      features: { [a]: { values: [b, `${c} `] } },
      tasks: { [c]: `'${a}' == '${b}'`, t: 'label == yes' },
      networks: { [b]: { tasks: [c] }, other: {} },
      training: { epochs: 1, weights: { [c]: 2 } },
    });
  },
  'huge numbers anywhere': (random) => {
    const number = (): number => pick(random, HUGE);
    return file({
      features: { h: { bits: 4, amplification: number(), noise: number() } },
      stimuli: {
        inputNoise: number(),
        seed: number(),
        embedding: { units: pick(random, [1, 40, 4000, number()]) },
      },
      network: { hidden: [number()], leakySlope: number(), initialScale: number() },
      training: {
        learningRate: number(),
        momentum: number(),
        epochs: number(),
        batchSize: number(),
        checkpoints: pick(random, [2, 12, 10_000, number()]),
        schedule: { type: 'cosine', warmup: number(), every: number(), factor: number() },
      },
      seeds: pick(random, [1, 10_000, number()]),
      analyses: {
        confidence: number(),
        pca: { components: number() },
        selectivity: { permutations: number() },
      },
    });
  },
  'large matrices': (random) => {
    const units = 10 ** random.below(5);
    return file({
      features: { z: { gaussian: 1 + random.below(4096), encoding: 'projection', units } },
      stimuli: {
        embedding: { units: 1 + random.below(9000), matrix: pick(random, ['gaussian', 'orthogonal']) },
      },
    });
  },
  'hundreds of unknown names': (random) => {
    const letters = (): string =>
      Array.from({ length: 20 + random.below(40) }, () => 'abcde'[random.below(5)]).join('');
    return file({
      features: entries(random.below(500), () => [letters(), { bits: 1 }]),
      tasks: entries(1 + random.below(250), (i) => [`t${i}`, `${letters()} and ${letters()}`]),
      stimuli: { balance: Array.from({ length: random.below(200) }, letters) },
    });
  },
  'bytes that are no text': (random) => {
    const text = pick(random, examples);
    const at = random.below(text.length);
    return `${text.slice(0, at)}${pick(random, ['\uFFFD', '\u0000', '\uD800', '\uFEFF'])}${text.slice(at)}`;
  },
  'deep nesting': (random) =>
    pick(random, ['[', '{"a":', '[{"stimuli":', '[[']).repeat(1 + random.below(100_000)),
  'enormous strings': (random) => {
    const text = pick(random, ['x', 'é', '\\', '\u202E', '😀']).repeat(1 + random.below(200_000));
    return file({
      title: text,
      ...(random.below(2) ? { tasks: { [text]: text } } : {}),
      [text.slice(0, 200)]: 1,
    });
  },
  'long lists': (random) => {
    const list = (value: unknown, most: number): unknown[] =>
      Array.from({ length: random.below(most) }, () => value);
    return file({
      features: { c: { values: Array.from({ length: 2 + random.below(9000) }, (_, i) => `v${i}`) } },
      network: { hidden: list(8, 300_000) },
      training: { checkpoints: list(1, 20_000) },
      networks: entries(1 + random.below(50), (i) => [`n${i}`, { tasks: list('t', 20) }]),
    });
  },
  designs: (random) =>
    file({
      features: { h: { bits: 1 + random.below(30), units: random.below(3) } },
      stimuli: {
        enumerate: true,
        ...(random.below(2) ? { train: 10 ** random.below(7), fit: 4, test: 4 } : {}),
      },
    }).replace('"bits":24', '"bits":1'),
  'wrong types': (random) =>
    file(
      Object.fromEntries(
        ['stimuli', 'tasks', 'network', 'training', 'networks', 'analyses', 'seeds', 'title']
          .filter(() => random.below(3) === 0)
          .map((key) => [key, pick(random, [5, null, [], {}, 'x', [[]], { a: 5 }, true])]),
      ),
    ),
  'an example that was changed': (random) => mutated(random.below(1e6), examples),
};

/** The hostile file of a number, and its kind: the same number gives the same text. */
export function hostile(number: number): { readonly kind: string; readonly text: string } {
  const kinds = Object.entries(KINDS);
  const [kind, make] = kinds[number % kinds.length];
  return { kind, text: make(stream('hostile', number)) };
}
