import { expect, it } from 'vitest';
import { describeSubject } from '../../../src/language/describe-subject';
import { findDefinition } from '../../../src/language/find-definition';
import { patientOf } from '../../../src/language/fixes/fix';
import { fixesOf } from '../../../src/language/fixes/fixes';
import { inlineResults } from '../../../src/language/inline-results';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { subjectAt } from '../../../src/language/subject';
import { suggest } from '../../../src/language/suggest';
import { Budget } from '../../../src/experiment/budget';
import { stream } from '../../../src/core/stream';
import { MEMBERS, hostile } from '../experiment/hostile';
import { synthetic } from '../../webview/synthetic';

const { results } = synthetic();

/** All that the editor says of a text, at some places of it. */
function lookAt(text: string, offsets: readonly number[]): void {
  const parsed = parseExperiment(text);
  inlineResults(parsed, results);
  const patient = patientOf(parsed);
  for (const problem of parsed.reading.problems) fixesOf(patient, problem);
  for (const offset of offsets) {
    suggest(parsed, offset);
    findDefinition(parsed, offset);
    const subject = subjectAt(parsed, offset);
    const { outline, reading } = parsed;
    if (subject)
      describeSubject(subject, {
        experiment: reading.experiment,
        outline,
        known: null,
        theme: 'dark',
        now: 0,
      });
  }
}

it('no provider throws over hostile files', () => {
  for (let number = 0; number < 23; number++) {
    const { kind, text } = hostile(number);
    const random = stream('places', number);
    const offsets = [0, text.length, ...Array.from({ length: 6 }, () => random.below(text.length + 1))];
    expect(() => lookAt(text.slice(0, 60_000), offsets), `${number} (${kind})`).not.toThrow();
  }
});

it.each(['stimuli', 'tasks', 'network', 'training', 'networks', 'analyses'])(
  'no provider throws where %s is a number, a list or a text',
  (key) => {
    const whole = {
      stimuli: { features: { e: { values: ['no', 'yes'] } }, balance: ['u'] },
      tasks: { t: 'e or f' },
      networks: { n: { tasks: ['u'] } },
    };
    for (const value of [5, [], [5], 'x', null, { a: 5 }, { a: [] }]) {
      const text = JSON.stringify({ ...whole, [key]: value });
      const offsets = Array.from({ length: 12 }, (_, i) => Math.floor((i / 12) * text.length));
      expect(() => lookAt(text, offsets), text).not.toThrow();
    }
  },
);

it('hundreds of problems take no more steps than a look may', () => {
  const names = Array.from({ length: 200 }, (_, i) => `unknown name number ${i}`);
  const text = JSON.stringify({
    stimuli: { features: { e: { values: ['no', 'yes'] } } },
    tasks: { t: 'e' },
    networks: { n: { tasks: names } },
  });
  const parsed = parseExperiment(text);
  let spent = 0;
  class Counted extends Budget {
    override spend(steps: number): boolean {
      const fits = super.spend(steps);
      if (fits) spent += steps;
      return fits;
    }
  }
  const patient = { ...parsed, budget: new Counted(1_000_000) };
  const fixes = parsed.reading.problems.map((problem) => fixesOf(patient, problem));
  expect(parsed.reading.problems.length).toBeGreaterThan(190);
  expect(spent).toBeLessThanOrEqual(1_000_000);
  // The first that are looked at have their fixes.
  expect(fixes[0].length).toBeGreaterThan(0);
  expect(fixes.at(-1)).toEqual([]);
});

it('names like members of objects are hovered as what they are', () => {
  for (const name of MEMBERS.filter((one) => one !== '__proto__')) {
    const text = JSON.stringify({
      stimuli: { features: { [name]: { values: ['no', 'yes'] }, noise: { bits: 24 } } },
      tasks: { easy: `'${name}' == yes` },
      networks: { [name]: {} },
    });
    const parsed = parseExperiment(text);
    expect(parsed.reading.problems, name).toEqual([]);
    lookAt(
      text,
      Array.from({ length: 40 }, (_, i) => Math.floor((i / 40) * text.length)),
    );
  }
});
