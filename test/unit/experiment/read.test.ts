import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import schema from '../../../schemas/experiment.schema.json';
import { readExperiment } from '../../../src/sources/read-experiment';
import { codes, errors, FEATURES, file, mended, pointed, valid } from './files';
import { SEEDS } from './mutate';

const EXAMPLE = readFileSync('examples/easy-vs-hard.experiment.json', 'utf8');

test('the headline example has no problem', () => {
  const { experiment, problems } = readExperiment(EXAMPLE);
  expect(problems).toEqual([]);
  expect(experiment?.stimuli.inputUnits).toBe(32);
  expect(experiment?.networks.map((network) => network.training.totalSteps)).toEqual([800, 800, 800, 0]);
  expect(experiment?.analyses.selectivity.labels).toEqual([
    'easy',
    'hard',
    'e',
    'h[0]',
    'h[1]',
    'h[2]',
    'h[3]',
  ]);
});

test('the schema accepts what is accepted', () => {
  const check = new Ajv({ strict: false }).compile(schema);
  for (const text of [EXAMPLE, ...SEEDS]) expect(check(parse(text))).toBe(true);
  expect(check({ ...(parse(EXAMPLE) as object), seeds: 0 })).toBe(false);
});

test('syntax: comments, trailing commas and a byte-order mark are fine; errors have places', () => {
  expect(errors(`\uFEFF// x\n${file().replace(/}$/, ',}')}`)).toEqual([]);
  const broken = file().replace('"tasks": {', '"tasks" {');
  expect(new Set(errors(broken).map((problem) => problem.code))).toEqual(new Set(['syntax']));
  expect(codes('')).toEqual(['syntax']);
  expect(codes('[1, 2')).toContain('syntax');
  expect(codes('['.repeat(100_000))).toEqual(['syntax']);
  expect(codes(`${'[}'.repeat(100_000)}`)).toContain('syntax');
  expect(codes(`{"title": "${'x'.repeat(1_000_001)}"}`)).toEqual(['syntax']);
});

test('problems of all kinds are reported at once, in order', () => {
  const text = file({
    tasks: { t: 'ee' },
    networks: { a: { taks: [] }, b: { tasks: ['u'] } },
    seeds: 0,
    titel: 'x',
  });
  expect(errors(text).map((problem) => [problem.code, pointed(text, problem)])).toEqual([
    ['unknown-feature', 'ee'],
    ['unknown-key', '"taks"'],
    ['unknown-task', '"u"'],
    ['out-of-range', '0'],
    ['unknown-key', '"titel"'],
  ]);
  expect(mended(text, errors(text)[4])).toContain('"title": "x"');
});

test('locate gives the range of a value', () => {
  const text = file();
  const range = readExperiment(text).locate(['networks', 'net']);
  expect(text.slice(range?.start.offset, range?.end.offset)).toBe('{}');
  expect(readExperiment(text).locate(['networks', 'none'])).toBeNull();
});

const stimuli = (changes: Record<string, unknown>): string => file({ stimuli: changes });
const features = (changes: Record<string, unknown>): string =>
  stimuli({ features: { ...FEATURES, ...changes } });
const training = (changes: Record<string, unknown>, more: Record<string, unknown> = {}): string =>
  file({ training: changes, ...more });

test.each<[string, string, string]>([
  ['duplicate key', file().replace('"t": "e"', '"t": "e", "t": "f"'), 'duplicate-key'],
  ['prototype key', file().replace('"t": "e"', '"t": "e", "__proto__": "f"'), 'bad-name'],
  ['unknown value', training({ optimizer: 'adm' }), 'unknown-value'],
  ['wrong type', training({ epochs: '5' }), 'wrong-type'],
  ['two kinds', features({ x: { bits: 2, values: ['a', 'b'] } }), 'one-of'],
  ['no kind', features({ x: {} }), 'one-of'],
  ['huge bits', features({ x: { bits: 1e308 } }), 'out-of-range'],
  ['repeated value', features({ x: { values: ['a', 'a'] } }), 'duplicate-name'],
  ['copy of three values', features({ x: { values: ['a', 'b', 'c'], encoding: 'copy' } }), 'encoding'],
  ['one-hot bits', features({ x: { bits: 2, encoding: 'onehot' } }), 'encoding'],
  ['projection without units', features({ x: { bits: 2, encoding: 'projection' } }), 'missing-key'],
  ['prevalence length', features({ x: { values: ['a', 'b', 'c'], prevalence: [0.5, 0.5] } }), 'wrong-length'],
  ['prevalence sum', features({ x: { values: ['a', 'b', 'c'], prevalence: [0.5, 0.5, 0.5] } }), 'wrong-sum'],
  ['prevalence range', features({ x: { bits: 2, prevalence: 1.5 } }), 'out-of-range'],
  ['name of another label', file({ tasks: { e: 'f' } }), 'shared-name'],
  ['name of a bit', file({ tasks: { 'h[0]': 'e' } }), 'shared-name'],
  [
    'constant by prevalence',
    stimuli({ features: { ...FEATURES, e: { values: ['a', 'b'], prevalence: 0 } } }),
    'constant-task',
  ],
  [
    'cycle',
    features({
      a: { bits: 1, agrees: { with: 'b[0]', probability: 0.9 } },
      b: { bits: 1, agrees: { with: 'a[0]', probability: 0.9 } },
    }),
    'cycle',
  ],
  [
    'unknown agreement',
    features({ a: { bits: 1, agrees: { with: 'ee', probability: 0.9 } } }),
    'unknown-feature',
  ],
  [
    'correlation of kinds',
    features({ a: { values: ['x', 'y'], correlates: { with: 'z', r: 0.5 } } }),
    'correlation',
  ],
  [
    'infeasible correlation',
    features({ a: { values: ['x', 'y'], prevalence: 0.1, correlates: { with: 'e', r: 0.9 } } }),
    'correlation',
  ],
  [
    'agrees and correlates',
    features({
      a: { values: ['x', 'y'], agrees: { with: 'f', probability: 0.9 }, correlates: { with: 'e', r: 0.1 } },
    }),
    'conflict',
  ],
  [
    'criterion of a task that the phase does not train',
    file({ training: { phases: [{ until: { t: 0.9 }, weights: { t: 0 }, maxSteps: 9 }] } }),
    'task-not-trained',
  ],
  ['label noise of no task', training({ labelNoise: { nobody: 0.1 } }), 'unknown-task'],
  ['criterion without an end', training({ phases: [{ until: { t: 0.9 } }] }), 'missing-key'],
  ['criterion of no task', training({ phases: [{ until: { nobody: 0.9 }, maxSteps: 9 }] }), 'unknown-task'],
  ['end without a criterion', training({ phases: [{ steps: 9, maxSteps: 9 }] }), 'conflict'],
  ['criterion and epochs', training({ phases: [{ epochs: 1, until: { t: 0.9 }, maxSteps: 9 }] }), 'conflict'],
  [
    'two ends of a phase',
    training({ phases: [{ until: { t: 0.9 }, maxSteps: 9, stopWhen: { loss: 1 } }] }),
    'conflict',
  ],
  [
    'categorical without as',
    features({ a: { values: ['x', 'y', 'w'], agrees: { with: 'h[0]', probability: 0.9 } } }),
    'missing-key',
  ],
  ['unknown balance', stimuli({ balance: ['x'] }), 'unknown-task'],
  [
    'impossible balance',
    file({ stimuli: { balance: ['t', 'u'] }, tasks: { t: 'e', u: 'e and f or e' } }),
    'impossible-balance',
  ],
  ['enumerated Gaussians', stimuli({ enumerate: true }), 'cannot-enumerate'],
  [
    'too many combinations',
    file({ stimuli: { features: { e: FEATURES.e, n: { bits: 24 } }, enumerate: true } }),
    'cannot-enumerate',
  ],
  ['too few rows', file({ stimuli: { features: { e: FEATURES.e, n: { bits: 8 } } } }), 'too-few-rows'],
  ['misplaced draw', stimuli({ draw: {} }), 'misplaced-key'],
  ['small orthogonal embedding', stimuli({ embedding: { units: 3, matrix: 'orthogonal' } }), 'embedding'],
  ['many stimuli', stimuli({ train: 1e15 }), 'too-large'],
  ['many test stimuli', stimuli({ test: 100_000 }), 'too-large'],
  ['wide layer', file({ network: { hidden: [1e9] } }), 'out-of-range'],
  ['large layers', file({ network: { hidden: [60_000, 60_000] } }), 'too-large'],
  ['epochs and steps', training({ epochs: 1, steps: 1 }), 'conflict'],
  ['phases and epochs', training({ epochs: 1, phases: [{ epochs: 1 }] }), 'conflict'],
  ['phase without length', training({ phases: [{}] }), 'missing-key'],
  ['phase of an unknown task', training({ phases: [{ epochs: 1, tasks: ['x'] }] }), 'unknown-task'],
  ['zero weights', training({ weights: { t: 0 } }), 'no-weight'],
  ['checkpoint beyond the end', training({ epochs: 5, checkpoints: [0, 6] }), 'checkpoint-beyond-end'],
  ['batch size', training({ batchSize: 0 }), 'out-of-range'],
  ['networks alike', file({ networks: { A: {}, a: {} } }), 'duplicate-name'],
  ['unknown selectivity label', file({ analyses: { selectivity: { labels: ['h[4]'] } } }), 'unknown-label'],
])('%s', (_, text, code) => {
  const found = errors(text).map((problem) => problem.code);
  expect([...new Set(found)].filter((one) => one !== 'no-weight' || code === 'no-weight')).toEqual([code]);
});

test.each<[string, string, string]>([
  ['parity too large', file({ tasks: { t: 'parity(n[0:10])' } }), 'parity-too-large'],
  [
    'task that is not trained',
    file({ tasks: { t: 'e', u: 'f' }, networks: { a: { tasks: ['t'] } } }),
    'task-not-trained',
  ],
  [
    'task of an untrained network only',
    file({ tasks: { t: 'e', u: 'f' }, networks: { a: { tasks: ['t'] }, b: { training: { epochs: 0 } } } }),
    'task-not-trained',
  ],
  ['transfer of probes', file({ analyses: { probe: { transfer: true } } }), 'no-effect'],
  ['stopWhen untrained', training({ epochs: 0, stopWhen: { loss: 1 } }), 'no-effect'],
  ['large batch', training({ batchSize: 1e6 }), 'batch-too-large'],
])('%s is a warning', (_, text, code) => {
  expect(codes(text)).toEqual([code]);
  expect(readExperiment(text).experiment).not.toBeNull();
});

test('the parity warning starts where patterns exceed an eighth of the training stimuli', () => {
  expect(codes(file({ stimuli: { train: 4096 }, tasks: { t: 'parity(n[0:9])' } }))).toEqual([]);
  expect(codes(file({ stimuli: { train: 4095 }, tasks: { t: 'parity(n[0:9])' } }))).toEqual([
    'parity-too-large',
  ]);
});

test('the memory estimate names its size', () => {
  const [problem] = errors(stimuli({ train: 1e9 }));
  expect(problem.message).toMatch(/GB.*Lower 'train'/);
});

test('input units are laid out by encoding', () => {
  const { features: list, inputUnits } = valid(
    stimuli({
      features: {
        a: { values: ['x', 'y'], units: 3 },
        b: { values: ['x', 'y', 'w'], units: 2 },
        c: { bits: 3, units: 2 },
        d: { gaussian: 2, units: 5 },
        e: { values: ['no', 'yes'], units: 0 },
        g: { bits: 3, encoding: 'projection', units: 7 },
      },
    }),
  ).stimuli;
  expect(list.map((feature) => feature.inputRange)).toEqual([
    [0, 3],
    [3, 9],
    [9, 15],
    [15, 25],
    [25, 25],
    [25, 32],
  ]);
  expect(inputUnits).toBe(32);
});

test('a network overrides how long it is trained, in another way than the default', () => {
  const { networks } = valid(
    file({
      tasks: { t: 'e', u: 'f' },
      training: {
        phases: [
          { tasks: ['t'], epochs: 2 },
          { epochs: 3, weights: { u: 0.5 } },
        ],
        batchSize: 1000,
      },
      networks: { a: {}, b: { training: { steps: 7 } }, c: { training: { epochs: 0 } } },
    }),
  );
  expect(networks[0].training.phases.map(({ weights, steps }) => [weights, steps])).toEqual([
    [[1, 0], 10],
    [[1, 0.5], 15],
  ]);
  expect(networks[1].training).toMatchObject({ totalSteps: 7, unit: 'steps', stepsPerEpoch: 5 });
  expect(networks[2].training).toMatchObject({ totalSteps: 0, unit: 'epochs' });
});

test('what a feature agrees with is drawn before it, and sets override draws', () => {
  const { sets } = valid(
    stimuli({
      features: { a: { bits: 4, agrees: { with: 't', probability: 0.9, as: 'parity(a)' } }, ...FEATURES },
      sets: { test: { draw: { a: { agrees: null }, e: { prevalence: 0.25 } } } },
    }),
  ).stimuli;
  expect(sets.train.draws.slice(0, 2).map((draw) => draw.feature)).toEqual(['e', 'a']);
  expect(sets.train.draws[1].agrees).toMatchObject({
    by: 'formula',
    probability: 0.9,
    with: { kind: 'is', feature: 'e' },
  });
  expect(sets.test.draws[0]).toMatchObject({ feature: 'a', agrees: null });
  expect(sets.test.draws[1].prevalence).toEqual([0.75, 0.25]);
});

test('an enumerated design has the size of its sets, or is divided', () => {
  const small = { features: { e: FEATURES.e, h: { bits: 4 } }, enumerate: true };
  expect(valid(stimuli(small)).stimuli).toMatchObject({
    enumerate: 'all',
    counts: { train: 32, fit: 32, test: 32 },
  });
  expect(valid(stimuli({ ...small, train: 16, fit: 8, test: 8 })).stimuli.enumerate).toBe('split');
  expect(codes(stimuli({ ...small, train: 17, fit: 8, test: 8 }))).toContain('too-few-rows');
  expect(codes(stimuli({ ...small, train: 16 }))).toContain('missing-key');
});

test('keys of every object are their own', () => {
  const text = file({ tasks: { constructor: 'e', toString: 'f' } });
  expect(valid(text).tasks.map((task) => task.name)).toEqual(['constructor', 'toString']);
});
