import { describe, expect, it } from 'vitest';
import { readExperiment } from '../../../src/sources/read-experiment';
import { valuesOf } from '../../../src/run/values';
import { compare } from '../../../src/verbs/compare';
import { hazards } from '../../../src/verbs/hazards';
import { UserError } from '../../../src/verbs/user-error';
import { values } from '../../../src/verbs/values';
import type { NamedRun } from '../../../src/verbs/verb';
import { tinyExperiment } from '../../support/tiny-experiment';
import { plainNames, synthetic } from '../../webview/synthetic';

const { results } = synthetic(plainNames);

/** Two runs, of which the second has other seeds. */
const kept = (run: string): Promise<NamedRun> => {
  const { experiment } = readExperiment(JSON.stringify(tinyExperiment({ seeds: run === 'here' ? 2 : 3 })));
  if (run === 'unread') return Promise.resolve({ name: run, results });
  return experiment
    ? Promise.resolve({ name: `the run ${run}`, results, experiment })
    : Promise.reject(new UserError('It has errors.'));
};

describe('values', () => {
  it('are all numbers of the table, or those at the places that are named', async () => {
    const all = await values.run({ run: 'here' }, { kept });
    expect(all.title).toBe(results.title);
    expect(all.values).toHaveLength(valuesOf(results).count);
    const some = await values.run({ run: 'here', measure: ['accuracy'], seed: ['0', '1'] }, { kept });
    expect(some.values).toEqual(
      all.values.filter(({ measure, seed }) => measure === 'accuracy' && ['0', '1'].includes(seed ?? '')),
    );
    expect(some.values.length).toBeGreaterThan(0);
    // What is infinite is a word: the answer is plain data.
    expect(all.values.every(({ value }) => typeof value !== 'number' || Number.isFinite(value))).toBe(true);
  });

  it('of a name that the run does not have are refused, with those that it has', async () => {
    await expect(values.run({ run: 'here', source: ['bot'] }, { kept })).rejects.toThrow(
      new UserError(
        "There is no source 'bot' in this run. It has 'both', 'easy only', 'hard only', 'untrained'.",
      ),
    );
  });
});

describe('hazards', () => {
  it('are those of the results', async () => {
    const found = await hazards.run({ run: 'here' }, { kept });
    expect(found).toEqual({ title: results.title, hazards: results.hazards });
  });
});

describe('compare', () => {
  it('subtracts a run from another, under the names that they go by', async () => {
    const [found] = await compare.run({ run: 'here', others: ['there'] }, { kept });
    expect([found.name, found.other, found.confidence]).toEqual([
      'the run here',
      'the run there',
      results.confidence,
    ]);
    expect(found.rows.every(({ difference }) => difference === null || difference === 0)).toBe(true);
    expect(found.changes).toEqual([{ path: ['seeds'], here: '2', there: '3' }]);
  });

  it('subtracts several runs, with networks that are paired by name', async () => {
    const [first, last] = results.networks.map(({ name }) => name);
    const pair = [`${first}=${last}`];
    const found = await compare.run({ run: 'here', others: ['there', 'unread'], pair }, { kept });
    expect(found.map(({ other }) => other)).toEqual(['the run there', 'unread']);
    for (const { paired } of found) expect(paired).toEqual([{ here: first, there: last }]);
    await expect(compare.run({ run: 'here', others: ['there'], pair: ['x=y'] }, { kept })).rejects.toThrow(
      /^'x=y' pairs no two networks: write HERE=THERE with one of /,
    );
  });

  it('says nothing of what was changed where an experiment is not known', async () => {
    const [found] = await compare.run({ run: 'here', others: ['unread'] }, { kept });
    expect(found).not.toHaveProperty('changes');
  });
});
