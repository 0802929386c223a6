import { describe, expect, it } from 'vitest';
import { findDefinition } from '../../../src/language/find-definition';
import { placeOf } from '../../../src/language/hazard-places';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { subjectAt } from '../../../src/language/subject';
import { suggest } from '../../../src/language/suggest';
import { pointed } from './experiment';

const FEATURES = `"features": { "e": { "values": ["no", "yes"] }, "shape": { "values": ["circle", "star"] },
  "h": { "bits": 3 }, "z": { "gaussian": 1 }, "my \\"f\\"": { "values": ["a b", "c"] }, "y": { "gaussian": 1 } }`;

function file(parts: { stimuli?: string; tasks?: string; rest?: string }): string {
  const {
    stimuli = '',
    tasks = '"easy": "e", "hard": "parity(h)"',
    rest = '"networks": { "net": {} }',
  } = parts;
  return `{\n  // what is shown\n  "stimuli": { ${FEATURES}${stimuli} },\n  "tasks": { ${tasks} },\n  ${rest}\n}`;
}

function at(text: string): ReturnType<typeof subjectAt> {
  const { parsed, offset } = pointed(text);
  return subjectAt(parsed, offset);
}

describe('what stands at a place', () => {
  it.each([
    [file({ tasks: '"ea|sy": "e"' }), { kind: 'task', name: 'easy' }],
    [file({ tasks: '"easy": "par|ity(h)"' }), { kind: 'task', name: 'easy' }],
    [file({ tasks: '"easy": "parity(|h)"' }), { kind: 'feature', name: 'h' }],
    [file({ tasks: '"easy": "shape == st|ar"' }), { kind: 'value', feature: 'shape', index: 1 }],
    [file({ tasks: `"easy": "'my \\"f|\\"' == c"` }), { kind: 'feature', name: 'my "f"' }],
    [file({ rest: '"networks": { "ne|t": {} }' }), { kind: 'network', name: 'net' }],
    [file({ rest: '"networks": { "net": { "tasks": ["ea|sy"] } }' }), { kind: 'task', name: 'easy' }],
    [
      file({ rest: '"network": { "hidden": [8, 1|6] }, "networks": { "net": {} }' }),
      { kind: 'layer', network: null, index: 1 },
    ],
    [
      file({ rest: '"networks": { "net": { "network": { "hidden": [|8] } } }' }),
      { kind: 'layer', network: 'net', index: 0 },
    ],
    [file({ rest: '"see|ds": 5, "networks": { "net": {} }' }), { kind: 'seeds' }],
    [file({ rest: '"seeds": |5, "networks": { "net": {} }' }), { kind: 'seeds' }],
    [
      file({ rest: '"networks": { "net": { "training": { "optimizer": "ad|am" } } }' }),
      { kind: 'optimizer', network: 'net' },
    ],
    [file({ stimuli: ', "balance": ["ha|rd"]' }), { kind: 'task', name: 'hard' }],
    [
      file({ rest: '"analyses": { "selectivity": { "labels": ["h[|2]"] } }, "networks": { "net": {} }' }),
      { kind: 'feature', name: 'h' },
    ],
  ])('%#', (text, subject) => {
    expect(at(text)).toMatchObject(subject);
  });

  it.each([
    file({ tasks: '"easy": |"e"' }).replace('"stimuli"', '"sti|muli"').replace(': |"e"', ': "e"'),
    file({ rest: '"networks": { "net": { "ta|sks": ["easy"] } }' }),
    '|',
    '{ "tasks": { |',
  ])('is nothing elsewhere: %#', (text) => {
    expect(at(text)).toBeNull();
  });

  it('are settings of a sweep, with what they are, at their paths', () => {
    const found = at(file({ rest: '"sweep": { "training.drop|out": [0, 0.1] }' }));
    expect(found).toMatchObject({
      kind: 'sweep',
      setting: {
        path: 'training.dropout',
        says: 'Probability with which a hidden unit is dropped in training.',
      },
    });
    expect(at(file({ rest: '"sweep": { "training.dropout": [0, 0|.1] }' }))).not.toHaveProperty('setting');
  });
});

describe('places of hazards', () => {
  const { outline } = parseExperiment(file({ rest: '"networks": { "net": {} }, "analyses": { "rdm": {} }' }));
  it.each([
    [{ network: 'net', task: 'hard', layer: 'hidden1' }, ['tasks', 'hard']],
    [{ network: 'net', label: 'h' }, ['stimuli', 'features', 'h']],
    [{ network: 'net', label: 'gone' }, ['networks', 'net']],
    [{ network: 'net', simpler: 'other', metric: 'cosine' }, ['networks', 'net']],
    [{ metric: 'cosine' }, ['analyses', 'rdm']],
    [{}, ['stimuli']],
  ])('%j: %j', (where, path) => {
    const hazard = { rule: '', severity: 'info', value: 1, threshold: 1, message: '', advice: '' } as const;
    expect(placeOf({ ...hazard, where }, outline)).toEqual(path);
  });
});

describe('definitions', () => {
  function defined(text: string): string | null {
    const { parsed, offset } = pointed(text);
    const found = findDefinition(parsed, offset);
    return found && parsed.text.slice(found.name.start, found.name.end);
  }

  it('lead from a formula to its feature and value, and from lists to tasks', () => {
    expect(defined(file({ tasks: '"easy": "parity(h|)"' }))).toBe('"h"');
    expect(defined(file({ tasks: '"easy": "shape == star|"' }))).toBe('"star"');
    expect(defined(file({ tasks: `"easy": "'my \\"f\\"' == '|a b'"` }))).toBe('"a b"');
    expect(defined(file({ rest: '"networks": { "net": { "tasks": ["|hard"] } }' }))).toBe('"hard"');
    expect(defined(file({ stimuli: ', "balance": ["|easy"]' }))).toBe('"easy"');
    expect(defined(file({ rest: '"seeds": |3, "networks": { "net": {} }' }))).toBeNull();
    expect(defined(file({ rest: '"networks": { "net": { "tasks": ["|nothing"] } }' }))).toBeNull();
  });

  it('span the key and its value', () => {
    const { parsed, offset } = pointed(file({ tasks: '"easy": "e|"' }));
    const found = findDefinition(parsed, offset);
    expect(found && parsed.text.slice(found.whole.start, found.whole.end)).toBe(
      '"e": { "values": ["no", "yes"] }',
    );
    expect(found && parsed.text.slice(found.origin.start, found.origin.end)).toBe('e');
  });
});

describe('suggestions', () => {
  function suggested(text: string): { labels: string[]; apply: (label: string) => string | undefined } {
    const { parsed, offset } = pointed(text);
    const found = suggest(parsed, offset);
    return {
      labels: found.map((one) => one.label),
      apply: (label) => {
        const one = found.find((each) => each.label === label);
        return one && parsed.text.slice(0, one.span.start) + one.text + parsed.text.slice(one.span.end);
      },
    };
  }
  const formula = (text: string): ReturnType<typeof suggested> =>
    suggested(file({ tasks: `"easy": "${text}"` }));

  it('name features and functions where a formula begins', () => {
    const { labels, apply } = formula('|');
    expect(labels).toEqual(expect.arrayContaining(['e', 'shape', 'h', 'my "f"', 'xor', 'parity', 'not']));
    expect(labels).not.toContain('and');
    expect(labels).not.toContain('easy');
    expect(apply('shape')).toContain('"easy": "shape"');
    expect(apply('parity')).toContain('"easy": "parity($1)"');
    expect(apply('my "f"')).toContain(`"easy": "'my \\"f\\"'"`);
  });

  it('name the settings that a sweep can vary, with what they are, but for those that it varies', () => {
    const swept = (text: string): ReturnType<typeof suggested> =>
      suggested(file({ rest: `"networks": { "net": {} }, "sweep": { "training.epochs": [1], ${text} }` }));
    const { labels, apply } = swept('"|"');
    expect(labels).toEqual(
      expect.arrayContaining([
        'training.dropout',
        'network.hidden',
        'stimuli.features.e.prevalence',
        'stimuli.features.e.agrees.probability',
        'networks.net.training.learningRate',
        'tasks.easy',
      ]),
    );
    expect(labels).not.toContain('training.epochs');
    // A feature of values has no bits.
    expect(labels).not.toContain('stimuli.features.e.bits');
    expect(labels.some((label) => label.startsWith('analyses'))).toBe(false);
    expect(apply('training.dropout')).toContain('[1], "training.dropout" }');
    const { parsed, offset } = pointed(file({ rest: '"sweep": { "|" }' }));
    const dropout = suggest(parsed, offset).find(({ label }) => label === 'training.dropout');
    expect(dropout?.detail).toBe('Probability with which a hidden unit is dropped in training.');
  });

  it('are settings of which every one can be varied', () => {
    const { parsed, offset } = pointed(file({ rest: '"sweep": { "|" }' }));
    const paths = suggest(parsed, offset).map(({ label }) => label);
    const wrong = paths.filter((path) => {
      const { problems } = pointed(file({ rest: `"sweep": { "${path}": [0]| }` })).parsed.reading;
      return problems.some(({ code }) => code === 'not-varied' || code.startsWith('unknown'));
    });
    expect(paths.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });

  it('name what a feature can make of a picture’s object', () => {
    const image = (values: string): ReturnType<typeof suggested> =>
      suggested(
        `{ "stimuli": { "image": {}, "features": { "f": { "shows": "texture", "values": [${values}] } } } }`,
      );
    expect(image('"plain", "|"').labels).toEqual(expect.arrayContaining(['checkered', 'striped']));
    expect(image('"plain", "|"').labels).not.toContain('plain');
    expect(image('"plain", "|"').apply('dotted')).toContain('["plain", "dotted"]');
  });

  it('replace the word that is being written, whole', () => {
    expect(formula('e and sh|ap').apply('shape')).toContain('"e and shape"');
    expect(formula('parity(h|)').apply('h')).toContain('"parity(h)"');
    expect(formula(`e and 'my|`).apply('my "f"')).toContain(`"e and 'my \\"f\\"'"`);
    expect(formula(`'my|' == c`).apply('my "f"')).toContain(`"'my \\"f\\"' == c"`);
  });

  it('name the values of what is compared', () => {
    expect(formula('shape == |').labels).toEqual(['circle', 'star']);
    expect(formula('e and shape != s|').labels).toEqual(['circle', 'star']);
    expect(formula(`'my \\"f\\"' == |`).apply('a b')).toContain(`== 'a b'"`);
  });

  it('name operators behind a name, and bits behind a bracket', () => {
    expect(formula('shape |').labels).toEqual(expect.arrayContaining(['and', 'or', '==']));
    expect(formula('shape |').labels).not.toContain('e');
    expect(formula('h[|').labels).toEqual(['0', '1', '2']);
    expect(formula('parity(h[0:|])').labels).toEqual(['1', '2', '3']);
  });

  it('name tasks in lists, those not listed yet', () => {
    const net = (list: string): string => file({ rest: `"networks": { "net": { "tasks": [${list}] } }` });
    expect(suggested(net('|')).labels).toEqual(['easy', 'hard']);
    expect(suggested(net('|')).apply('hard')).toContain('"tasks": ["hard"]');
    expect(suggested(net('"easy", "|"')).labels).toEqual(['hard']);
    expect(suggested(net('"easy", "ha|"')).apply('hard')).toContain('["easy", "hard"]');
    expect(suggested(file({ stimuli: ', "balance": ["|"]' })).labels).toEqual(['easy', 'hard']);
  });

  it('name tasks, features and bits as labels', () => {
    const text = file({
      rest: '"analyses": { "selectivity": { "labels": ["|"] } }, "networks": { "net": {} }',
    });
    expect(suggested(text).labels).toEqual(expect.arrayContaining(['easy', 'e', 'h', 'h[2]']));
  });

  it('keep to the feature itself in "as", to its kind in "correlates", and add tasks in "with"', () => {
    const inFeature = (key: string): string =>
      file({}).replace('"bits": 3', `"bits": 3, ${key}`).replace('"e": { "values"', '"e": { "values"');
    const as = suggested(inFeature('"agrees": { "as": "|" }'));
    expect(as.labels).toContain('h');
    expect(as.labels).not.toContain('e');
    expect(suggested(inFeature('"agrees": { "with": "|" }')).labels).toEqual(
      expect.arrayContaining(['e', 'easy']),
    );
    const correlates = file({}).replace(
      '"gaussian": 1 }, "my',
      '"gaussian": 1, "correlates": { "with": "|" } }, "my',
    );
    expect(suggested(correlates).labels).toEqual(['y']);
  });

  it('name keys that are names', () => {
    const text = file({ rest: '"training": { "weights": { "|": 1 } }, "networks": { "net": {} }' });
    expect(suggested(text).labels).toEqual(['easy', 'hard']);
    const probe = '"analyses": { "probe": { "conflict": [{ "|": 0.9 }] } }, "networks": { "net": {} }';
    expect(suggested(file({ rest: probe })).labels).toEqual(expect.arrayContaining(['easy', 'hard', 'e']));
  });

  it('are silent where the schema speaks, and in broken files they go on', () => {
    expect(
      suggested(file({ rest: '"training": { "optimizer": "|" }, "networks": { "net": {} }' })).labels,
    ).toEqual([]);
    expect(suggested('{ "tit|le": 1 }').labels).toEqual([]);
    expect(suggested(`{ "stimuli": { ${FEATURES} }, "tasks": { "x": "sh|`).labels).toContain('shape');
  });
});
