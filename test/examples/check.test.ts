import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/run/check';

const folder = 'examples';
const examples = readdirSync(folder).filter((name) => name.endsWith('.experiment.json'));

describe('examples', () => {
  it('are there', () => expect(examples).toContain('easy-vs-hard.experiment.json'));

  it.each(examples)('%s has no problem', (name) => {
    const { experiment, problems } = checkExperiment(readFileSync(join(folder, name), 'utf8'));
    expect(problems.map(({ message }) => message)).toEqual([]);
    expect(experiment?.title).not.toBe('');
  });
});
