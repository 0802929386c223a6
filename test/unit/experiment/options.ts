import { readFileSync } from 'node:fs';

export type Json = Readonly<Record<string, unknown>>;
export type Path = readonly (string | number)[];

/** What the schema says of a number. */
export interface NumberSchema {
  readonly type: 'number' | 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** A place of an experiment file where a number may stand. */
export interface Option {
  /** As in `TrainingSpec.learningRate`: the same of all places that share a definition. */
  readonly name: string;
  readonly path: Path;
  readonly schema: NumberSchema;
}

interface Node {
  readonly type?: string;
  readonly $ref?: string;
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | boolean;
}

/** A definition of the schema, or a part of one, under its name. */
interface Named {
  readonly name: string;
  readonly node: Node;
}

const { definitions } = JSON.parse(readFileSync('schemas/experiment.schema.json', 'utf8')) as {
  definitions: Readonly<Record<string, Node>>;
};

/** What a place may be: references followed, alternatives apart. */
function alternatives({ name, node }: Named): Named[] {
  if (node.$ref !== undefined) {
    const to = node.$ref.replace('#/definitions/', '');
    return alternatives({ name: to, node: definitions[to] });
  }
  return node.anyOf ? node.anyOf.flatMap((one) => alternatives({ name, node: one })) : [{ name, node }];
}

const isNumber = ({ node }: Named): boolean => node.type === 'number' || node.type === 'integer';

/** The names of all options of the schema. */
export function optionNames(): string[] {
  const names = new Set<string>();
  const walk = (named: Named): void => {
    if (isNumber(named)) names.add(named.name);
    const { name, node } = named;
    for (const [key, child] of Object.entries(node.properties ?? {})) follow(`${name}.${key}`, child);
    if (node.items) follow(`${name}[]`, node.items);
    if (typeof node.additionalProperties === 'object') follow(`${name}.*`, node.additionalProperties);
  };
  // Definitions are walked by themselves.
  const follow = (name: string, node: Node): void => {
    if (node.$ref === undefined)
      for (const one of node.anyOf ?? [node]) if (one.$ref === undefined) walk({ name, node: one });
  };
  for (const [name, node] of Object.entries(definitions)) follow(name, node);
  return [...names];
}

/** Every number that a file says, or could say beside what it says, with what the schema says of it. */
export function optionsOf(file: Json): Option[] {
  const found: Option[] = [];
  const walk = (named: Named, value: unknown, path: Path): void => {
    for (const one of alternatives(named)) {
      const { name, node } = one;
      if (isNumber(one)) found.push({ name, path, schema: node as NumberSchema });
      if (Array.isArray(value) && node.items)
        for (const [at, item] of value.entries())
          walk({ name: `${name}[]`, node: node.items }, item, [...path, at]);
      if (typeof value !== 'object' || value === null || Array.isArray(value) || node.type !== 'object')
        continue;
      if ((node.required ?? []).some((key) => !Object.hasOwn(value, key))) continue;
      for (const [key, child] of Object.entries(node.properties ?? {}))
        walk({ name: `${name}.${key}`, node: child }, (value as Json)[key], [...path, key]);
      if (typeof node.additionalProperties === 'object')
        for (const [key, item] of Object.entries(value))
          walk({ name: `${name}.*`, node: node.additionalProperties }, item, [...path, key]);
    }
  };
  walk({ name: 'ExperimentFile', node: { $ref: '#/definitions/ExperimentFile' } }, file, []);
  return found;
}

/** The ends of what the schema allows, just beyond them, and numbers that are seldom thought of. */
export function extremesOf({
  type,
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
}: NumberSchema): number[] {
  const ends = [minimum, maximum, exclusiveMinimum, exclusiveMaximum].filter((end) => end !== undefined);
  const beside = ends.flatMap((end) =>
    type === 'integer' ? [end - 1, end + 1] : [end - 1e-12, end + 1e-12, end - 1, end + 1],
  );
  return [
    ...new Set([
      ...ends,
      ...beside,
      0,
      -0,
      1,
      -1,
      2,
      0.5,
      1.5,
      0.9999999999999999,
      5e-324,
      1e-300,
      1e15,
      2 ** 31,
      2 ** 53,
      1e308,
      -1e308,
    ]),
  ];
}

/** The file with a value at a place. */
export function withValue(file: Json, [key, ...rest]: Path, value: unknown): Json {
  const copy = (Array.isArray(file) ? [...(file as unknown[])] : { ...file }) as Record<
    string | number,
    unknown
  >;
  copy[key] = rest.length === 0 ? value : withValue((copy[key] ?? {}) as Json, rest, value);
  return copy;
}
