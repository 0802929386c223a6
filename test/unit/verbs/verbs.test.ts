import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../../src/verbs/verbs';

describe('every verb', () => {
  it.each(Object.entries(verbs))(
    '%s goes by its name and says what it does and what it is asked',
    (name, verb) => {
      expect(verb.name).toBe(name);
      expect(verb.says).toMatch(/^[A-Z].*\.$/);
      for (const key of Object.values<{ readonly description: string }>(verb.input.properties))
        expect(key.description).toMatch(/\w/);
      for (const key of verb.input.required) expect(verb.input.properties).toHaveProperty([key]);
      // Whoever offers it to others hands this on.
      const isInput = new Ajv({ strict: true }).compile(JSON.parse(JSON.stringify(verb.input)) as object);
      expect(isInput({ other: 1 })).toBe(false);
    },
  );
});
