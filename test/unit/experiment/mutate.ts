import type { Node } from 'jsonc-parser';
import { Document } from '../../../src/experiment/document';
import { stream, type Stream } from '../../../src/core/stream';

/** Texts that experiment files are mutated from: together they use every key of the format. */
export const SEEDS: readonly string[] = [
  `// A small one
{
  "title": "Easy and hard",
  "stimuli": {
    "features": {
      "e": { "values": ["no", "yes"], "units": 4 },
      "h": { "bits": 4 }, // the hard one
      "noise": { "bits": 24 },
    },
    "seed": 0, "balance": ["hard"], "train": 8192, "fit": 1024, "test": 1024,
  },
  "tasks": { "easy": "e == yes", "hard": "parity(h)" },
  "network": { "hidden": [256, 128, 64, 64], "activation": "leakyRelu" },
  "training": { "optimizer": "adam", "learningRate": 0.001, "batchSize": 1024, "epochs": 100 },
  "networks": {
    "both": { "tasks": ["easy", "hard"] },
    "easy only": { "tasks": ["easy"] },
    "untrained": { "training": { "epochs": 0 } },
  },
  "seeds": 5,
  "analyses": { "rdm": { "metric": "correlation", "comparison": "pearson" } },
}`,
  JSON.stringify({
    $schema: '../schemas/experiment.schema.json',
    stimuli: {
      features: {
        label: { values: ['a', 'b'], units: 0 },
        shape: { values: ['circle', 'square', 'star'], prevalence: [0.5, 0.25, 0.25] },
        other: { values: ['star', 'circle', 'square'], encoding: 'projection', units: 8 },
        'my "bits"': {
          bits: 8,
          agrees: { with: 'label == b', probability: 0.9, as: `parity('my "bits"'[0:2])` },
        },
        z: { gaussian: 2, amplification: 3, noise: 0.1, correlates: { with: 'y', r: 0.5 } },
        y: { gaussian: 2, coding: '±1' },
      },
      inputNoise: 0.1,
      coding: '01',
      embedding: { units: 40, matrix: 'orthogonal' },
      train: 2048,
      sets: { test: { balance: ['which'], draw: { label: { prevalence: 0.25 }, z: { correlates: null } } } },
    },
    tasks: {
      which: 'label',
      shape: 'shape',
      same: 'shape == other',
      complex: `not (shape == circle or z[0] > 0.5) and count('my "bits"') >= 2 or xor(label == a, any('my "bits"'[1:3]))`,
    },
    network: { hidden: [16], initializer: 'heNormal', initialScale: 0.5, leakySlope: 0.1 },
    training: {
      optimizer: 'adamW',
      momentum: 0.5,
      beta1: 0.8,
      beta2: 0.99,
      epsilon: 1e-7,
      weightDecay: 0.01,
      dropout: 0.1,
      schedule: { type: 'cosine', warmup: 1, final: 0.1, factor: 0.5, every: 3 },
      batchSize: 'full',
      stopWhen: { loss: 0.01, accuracy: 0.99, patience: 2 },
      weights: { which: 2 },
      labelNoise: { which: 0.1 },
      phases: [
        { tasks: ['which'], epochs: 5, learningRate: 0.01 },
        { weights: { shape: 0.5 }, steps: 100, stopWhen: { accuracy: 1 } },
        { until: { shape: 0.9 }, maxSteps: 20, resetOptimizer: true },
      ],
      checkpoints: [0, 1, 5],
    },
    networks: {
      all: {},
      one: { tasks: ['which'], network: { hidden: [] }, training: { steps: 50 } },
      built: {
        tasks: ['which'],
        network: { circuit: { gates: [['label == b'], ['label == a']], out: ['label'] } },
      },
    },
    seeds: 2,
    analyses: {
      rdm: { metric: 'euclidean', comparison: 'kendall', over: 'conditions' },
      selectivity: { permutations: 100, labels: ['which', 'my "bits"[0]'] },
      pca: { components: 3 },
      probe: {
        kinds: ['ridge', 'logistic'],
        labels: ['which', 'label', 'my "bits"[1]'],
        control: ['my "bits"'],
        conflict: [['my "bits"[0]', 'my "bits"[1]']],
        over: 'training',
        transfer: true,
      },
      confidence: 0.9,
    },
  }),
  JSON.stringify({
    stimuli: {
      image: { size: 8, jitter: 0.1 },
      features: {
        shape: { values: ['circle', 'square'], shows: 'shape' },
        'its colour': {
          values: ['red', 'cyan', 'white'],
          shows: 'colour',
          agrees: { with: 'shape == circle', probability: 0.8, as: "'its colour' == red" },
        },
        n: { bits: 2, units: 0 },
      },
      train: 64,
      fit: 16,
      test: 16,
    },
    tasks: { circle: 'shape == circle', colour: "'its colour'" },
    network: { hidden: [4] },
    training: { epochs: 2 },
    networks: { net: {} },
  }),
];

const STRANGE = [
  '\u0000',
  '\uFEFF',
  '\uD800',
  '\u202E',
  '\u2028',
  '😀',
  'ß',
  'é',
  '\\u0000',
  '\\uD83D',
  '\\',
  '"',
  "'",
  '\u001b[31m',
  '</script>',
  '[x](command:y)',
  '/*',
  '//',
  '٣',
  '\t',
  '\r',
];

const NUMBERS = [
  '-1',
  '0',
  '1e9',
  '1e15',
  '1e308',
  '1e999',
  '-1e999',
  '4294967296',
  '0.5',
  '1e-400',
  '9007199254740993',
  '-0',
  '00',
  'NaN',
  '1.',
];

const VALUES = [
  'null',
  'true',
  'false',
  '""',
  '"x"',
  '[]',
  '{}',
  '[[]]',
  '[1e9]',
  '[1e9, 1e9]',
  '[null]',
  '{"a": 1}',
  '{"__proto__": {"x": 1}}',
  '{"constructor": {"prototype": {"x": 1}}}',
  '{"values": ["a", "b"]}',
  '{"bits": 4096}',
  '{"bits": 1e308}',
  '{"gaussian": 4096, "units": 1e12}',
  ...NUMBERS,
];

const FORMULAS = [
  '',
  'e',
  'h',
  'e ==',
  'not '.repeat(200) + 'e',
  '('.repeat(5000),
  '!'.repeat(50),
  'xor('.repeat(100),
  'parity(h[0:99999])',
  'h[-1]',
  'h[1e3]',
  'e == yes and '.repeat(2000) + 'e',
  `xor(${'h, '.repeat(3000)}h)`,
  'count(h) >= 1e999',
  'constructor',
  '__proto__ == toString',
  'all(h, h, h) and not all(h)',
  'e == e',
  "'unclosed",
  'z > 0 > 1',
  'a'.repeat(20000),
];

/** The mutated file of a number: the same number gives the same text. */
export function mutated(number: number, seeds: readonly string[] = SEEDS): string {
  const random = stream('mutations', number);
  let text = pick(random, seeds);
  const times = random.below(3) === 0 ? 2 + random.below(2) : 1;
  for (let i = 0; i < times; i++) text = mutate(text, random);
  return text;
}

function mutate(text: string, random: Stream): string {
  const at = random.below(text.length + 1);
  switch (random.below(13)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random.below(20));
    case 2:
      return text.slice(0, at) + pick(random, STRANGE) + text.slice(at);
    case 3:
      return text.slice(0, at) + text.slice(at, at + 60) + text.slice(at);
    case 4:
      return (
        text.slice(0, at) +
        pick(random, ['[', '{', '{"a":', '[[']).repeat(1 + random.below(50_000)) +
        text.slice(at)
      );
    case 5:
      return withKey(text, random, (key) => `${key}, ${key}`);
    case 6:
      return withKey(
        text,
        random,
        (key, value) =>
          `${pick(random, ['"__proto__"', '"constructor"', '"toString"', '""'])}: ${value}, ${key}: ${value}`,
      );
    case 7:
      return withKey(text, random, (key, value) => `${key.slice(0, 2)}${key.slice(3)}: ${value}`);
    case 8:
      return withKey(text, random, (key, value) => `${key}: ${value}, ${key}: ${pick(random, VALUES)}`);
    case 9:
      return withKey(text, random, (key) => `${key}: ${JSON.stringify(pick(random, FORMULAS))}`);
    case 10:
      return withKey(text, random, (_, value) =>
        Array.from({ length: 1 + random.below(3000) }, (__, i) => `"n${i}": ${value}`).join(', '),
      );
    default:
      return withKey(text, random, (key) => `${key}: ${pick(random, random.below(2) ? VALUES : NUMBERS)}`);
  }
}

/** Rewrites one property anywhere in the file; appends junk where the file has none. */
function withKey(text: string, random: Stream, rewrite: (key: string, value: string) => string): string {
  const properties: Node[] = [];
  const collect = (node: Node | undefined): void => {
    if (node?.type === 'property' && node.children?.length === 2) properties.push(node);
    node?.children?.forEach(collect);
  };
  collect(new Document(text).root);
  if (properties.length === 0) return `${text}}`;
  const property = pick(random, properties);
  const [key, value] = (property.children ?? []).map((child) =>
    text.slice(child.offset, child.offset + child.length),
  );
  const written = rewrite(key, value);
  // Copies of a large value would make the file itself large.
  if (written.length > 900_000) return `${text},`;
  return text.slice(0, property.offset) + written + text.slice(property.offset + property.length);
}

function pick<T>(random: Stream, items: readonly T[]): T {
  return items[random.below(items.length)];
}
