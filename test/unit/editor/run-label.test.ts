import { describe, expect, it } from 'vitest';
import { apartOf, runLabel } from '../../../src/editor/run-label';
import type { RunRecord } from '../../../src/editor/run-records';

const record: RunRecord = {
  ...{ id: 'a', uri: 'file:///a', title: 'T', status: 'done', startedAt: 0, finishedAt: 1, seeds: 5 },
  ...{ networks: 1, quick: false, finished: 5, planned: 5, fingerprint: '', hazards: 0, summary: '' },
};
const file = { name: 'tiny', place: '/lab/tiny.experiment.json', apart: '' };
const label = (changes: Partial<RunRecord>, apart = '') =>
  runLabel({ ...record, ...changes }, { ...file, apart }, undefined);

describe('a run in the list', () => {
  it('has a tick only where all replicates are finished, and says how many are', () => {
    expect(label({}).icon).toBe('pass');
    expect(label({}).description).toMatch(/ · 5 seeds$/);
    expect(label({ finished: 2 })).toMatchObject({ icon: 'warning' });
    expect(label({ finished: 2 }).description).toMatch(/ · 2 of 5 seeds$/);
    const several = label({ networks: 3, finished: 7, planned: 9, seeds: 3 });
    expect(several.icon).toBe('warning');
    expect(several.description).toMatch(/ · 7 of 9 replicates$/);
    expect(several.spoken).toMatch(/^tiny, done, .*, 7 of 9 replicates$/);
    expect(label({ status: 'cancelled', finished: 2 }).icon).toBe('circle-slash');
  });

  it('has the name that the user gave it, beside that of its file and its folder', () => {
    expect(label({ name: 'baseline' }, 'lab')).toMatchObject({ label: 'baseline' });
    expect(label({ name: 'baseline' }, 'lab').description).toMatch(/^tiny · lab · /);
    expect(label({}, 'lab').description).toMatch(/^lab · /);
  });

  it('shows how far it is while it goes on', () => {
    expect(runLabel({ ...record, status: 'running' }, file, 0.456).description).toMatch(/^45 % · /);
  });
});

describe('files of the same name', () => {
  it('are told apart by the last folders that differ', () => {
    const paths = ['/x/one/a/f.json', '/x/two/a/f.json', '/x/b/f.json', '/x/g.json', '/f.json'];
    expect(paths.map((path) => apartOf(path, paths))).toEqual(['one/a', 'two/a', 'b', '', '/']);
    expect(apartOf('/x/f.json', ['/x/f.json', '/x/f.json'])).toBe('');
  });
});
