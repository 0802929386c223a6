import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/run/check';

const folder = 'examples';
const examples = readdirSync(folder).filter((name) => name.endsWith('.experiment.json'));

describe('examples', () => {
  it('are there', () => expect(examples).toContain('easy-vs-hard.experiment.json'));

  it.each(examples)('%s has no problem', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const { experiment, problems } = checkExperiment(text);
    // Where many stimuli are asked for, a check says that it did not try to draw them.
    const wrong = problems.filter(({ message }) => !message.startsWith('This check did not try'));
    expect(wrong.map(({ message }) => message)).toEqual([]);
    expect(experiment?.title).not.toBe('');
    // What the list of examples says beside the title.
    expect(text.split('\n//\n', 1)[0]).toMatch(/^\/\/ [^\n]{20,140}\?/);
  });
});
