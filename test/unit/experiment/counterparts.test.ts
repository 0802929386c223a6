import { expect, it } from 'vitest';
import { preparedCounterparts } from '../../../src/run/prepared-counterparts';
import type { CounterpartsSpec, ExperimentFile } from '../../../src/experiment/file';
import { readExperiment } from '../../../src/sources/read-experiment';
import type { Label } from '../../../src/core/label';
import { drawStimuli, type StimulusSets } from '../../../src/stimuli/draw-stimuli';
import type { StimulusSet } from '../../../src/stimuli/stimulus-set';
import { tinyExperiment } from '../../support/tiny-experiment';

function readOf(file: ExperimentFile, spec: CounterpartsSpec) {
  const text = JSON.stringify({ ...file, analyses: { ...file.analyses, counterparts: { pair: spec } } });
  return readExperiment(text);
}

const facts: ExperimentFile = {
  stimuli: {
    seed: 0,
    documents: { reversals: { entities: 12, relations: 2, heldOut: 6, together: 0.125, affixes: 4 } },
  },
  network: { transformer: { layers: 1, width: 8, heads: 2 } },
  networks: { both: {} },
  analyses: { at: 'role == relation' },
};

function prepared(spec: CounterpartsSpec) {
  const { experiment, problems } = readOf(facts, spec);
  if (!experiment?.analyses.counterparts) throw new Error(problems.map(({ message }) => message).join());
  const sets = drawStimuli(experiment);
  const [found] = experiment.analyses.counterparts.map((one) =>
    preparedCounterparts(one, sets, experiment.stimuli),
  );
  return { found, sets };
}

/** What a label says of each fit stimulus, then of each test stimulus. */
function said(sets: { fit: StimulusSet; test: StimulusSet }, name: string): string[] {
  return [sets.fit, sets.test].flatMap(({ features }) => {
    const label = features.find((one) => one.name === name);
    return Array.from(label?.values ?? [], (value) => label?.classes[value] ?? '');
  });
}

it('are the stimuli of each side that have the same item, by what labels say of them', () => {
  const { found, sets } = prepared({
    of: 'fact',
    one: 'kind == forward',
    other: 'kind == inverse and seen == heldOut',
    within: 'relation',
  });
  const [fact, kind, seen, relation] = ['fact', 'kind', 'seen', 'relation'].map((name) => said(sets, name));
  const reversed = fact.filter((_, row) => kind[row] === 'inverse' && seen[row] === 'heldOut');
  expect(found.items).toBe(6);
  expect(new Set(reversed).size).toBe(6);
  const isOn = [
    (row: number) => kind[row] === 'forward' && reversed.includes(fact[row]),
    (row: number) => kind[row] === 'inverse' && seen[row] === 'heldOut',
  ];
  for (const [side, of] of found.sides.entries())
    expect(Array.from(of, (item) => item >= 0)).toEqual(fact.map((_, row) => isOn[side](row)));
  // An item is one fact, and a group one relation.
  const facts = Array.from({ length: 6 }, (_, item) =>
    found.sides.map((of) => new Set(fact.filter((__, row) => of[row] === item))),
  );
  for (const [one, other] of facts) expect([...one]).toEqual([...other]);
  const relations = Array.from({ length: 6 }, (_, item) => relation[found.sides[0].indexOf(item)]);
  expect(new Set(relations).size).toBe(Math.max(...found.groups) + 1);
  expect(new Set(relations.map((name, item) => `${name} ${found.groups[item]}`)).size).toBe(
    new Set(relations).size,
  );
});

it('have the items of one label on one side and of another on the other, and no item of nothing', () => {
  const { found, sets } = prepared({ of: ['subject', 'object'] });
  const [subject, object] = ['subject', 'object'].map((name) => said(sets, name));
  const both = new Set(subject.filter((one) => object.includes(one)));
  expect(found.items).toBe(both.size);
  found.sides[0].forEach((item, row) => expect(item >= 0).toBe(both.has(subject[row])));
  expect(both.has('none')).toBe(false);
});

it('are none, and say why, without items on both sides or with several values of what they are within', () => {
  expect(prepared({ of: 'fact', one: 'kind == forward', other: 'entity == e0' }).found.why).toBe(
    "Of 'pair' no item has stimuli on both sides, and 4 are needed.",
  );
  expect(
    prepared({ of: 'subject', one: 'kind == forward', other: 'kind == inverse', within: 'fact' }).found.why,
  ).toMatch(/has several values of 'fact' on one side of 'pair'\.$/);
});

it.each([
  ['of an unknown label', { of: 'fackt', one: 'e == yes' }, 'unknown-label'],
  ['of real numbers', { of: 'z', one: 'e == yes' }, 'vector'],
  ['of the same stimuli on both sides', { of: 'shape' }, 'same-sides'],
  ['by a formula of what there is not', { of: 'shape', one: 'x == yes' }, 'unknown-feature'],
  ['within an unknown label', { of: 'shape', one: 'e == yes', within: 'eazy' }, 'unknown-label'],
])('have a problem: %s', (_, spec, code) => {
  const file = tinyExperiment({});
  const features = { ...file.stimuli.features, z: { gaussian: 1 }, shape: { values: ['a', 'b', 'c'] } };
  const { problems } = readOf({ ...file, stimuli: { ...file.stimuli, features } }, spec);
  expect(problems.map((one) => one.code)).toEqual([code]);
});

it('are not of more items than every two of can be compared', () => {
  const n = 4004;
  const { experiment } = readOf(facts, { of: 'entity', one: 'kind == forward', other: 'kind == inverse' });
  const counterparts = experiment?.analyses.counterparts?.[0];
  if (!counterparts) throw new Error('There are none.');
  const classes = Array.from({ length: n / 4 }, (_, item) => `e${item}`);
  const entity = {
    ...{ name: 'entity', classes },
    values: Float32Array.from({ length: n }, (_, row) => Math.floor(row / 4)),
  } as unknown as Label;
  const set = { tasks: [], features: [entity], inputs: { rows: n } } as unknown as StimulusSet;
  const sides = counterparts.sides.map((side) => ({ ...side, where: null }));
  const found = preparedCounterparts(
    { ...counterparts, sides: [sides[0], sides[1]] },
    { fit: set, test: set, coincide: true } as unknown as StimulusSets,
    { features: [] },
  );
  expect(found.why).toBe(
    "'pair' has 1,001 items on both sides, and at most 1,000 are compared: choose fewer by 'one' and 'other'.",
  );
});
