import { describe, expect, it } from 'vitest';
import type { Fix } from '../../../src/language/fixes/fix';
import { patientOf } from '../../../src/language/fixes/fix';
import { fixesOf } from '../../../src/language/fixes/fixes';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { readExperiment } from '../../../src/sources/read-experiment';
import { fileText } from './experiment';

function fixes(text: string, code: string): { fix: Fix; after: string; codes: string[] }[] {
  const parsed = parseExperiment(text);
  const problem = parsed.reading.problems.find((one) => one.code === code);
  if (!problem) throw new Error(`There is no problem ${code}: ${JSON.stringify(parsed.reading.problems)}`);
  return fixesOf(patientOf(parsed), problem).map((fix) => {
    const edits = [...fix.edits].sort((a, b) => b.start - a.start);
    const after = edits.reduce(
      (one, { start, end, text: to }) => one.slice(0, start) + to + one.slice(end),
      text,
    );
    return { fix, after, codes: readExperiment(after).problems.map((one) => one.code) };
  });
}

describe('quick fixes', () => {
  it('change to the nearest name', () => {
    const [first] = fixes(fileText({ tasks: { t: 'shap == star' } }), 'unknown-feature');
    expect(first.fix.title).toBe("Change to 'shape'");
    expect(first.fix.isPreferred).toBe(true);
    expect(first.codes).toEqual([]);
  });

  it('add the missing task or feature', () => {
    const task = fixes(fileText({ networks: { net: { tasks: ['t', 'second "one"'] } } }), 'unknown-task');
    const added = task.find(({ fix }) => fix.title.startsWith('Add the task'));
    expect(added?.codes).toEqual([]);
    expect(readExperiment(added?.after ?? '').experiment?.tasks.map((one) => one.name)).toEqual([
      't',
      'second "one"',
    ]);
    const feature = fixes(fileText({ tasks: { t: 'colour' } }), 'unknown-feature');
    expect(feature.find(({ fix }) => fix.title === "Add the feature 'colour'")?.codes).toEqual([]);
  });

  it('train a network on a task that none has', () => {
    const text = fileText({ tasks: { t: 'e', u: 'shape' }, networks: { net: { tasks: ['t'] } } });
    const [first] = fixes(text, 'task-not-trained');
    expect(first.fix.title).toBe("Train 'net' on 'u', too");
    expect(first.codes).toEqual([]);
  });

  it('reduce a size until it fits', () => {
    const wide = fixes(fileText({ network: { hidden: [64, 60000, 60000] } }), 'too-large');
    expect(wide).toHaveLength(1);
    expect(wide[0].fix.title).toMatch(/^Reduce to at most \d+$/);
    expect(wide[0].codes).not.toContain('too-large');
    const many = fileText({
      stimuli: { features: { h: { bits: 8 } }, train: 500, fit: 20, test: 20 },
      tasks: { t: 'h[0]' },
    });
    expect(fixes(many, 'too-few-rows')[0].codes).toEqual([]);
  });

  it('remove a key that does nothing, and keep comments', () => {
    const text = fileText({ analyses: { probe: { transfer: true } } }).replace(
      '"analyses"',
      '// kept\n  "analyses"',
    );
    const [first] = fixes(text, 'no-effect');
    expect(first.codes).toEqual([]);
    expect(first.after).toContain('// kept');
  });
});
