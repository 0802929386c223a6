import generated from '../../schemas/experiment.schema.json';

/** The part of JSON Schema that the generated schema uses. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
}

/** The schema of a whole file. */
export const ROOT: Schema = { $ref: '#/definitions/ExperimentFile' };

const DEFINITIONS: Readonly<Record<string, Schema>> = generated.definitions;

/** Those that were asked for: reading a file asks for the same few, over and over. */
const resolved = new WeakMap<Schema, Schema>();

/** A schema with what it refers to in its place. */
export function resolve(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const known = resolved.get(schema);
  if (known) return known;
  const { $ref, ...rest } = schema;
  const found = resolve({ ...DEFINITIONS[decodeURIComponent($ref.replace('#/definitions/', ''))], ...rest });
  resolved.set(schema, found);
  return found;
}
