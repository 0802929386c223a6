import { getNodeValue, type Node } from 'jsonc-parser';
import { spanOf, type Path } from './document';
import type { ExperimentFile } from './file';
import { quote, quoteAll } from './names';
import { rightPlaceOf } from './misplaced-key';
import type { Problems } from './problems';
import { resolve, ROOT, type Schema } from './schema';

/**
 * What is left of a file's content when everything of a wrong type or size is taken out: any key may be absent, and
 * objects with free keys are maps in the file's order (so that no key, `__proto__` among them, means anything special).
 */
export type Draft<T> = T extends readonly (infer Item)[]
  ? Draft<Item>[]
  : T extends object
    ? string extends keyof T
      ? Map<string, Draft<T[string & keyof T]>>
      : { [Key in keyof T]?: Draft<T[Key]> }
    : T;

/** Items of a list whose own limit the schema does not say. */
const MAX_ITEMS = 10_000;

/**
 * Checks a file's tree against the generated schema: keys, types, ranges. Reports all that is wrong, each at its place.
 *
 * @returns the content without what is wrong
 */
export function checkStructure(root: Node, problems: Problems): Draft<ExperimentFile> {
  const value = new Structure(problems.ofStructure(), problems).check(root, ROOT, []);
  // The schema is generated from this very type.
  return value ?? {};
}

class Structure {
  constructor(
    private readonly problems: Problems,
    /** For what the schema accepts and we do not. */
    private readonly others: Problems,
  ) {}

  /** The value, or undefined where it is of the wrong kind. */
  check(node: Node, written: Schema, path: Path): unknown {
    const schema = resolve(written);
    if (schema.anyOf) return this.checkAny(node, optionsOf(schema), path);
    // Anything at all: whoever knows what it stands for checks it there.
    if (schema.type === undefined && schema.const === undefined) return getNodeValue(node) as unknown;
    if (!accepts(schema, node)) {
      this.wrong(
        node,
        'wrong-type',
        `${place(path)} must be ${describe(schema)}, not ${describeNode(node)}.`,
      );
      return undefined;
    }
    if (node.type === 'object') return this.checkObject(node, schema, path);
    if (node.type === 'array') return this.checkArray(node, schema, path);
    if (typeof node.value === 'number') return this.checkNumber(node, node.value, schema, path);
    return this.checkChoice(node, schema, path);
  }

  private checkAny(node: Node, options: readonly Schema[], path: Path): unknown {
    const fitting = options.filter((option) => accepts(option, node));
    if (fitting.length === 1) return this.check(node, fitting[0], path);
    if (fitting.length === 0) {
      const wanted = [...new Set(options.map(describe))].join(' or ');
      this.wrong(node, 'wrong-type', `${place(path)} must be ${wanted}, not ${describeNode(node)}.`);
      return undefined;
    }
    // Objects are told apart by the key that only one of the options requires; where no such key is there, by that one requires none.
    const own = (option: Schema): readonly string[] =>
      (option.required ?? []).filter(
        (key) => fitting.filter(({ required }) => required?.includes(key)).length === 1,
      );
    const named = fitting.filter((option) => own(option).some((key) => this.has(node, key)));
    if (named.length === 1) return this.check(node, named[0], path);
    const begun = fitting.filter(({ required }) => required?.some((key) => this.has(node, key)));
    const free = fitting.filter((option) => !option.required);
    if (begun.length === 0 && free.length === 1) return this.check(node, free[0], path);
    const keys = (begun.length > 0 ? begun : fitting).flatMap(own);
    const span = this.problems.document.keySpan(path);
    this.problems.error('one-of', `${place(path)} needs exactly one of ${quoteAll(keys)}.`, span);
    return undefined;
  }

  private checkObject(node: Node, schema: Schema, path: Path): unknown {
    const { document } = this.problems;
    const properties = schema.properties ?? {};
    const result = new Map<string, unknown>();
    for (const child of node.children ?? []) {
      const [keyNode, valueNode] = child.children ?? [];
      if (!keyNode) continue;
      const key = String(keyNode.value);
      if (document.property(node, key) !== child) {
        const message = `The key ${quote(key)} occurs twice in ${placeName(path)}. Remove or rename one.`;
        this.problems.error('duplicate-key', message, spanOf(keyNode));
        continue;
      }
      let childSchema: Schema;
      if (Object.hasOwn(properties, key)) childSchema = properties[key];
      else if (typeof schema.additionalProperties === 'object') childSchema = schema.additionalProperties;
      else {
        this.unknownKey(child, schema, path);
        continue;
      }
      if (!valueNode) continue;
      const value = this.check(valueNode, childSchema, [...path, key]);
      if (value !== undefined) result.set(key, value);
    }
    for (const key of schema.required ?? []) {
      if (this.has(node, key)) continue;
      const message = `The key ${quote(key)} is missing in ${placeName(path)}. Add it.`;
      this.problems.error('missing-key', message, document.keySpan(path));
    }
    if ((schema.minProperties ?? 0) > (node.children?.length ?? 0))
      this.problems.error('empty', `${place(path)} must name at least one.`, document.valueSpan(path));
    // Keys of the schema are ordinary names, so a plain object is safe for them.
    return schema.properties ? Object.fromEntries(result) : result;
  }

  /** A key that is not known here: where it belongs, or what was meant. */
  private unknownKey(property: Node, schema: Schema, path: Path): void {
    const [keyNode] = property.children ?? [];
    const key = String(keyNode.value);
    const message = `Unknown key ${quote(key)} in ${placeName(path)}`;
    const known = Object.keys(schema.properties ?? {});
    const right = rightPlaceOf(key, schema, known);
    // A key of another of the kinds that its object can be of.
    const [own] = schema.required ?? [];
    if (own !== undefined && right?.isInside === false && right.path.at(-1) === path.at(-1))
      return this.problems.error(
        'unknown-key',
        `${message} beside ${quote(own)}. Remove one of them.`,
        spanOf(keyNode),
      );
    if (!right) return this.problems.unknown('unknown-key', message, key, known, spanOf(keyNode));
    const name = quote(right.path.join('.'));
    const inside = right.isInside
      ? `inside ${name}, here`
      : right.path.length > 0
        ? `in ${name}`
        : 'at the top of the file';
    const full = `${message}: it belongs ${inside}. Move it.`;
    const [outer] = right.path;
    const canWrap =
      right.isInside && right.path.length === 1 && property.parent && !this.has(property.parent, outer);
    if (!canWrap) return this.problems.error('unknown-key', full, spanOf(keyNode));
    const { text } = this.problems.document;
    const { start, end } = spanOf(property);
    this.problems.error('unknown-key', full, spanOf(keyNode), {
      title: `Move it inside ${quote(outer)}`,
      span: { start, end },
      text: `${JSON.stringify(outer)}: { ${text.slice(start, end)} }`,
    });
  }

  private checkArray(node: Node, schema: Schema, path: Path): unknown {
    const items = node.children ?? [];
    if ((schema.minItems ?? 0) > items.length) {
      this.wrong(node, 'too-short', `${place(path)} must list at least ${schema.minItems}.`);
      return undefined;
    }
    const { maxItems } = schema;
    if (items.length > (maxItems ?? MAX_ITEMS)) {
      const message = `${place(path)} lists ${items.length}, more than ${maxItems ?? MAX_ITEMS}. Name fewer.`;
      (maxItems === undefined ? this.others : this.problems).error('too-many', message, spanOf(node));
      return undefined;
    }
    const values = items.map((item, index) => this.check(item, schema.items ?? {}, [...path, index]));
    // A list with a hole would shift what follows.
    return values.includes(undefined) ? undefined : values;
  }

  private checkNumber(node: Node, value: number, schema: Schema, path: Path): unknown {
    const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below } = schema;
    const choices = choicesOf(schema);
    if (choices) {
      if (choices.includes(String(value))) return value;
      this.wrong(node, 'out-of-range', `${place(path)} must be ${choices.join(' or ')}; it is ${value}.`);
      return undefined;
    }
    const limits: string[] = [];
    if (minimum !== undefined) limits.push(`at least ${minimum}`);
    if (above !== undefined) limits.push(`more than ${above}`);
    if (maximum !== undefined) limits.push(`at most ${maximum}`);
    if (below !== undefined) limits.push(`less than ${below}`);
    const fits =
      Number.isFinite(value) &&
      value >= (minimum ?? -Infinity) &&
      value <= (maximum ?? Infinity) &&
      value > (above ?? -Infinity) &&
      value < (below ?? Infinity);
    if (fits && (schema.type !== 'integer' || Number.isSafeInteger(value))) return value;
    const tooLarge = !Number.isFinite(value) || (fits && Number.isInteger(value));
    if (tooLarge) limits.push('not so large');
    const kind = schema.type === 'integer' ? 'a whole number' : 'a number';
    const wanted = [kind, ...(limits.length ? [limits.join(' and ')] : [])].join(', ');
    const message = `${place(path)} must be ${wanted}; it is ${value}.`;
    (tooLarge ? this.others : this.problems).error('out-of-range', message, spanOf(node));
    return undefined;
  }

  private checkChoice(node: Node, schema: Schema, path: Path): unknown {
    const value: unknown = node.value;
    const choices = choicesOf(schema);
    if (!choices || choices.includes(String(value))) return value;
    const message = `${place(path)} cannot be ${quote(String(value))}`;
    this.problems.unknown('unknown-value', message, String(value), choices, spanOf(node));
    return undefined;
  }

  private has(node: Node, key: string): boolean {
    return this.problems.document.property(node, key) !== undefined;
  }

  private wrong(node: Node, code: string, message: string): void {
    this.problems.error(code, message, spanOf(node));
  }
}

function typesOf(schema: Schema): readonly string[] {
  if (schema.const !== undefined) return [typeof schema.const];
  if (schema.type === undefined) return [];
  return typeof schema.type === 'string' ? [schema.type] : schema.type;
}

/** What a value can be, options of options among them. */
function optionsOf(schema: Schema): Schema[] {
  return schema.anyOf?.map(resolve).flatMap(optionsOf) ?? [schema];
}

function accepts(schema: Schema, node: Node): boolean {
  if (schema.anyOf) return schema.anyOf.some((option) => accepts(resolve(option), node));
  return typesOf(schema).some((type) => node.type === (type === 'integer' ? 'number' : type));
}

function choicesOf(schema: Schema): string[] | null {
  if (schema.const !== undefined) return [JSON.stringify(schema.const).replace(/^"|"$/g, '')];
  return schema.enum?.map(String) ?? null;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'an object { … }',
  array: 'a list [ … ]',
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

function describe(schema: Schema): string {
  const choices = schema.const === undefined ? schema.enum : [schema.const];
  if (choices) return choices.map((choice) => JSON.stringify(choice)).join(' or ');
  return typesOf(schema)
    .map((type) => TYPES[type] ?? type)
    .join(' or ');
}

function describeNode(node: Node): string {
  if (node.type === 'object' || node.type === 'array') return TYPES[node.type];
  if (node.type === 'string') return 'a string';
  return String(node.value);
}

/** The name of a place in the middle of a sentence: `'stimuli.features.e'`. */
function placeName(path: Path): string {
  return path.length === 0 ? 'the experiment' : quote(dotted(path));
}

function place(path: Path): string {
  return path.length === 0 ? 'The experiment' : quote(dotted(path));
}

function dotted(path: Path): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
}
