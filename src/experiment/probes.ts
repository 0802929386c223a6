import type { Path, Span } from './document';
import type { Feature, ProbeAnalysis, ProbeConflict, ProbeLabel, Task } from './experiment';
import { type Features, keysOf } from './features';
import type { ProbeSpec } from './file';
import { knownNames } from './listed-names';
import { quote } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Tasks } from './tasks';

/** What can be probed: the name of one number of each stimulus, and the names of its values. */
interface Probed extends ProbeLabel {
  readonly values: readonly string[];
}

const PATH: Path = ['analyses', 'probe'];
/** Combinations of predictivities of one pair: each is a fit in every layer. */
const MOST_DRAWN = 100;
/** Parts of the stimuli: each is a fit in every layer, and is scored in all. */
const MOST_PARTS = 36;

/** What is to be probed, with defaults; undefined where the file does not ask for it. */
export function readProbe(
  spec: Draft<ProbeSpec> | undefined,
  features: Features,
  tasks: Tasks,
  problems: Problems,
): ProbeAnalysis | undefined {
  if (!spec) return undefined;
  const reader = new LabelReader(features, tasks, problems);
  const labels = spec.labels
    ? reader.listed(spec.labels, 'labels').flatMap((name) => reader.numbers(name, 'labels'))
    : defaultLabels(features.list, tasks.list);
  if (labels.length === 0 && !spec.labels) {
    const message = `There is nothing to probe: ${tasks.names.size > 0 ? 'the tasks have problems' : 'there are neither tasks nor features with values'}. Name 'labels'.`;
    problems.error('empty', message, problems.document.keySpan(PATH));
  }
  const control = spec.control
    ? reader.listed(spec.control, 'control').flatMap((name) => reader.numbers(name, 'control'))
    : labels.flatMap(({ name }) => madeOf(name, features, tasks));
  const { over = 'end', transfer = false } = spec;
  if (transfer && over !== 'training') {
    const message = `'transfer' is between checkpoints, and nothing is decoded at them: say "over": "training", or remove it.`;
    problems.warning('no-effect', message, problems.document.keySpan([...PATH, 'transfer']));
  }
  return {
    kinds: [...new Set(spec.kinds ?? defaultKinds(labels))],
    labels: labels.map(({ name, kind }) => ({ name, kind })),
    control: [...new Set(control.map(({ name }) => name))],
    conflict: (spec.conflict ?? []).flatMap((written, at) => reader.conflict(written, at)),
    ...{ over, transfer: transfer && over === 'training' },
    ...(spec.between ? { between: reader.parting(spec.between) } : {}),
    ...(spec.where === undefined ? {} : reader.where(spec.where)),
    ...(spec.fresh === 'document' ? freshDocuments(problems) : {}),
  };
}

/** Documents apart, where there are any. */
function freshDocuments(problems: Problems): Pick<ProbeAnalysis, 'fresh'> {
  const { document } = problems;
  if (document.find(['stimuli', 'documents'])) return { fresh: 'document' };
  const message = `These stimuli are of no documents. Remove 'fresh': nothing is scored whose input was fitted on.`;
  problems.error('no-effect', message, document.keySpan([...PATH, 'fresh']));
  return {};
}

/** Finds what names stand for, and reports those that cannot be probed. */
class LabelReader {
  constructor(
    private readonly features: Features,
    private readonly tasks: Tasks,
    private readonly problems: Problems,
  ) {}

  /** Names that are known, none twice. */
  listed(
    names: readonly string[],
    key: string,
    path: Path = [...PATH, key],
    spanOf?: (name: string) => Span,
  ): string[] {
    const { features, tasks, problems } = this;
    const known = new Set<string>([...tasks.names, ...features.byName.keys(), ...features.broken]);
    for (const name of names) if (bitOf(name, features)) known.add(name);
    return knownNames(
      names,
      { what: 'label', names: known },
      `the ${key} of 'probe'`,
      path,
      problems,
      spanOf,
    );
  }

  /** The numbers that a name stands for: a vector of bits for each of them. None of what has problems. */
  numbers(name: string, key: string): Probed[] {
    const found = probedOf(name, this.features, this.tasks);
    if (found !== 'vector') return found;
    const message = `${quote(name)} has several components, and a probe tells one number: leave it out of the ${key} of 'probe'.`;
    this.problems.error('vector', message, this.problems.document.keySpan([...PATH, key]));
    return [];
  }

  /** Labels whose values part the stimuli. */
  parting(written: readonly string[]): string[] {
    const labels = this.listed(written, 'between').flatMap((name) => this.numbers(name, 'between'));
    const { document } = this.problems;
    for (const { name, kind } of labels)
      if (kind === 'real') {
        const message = `${quote(name)} is a real number, and its values part the stimuli one by one. Name labels with classes; a task can cut a number, as in "far": "distance > 2".`;
        this.problems.error('real', message, document.keySpan([...PATH, 'between']));
      }
    const parts = labels.reduce((product, { values }) => product * Math.max(1, values.length), 1);
    if (parts > MOST_PARTS) {
      const message = `These are ${parts} parts of the stimuli, more than ${MOST_PARTS}, and a probe is fitted in each. Name labels with fewer values, or a task that puts them together.`;
      this.problems.error('too-many', message, document.keySpan([...PATH, 'between']));
    }
    return labels.map(({ name }) => name);
  }

  /** A label that holds for what is probed. */
  where(written: string): Pick<ProbeAnalysis, 'where'> {
    const { document } = this.problems;
    const path = [...PATH, 'where'];
    const [name] = this.listed([written], 'where', PATH, () => document.valueSpan(path));
    const [found] = name === undefined ? [] : this.numbers(name, 'where');
    if (!found) return {};
    if (found.values.length === 2) return { where: name };
    const message = `${quote(name)} has not two values, and what is probed is where the second holds. Name a task, such as "here": "role == tail".`;
    this.problems.error('values', message, document.valueSpan(path));
    return {};
  }

  /** A pair as it is written: a list, or with predictivities, which are tried in every combination. */
  conflict(written: readonly string[] | ReadonlyMap<string, number | number[]>, at: number): ProbeConflict[] {
    const path: Path = [...PATH, 'conflict', at];
    if (!('get' in written)) return this.#pair(written, path);
    const { document } = this.problems;
    const names = keysOf(this.problems, path);
    if (names.length !== 2) {
      const message = `A conflict is between two labels, each with how often it predicts the label that is drawn, as in { "easy": 0.8, "hard": 0.9 }; here ${names.length === 1 ? 'is one' : `are ${names.length}`}.`;
      this.problems.error('wrong-length', message, document.valueSpan(path));
      return [];
    }
    const pairs = this.#pair(names, path, (name) => document.keySpan([...path, name]));
    // The structure of the file has a problem already.
    if (written.size < 2) return [];
    const [first, second] = [...written.values()].map((one) => [one].flat());
    const combinations = second.flatMap((q) => first.map((p) => [p, q] as const));
    const refuse = (code: string, message: string): [] => {
      this.problems.error(code, message, document.valueSpan(path));
      return [];
    };
    if (combinations.length > MOST_DRAWN)
      return refuse(
        'too-many',
        `These are ${combinations.length} combinations of predictivities, more than ${MOST_DRAWN}. List fewer.`,
      );
    return pairs.flatMap(([a, b]): ProbeConflict[] =>
      this.numbers(a, 'conflict').some(({ values }) => values.length !== 2)
        ? refuse(
            'unlike-values',
            `${quote(a)} and ${quote(b)} have more than two values, and a label that is drawn has two: name labels of two values.`,
          )
        : combinations.map((predictivity) => [a, b, predictivity]),
    );
  }

  /** Two labels with the same values; reports others. */
  #pair(names: readonly string[], path: Path, spanOf?: (name: string) => Span): [string, string][] {
    const pair = this.listed(names, 'conflict', path, spanOf).flatMap((name) =>
      this.numbers(name, 'conflict'),
    );
    if (pair.length !== 2) {
      if (names.some((name) => this.features.byName.get(name)?.kind === 'bits'))
        this.problems.at(path, 'vector', 'A conflict is between two labels: name single bits, as h[0].');
      return [];
    }
    const [a, b] = pair;
    // The second of two values is the one that holds, whatever it is called.
    const isAlike =
      a.values.length === b.values.length &&
      (a.values.length === 2 || a.values.every((value) => b.values.includes(value)));
    if (isAlike && a.kind === 'classes' && b.kind === 'classes') return [[a.name, b.name]];
    const message = `${quote(a.name)} and ${quote(b.name)} have other values, so that they never agree: name labels with the same ones.`;
    this.problems.at(path, 'unlike-values', message);
    return [];
  }
}

/** What a label is made of: the features that a task names, and of vectors the bits. */
function madeOf(label: string, features: Features, { byName }: Tasks): { name: string }[] {
  const task = byName.get(label);
  if (!task) return [{ name: label }];
  const whole = task.features.filter((name) => features.byName.get(name)?.kind !== 'bits');
  return [
    ...whole.map((name) => ({ name })),
    ...task.bits.map(({ feature, index }) => ({ name: `${feature}[${index}]` })),
  ];
}

function defaultLabels(features: readonly Feature[], tasks: readonly Task[]): Probed[] {
  if (tasks.length > 0) return tasks.map(ofTask);
  return features.filter(({ values }) => values.length > 0).map(ofFeature);
}

function defaultKinds(labels: readonly ProbeLabel[]): ProbeAnalysis['kinds'] {
  const kinds = new Set(labels.map(({ kind }) => kind));
  return [
    ...(kinds.has('classes') ? ['logistic' as const] : []),
    ...(kinds.has('real') ? ['ridge' as const] : []),
  ];
}

function probedOf(name: string, features: Features, { byName }: Tasks): Probed[] | 'vector' {
  const task = byName.get(name);
  if (task) return [ofTask(task)];
  const feature = features.byName.get(name);
  const bit = feature ? null : bitOf(name, features);
  if (bit) return [ofBit(bit)];
  if (!feature) return [];
  if (feature.kind === 'bits')
    return Array.from({ length: feature.width }, (_, index) => ofBit(`${name}[${index}]`));
  return feature.width > 1 ? 'vector' : [ofFeature(feature)];
}

function bitOf(name: string, features: Features): string | null {
  const parts = /^(.*)\[(\d{1,4})\]$/su.exec(name);
  const feature = parts && features.byName.get(parts[1]);
  return feature?.kind === 'bits' && Number(parts?.[2]) < feature.width ? name : null;
}

const ofTask = ({ name, classes }: Task): Probed => ({ name, kind: 'classes', values: classes });
const ofBit = (name: string): Probed => ({ name, kind: 'classes', values: ['0', '1'] });
const ofFeature = ({ name, kind, values }: Feature): Probed => ({
  ...{ name, values },
  kind: kind === 'real' ? 'real' : 'classes',
});
