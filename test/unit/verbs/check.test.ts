import { describe, expect, it } from 'vitest';
import { nothingBrought } from '../../../src/experiment/brought';
import { check } from '../../../src/verbs/check';
import { UserError } from '../../../src/verbs/user-error';
import { tinyExperiment } from '../../support/tiny-experiment';

const brought = () => nothingBrought;
const checked = (file: string) => check.run({ file }, { text: (asked) => Promise.resolve(asked), brought });

describe('check', () => {
  it('finds nothing in a file that can be analysed', async () => {
    expect(await checked(JSON.stringify(tinyExperiment()))).toEqual({ problems: [] });
  });

  it('finds what is wrong in the text, and what only the drawing of the stimuli shows', async () => {
    const constant = tinyExperiment({ tasks: { easy: 'e == yes or e == no', hard: 'parity(h)' } });
    const [problem] = (await checked(JSON.stringify(constant, null, 2))).problems;
    expect(problem).toMatchObject({ severity: 'error', range: { start: { character: 12 } } });
    const features = { e: { values: ['no', 'yes'] }, h: { bits: 2 } };
    const small = tinyExperiment({ stimuli: { features, train: 128, fit: 64, test: 64 } });
    expect((await checked(JSON.stringify(small))).problems[0]).toMatchObject({ severity: 'error' });
  });

  it('of a file that cannot be read fails as its reading does', async () => {
    const refused = new UserError('Cannot read it.');
    await expect(check.run({ file: 'it' }, { text: () => Promise.reject(refused), brought })).rejects.toBe(
      refused,
    );
  });
});
