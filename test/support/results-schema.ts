import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const validate = new Ajv({ strict: false, allErrors: true }).compile(
  JSON.parse(readFileSync('schemas/results.schema.json', 'utf8')) as object,
);

/** What of a `results.json` its schema does not allow. */
export function schemaFaults(results: unknown): string[] {
  validate(results);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
