import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columns } from '../../../src/cli/text';
import type { Explanation } from '../../../src/verbs/explain';
import { repscopeHere } from '../../support/command-here';
import { writeExperiment } from '../../support/command-line';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

describe('repscope explain', () => {
  it('prints a page of 80 columns, with everything that the file names', async () => {
    const { code, stdout, stderr } = await repscopeHere(['explain', 'examples/easy-vs-hard.experiment.json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(80);
    for (const head of [
      'Easy and hard features',
      'Stimuli',
      'Feature h noise',
      'Task hard: parity(h)',
      'Network both',
      'Run',
    ])
      expect(lines).toContain(head);
    expect(stdout).toContain('  Parameters: 53,890\n');
    expect(stdout.endsWith('\n\n')).toBe(false);
  });

  it('prints with --json the same numbers, and nothing else', async () => {
    const file = writeExperiment(scratch(), tinyExperiment());
    const { code, stdout } = await repscopeHere(['explain', file, '--json']);
    expect(code).toBe(0);
    const { problems, experiment } = JSON.parse(stdout) as Explanation;
    expect(problems).toEqual([]);
    expect(experiment?.networks.map(({ name, parameters }) => [name, parameters])).toEqual([
      ['both', 13 * 8 + 9 * 2],
      ['easy only', 13 * 8 + 9],
      ['untrained', 13 * 8 + 9 * 2],
    ]);
  });

  it('says what check says of a file with problems, and ends as check does', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, tinyExperiment({ tasks: { easy: 'e == yess' } }));
    const checked = await repscopeHere(['check', file]);
    const explained = await repscopeHere(['explain', file]);
    expect(checked.code).toBe(1);
    expect(explained).toEqual({ code: 1, stdout: '', stderr: checked.stdout });
    const absent = await repscopeHere(['explain', join(folder, 'absent.json')]);
    expect(absent.code).toBe(1);
    expect(absent.stderr).toMatch(/^Cannot read .*absent\.json: ENOENT\.\n$/);
  });

  it('shows names and does not obey them', async () => {
    const name = '\u001b[31mred\u202e\n';
    const experiment = tinyExperiment({ title: name, networks: { [name]: {} } });
    const { code, stdout } = await repscopeHere(['explain', writeExperiment(scratch(), experiment)]);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(stdout).toContain('Network \\u001b[31mred\\u202e\\u000a\n');
  });
});
