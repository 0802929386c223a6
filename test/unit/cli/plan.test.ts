import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/verbs/plan';
import { repscopeHere } from '../../support/command-here';
import { repscope, writeExperiment } from '../../support/command-line';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

describe('repscope plan', () => {
  it('says what is to be trained, and after a run what is kept of it', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment());
    const store = join(folder, 'store');
    const before = await repscopeHere(['plan', file, '--store', store]);
    expect({ code: before.code, stderr: before.stderr }).toEqual({ code: 0, stderr: '' });
    expect(before.stdout).toContain('6 replicates: 0 kept, 4 to be trained, 2 that keep');
    expect(before.stdout).toContain('  both: seeds 0, 1\n');
    // A look makes no store.
    expect(existsSync(store)).toBe(false);
    await repscope(['analyze', file, '--json', '--store', store]);
    // Keys know the version, which only what was built has.
    const after = await repscope(['plan', file, '--store', store, '--seeds', '3', '--json']);
    const { plan } = JSON.parse(after.stdout) as Plan;
    expect(plan?.replicates.filter(({ state }) => state === 'kept')).toHaveLength(6);
    expect(plan?.replicates.filter(({ state }) => state === 'train').map(({ seed }) => seed)).toEqual([2, 2]);
  });

  it('says what check says of a file with problems', async () => {
    const file = writeExperiment(scratch(), tinyExperiment({ tasks: { easy: 'e == yess' } }));
    const { code, stdout, stderr } = await repscopeHere(['plan', file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe((await repscopeHere(['check', file])).stdout);
  });
});
