import { describe, expect, it } from 'vitest';
import { runHostSuite } from './support/host-run';

// Once for all: starting a VS Code takes longer than most of the tests.
const outcomes = await runHostSuite();

describe('in the extension host', () => {
  it('runs tests', () => expect(outcomes.length).toBeGreaterThan(0));
  for (const { name, passed, error } of outcomes)
    it(name, () => {
      if (!passed) throw new Error(error);
    });
});
