import { describe, expect, it } from 'vitest';
import { applied, type Fix } from '../../../src/language/fixes/fix';
import { patientOf } from '../../../src/language/fixes/fix';
import { fixesOf } from '../../../src/language/fixes/fixes';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { readExperiment } from '../../../src/sources/read-experiment';
import { FEATURES, fileText } from './experiment';

const features = (changes: object): { stimuli: Record<string, unknown> } => ({
  stimuli: { features: { ...FEATURES, ...changes } },
});

/** A file with one problem of a kind, and the title of the fix that mends it. */
const cases: readonly (readonly [code: string, text: string, title: string | RegExp])[] = [
  ['missing-key', '{}', "Add 'stimuli'"],
  ['missing-key', fileText({ networks: undefined }), "Add 'networks'"],
  ['missing-key', fileText({ tasks: undefined }), "Add 'tasks'"],
  ['missing-key', fileText({ stimuli: { features: undefined } }), "Add 'features'"],
  ['missing-key', fileText({ training: { phases: [{}] } }), "Add 'epochs'"],
  ['missing-key', fileText({ training: { stopWhen: {} } }), "Add 'accuracy'"],
  [
    'missing-key',
    fileText(features({ e: { values: ['no', 'yes'], encoding: 'projection' } })),
    "Add 'units'",
  ],
  ['missing-key', fileText({ training: { schedule: {} } }), "Add 'type'"],
  ['missing-key', fileText({ stimuli: { embedding: {} } }), "Add 'units'"],
  [
    'missing-key',
    fileText(
      features({
        shape: { values: ['circle', 'square', 'star'], agrees: { with: 'e == yes', probability: 0.9 } },
      }),
    ),
    "Add 'as'",
  ],
  [
    'missing-key',
    fileText({ stimuli: { features: { h: { bits: 4 } }, enumerate: true, train: 8 }, tasks: { t: 'h[0]' } }),
    "Remove 'train': every set shows the whole design",
  ],
  ['one-of', fileText(features({ e: {} })), "Add 'values'"],
  ['one-of', fileText(features({ e: { values: ['no', 'yes'], bits: 2 } })), "Remove 'bits'"],
  ['empty', fileText({ networks: {} }), "Add 'network'"],
  ['empty', fileText({ tasks: {} }), "Add 'task'"],
  ['empty', fileText({ networks: { net: { tasks: [] } } }), "Remove 'tasks'"],
  ['too-short', fileText(features({ e: { values: ['yes'] } })), "Add the value 'no'"],
  ['wrong-type', fileText({ seeds: '5' }), 'Change to 5'],
  ['wrong-type', fileText({ network: { hidden: 64 } }), 'Change to [64]'],
  ['wrong-type', fileText({ networks: { net: { tasks: 't' } } }), 'Change to ["t"]'],
  [
    'wrong-type',
    fileText(features({ shape: { values: ['circle', 'square', 'star'], prevalence: 0.2 } })),
    'Make all values equally likely',
  ],
  [
    'wrong-length',
    fileText(features({ shape: { values: ['circle', 'square', 'star'], prevalence: [0.5, 0.5] } })),
    'Make all values equally likely',
  ],
  [
    'wrong-sum',
    fileText(features({ shape: { values: ['circle', 'square', 'star'], prevalence: [0.2, 0.2, 0.4] } })),
    'Change to [0.25, 0.25, 0.5], which sum to 1',
  ],
  ['out-of-range', fileText(features({ e: { values: ['no', 'yes'], prevalence: 30 } })), 'Change 30 to 0.3'],
  ['out-of-range', fileText({ training: { epochs: -1 } }), 'Change -1 to 0'],
  ['out-of-range', fileText({ training: { learningRate: 0 } }), 'Change 0 to 0.001'],
  ['out-of-range', fileText({ network: { hidden: [2.5] } }), /^(Change|Reduce) 2.5 to [23]$/],
  ['unknown-key', fileText({ colour: 1 }), "Remove 'colour'"],
  [
    'duplicate-key',
    fileText().replace('"t": "e"', '"t": "e",\n    "t": "shape"'),
    "Remove this 't', keep the first",
  ],
  ['duplicate-name', fileText({ networks: { net: { tasks: ['t', 't'] } } }), "Remove 't'"],
  ['duplicate-name', fileText(features({ e: { values: ['no', 'no', 'yes'] } })), "Remove 'no'"],
  ['duplicate-name', fileText({ networks: { net: {}, Net: {} } }), "Rename to 'Net 2'"],
  [
    'shared-name',
    fileText({ tasks: { shape: 'e' }, networks: { net: { tasks: ['shape'] } } }),
    "Rename to 'shape 2'",
  ],
  ['bad-name', fileText({ tasks: { '': 'e' } }), "Rename to 'task'"],
  ['bad-name', fileText({ networks: { ['n'.repeat(120)]: {} } }), /^Rename to 'n+…?'$/],
  ['unknown-value', fileText({ tasks: { t: 'shape == hexagon' } }), "Add the value 'hexagon' to 'shape'"],
  ['which-value', fileText({ tasks: { t: 'not shape' } }), "Change to 'shape == square'"],
  [
    'which-value',
    fileText({
      ...features({ 'my "hand"': { values: ['left', 'right'] } }),
      tasks: { t: `e and 'my "hand"'` },
    }),
    `Change to ''my "hand"' == right'`,
  ],
  ['index-out-of-range', fileText({ tasks: { t: 'h[4]' } }), "Change to 'h[3]'"],
  [
    'task-in-formula',
    fileText({ tasks: { t: 'e == yes', u: 'not t' } }),
    "Write the formula of 't' in its place",
  ],
  ['cannot-enumerate', fileText({ stimuli: { enumerate: true } }), "Remove 'enumerate'"],
  [
    'design-not-used-up',
    fileText({
      stimuli: { features: { h: { bits: 5 } }, enumerate: true, train: 8, fit: 8, test: 8 },
      tasks: { t: 'h[0]' },
    }),
    'Train on all 16 that are left',
  ],
  [
    'no-input',
    fileText({
      stimuli: { features: { h: { bits: 30, units: 0 }, e: { values: ['no', 'yes'], units: 0 } } },
    }),
    "Give 'h' input units",
  ],
  ['conflict', fileText({ training: { phases: [{ epochs: 1, steps: 2 }] } }), "Remove 'steps'"],
  ['conflict', fileText({ training: { epochs: 1, steps: 2 } }), "Remove 'steps'"],
  [
    'encoding',
    fileText(features({ shape: { values: ['circle', 'square', 'star'], encoding: 'copy' } })),
    "Change to 'onehot'",
  ],
  ['encoding', fileText(features({ h: { bits: 4, encoding: 'onehot' } })), "Change to 'copy'"],
  ['checkpoint-beyond-end', fileText({ training: { epochs: 2, checkpoints: [0, 1, 9] } }), 'Remove 9'],
  ['too-many-steps', fileText({ training: { steps: 1e12 } }), /^Reduce 1000000000000 to \d+$/],
  [
    'impossible-balance',
    fileText({ tasks: { t: 'e', u: 'not e' }, stimuli: { balance: ['t', 'u'] } }),
    "Do not balance 'u'",
  ],
  ['misplaced-key', fileText({ stimuli: { draw: { e: { prevalence: 0.2 } } } }), "Move into 'sets'"],
  [
    'parity-too-large',
    fileText({ stimuli: { train: 64 }, tasks: { t: 'parity(n[0:10])' } }),
    /^Raise 'train' from 64 to \d+$/,
  ],
  [
    'task-not-trained',
    fileText({
      tasks: { t: 'e', u: 'shape' },
      networks: { net: { tasks: ['t'], training: { weights: { u: 2 } } } },
    }),
    "Train 'net' on 'u', too",
  ],
  ['unknown-task', fileText({ networks: { net: { tasks: ['t', 'zzz'] } } }), "Add the task 'zzz'"],
  ['syntax', '', 'Start with a small experiment'],
  ['syntax', fileText().replace('"e"\n  },', '"e"\n  }'), 'Add the comma'],
];

function fixes(text: string, code: string): Fix[] {
  const parsed = parseExperiment(text);
  const problem = parsed.reading.problems.find((one) => one.code === code);
  if (!problem) throw new Error(`No problem ${code}: ${JSON.stringify(parsed.reading.problems)}`);
  return fixesOf(patientOf(parsed), problem);
}

describe('the quick fix of each kind of problem', () => {
  it.each(cases)('%s in %s: %s', (code, text, title) => {
    const offered = fixes(text, code);
    const fix = offered.find((one) =>
      typeof title === 'string' ? one.title === title : title.test(one.title),
    );
    expect(fix, `of ${offered.map((one) => one.title).join('; ') || 'none'}`).toBeDefined();
    const after = applied(text, fix?.edits ?? []);
    const before = readExperiment(text).problems.filter((one) => one.code === code);
    const left = readExperiment(after).problems.filter((one) => one.code === code || one.code === 'syntax');
    expect(left.length, JSON.stringify(left)).toBeLessThan(before.length);
    // The whole file can be read where this was its only problem.
    if (text !== '{}' && title !== "Add 'features'")
      expect(readExperiment(after).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('renames a task wherever it is named', () => {
    const text = fileText({
      tasks: { shape: 'e', t: 'h[0]' },
      stimuli: { balance: ['shape'] },
      training: { weights: { shape: 2 } },
      networks: { net: { tasks: ['shape', 't'] } },
    });
    const [fix] = fixes(text, 'shared-name');
    const { experiment, problems } = readExperiment(applied(text, fix?.edits ?? []));
    expect(problems).toEqual([]);
    expect(experiment?.networks[0].tasks).toEqual(['shape 2', 't']);
  });

  it('keeps comments, and holds where commas trail', () => {
    const text = `{
  // one
  "stimuli": { "features": { "e": { "values": ["no", "yes"], }, "n": { "bits": 20 }, }, },
  "tasks": { "t": "e", }, // two
}
`;
    const [fix] = fixes(text, 'missing-key');
    const after = applied(text, fix?.edits ?? []);
    expect(readExperiment(after).problems).toEqual([]);
    for (const comment of ['// one', '// two']) expect(after).toContain(comment);
  });
});
