import type { Path } from './document';
import type { Draw, Feature, SetName, Task } from './experiment';
import type { Features } from './features';
import { featuresOf } from './features-of';
import type { AgreementSpec, DrawSpec } from './file';
import { parseAt, resolveAt } from './formula/read-formula';
import { secondValue, type Scope } from './formula/resolve';
import { quote } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Tasks } from './tasks';
import { areTruths, hasNamedClasses } from './truth-values';

type DrawDraft = Draft<DrawSpec>;

/** Where the settings of one feature in one set are written: in the set, or at the feature. */
export interface DrawSource {
  readonly draft: DrawDraft;
  readonly path: (key: keyof DrawDraft) => Path;
}

/** The settings of a feature in a set: those of the set over those of the feature. */
export function sourceOf(
  feature: string,
  drafts: Features['drafts'],
  set: SetName,
  own: DrawDraft | undefined,
): DrawSource {
  return {
    draft: { ...drafts.get(feature), ...own },
    path: (key) =>
      own && Object.hasOwn(own, key)
        ? ['stimuli', 'sets', set, 'draw', feature, key]
        : ['stimuli', 'features', feature, key],
  };
}

/** How one feature is drawn. Problems are reported each time, so call it once per place (`quiet` problems otherwise). */
export function readDraw(
  feature: Feature,
  { draft, path }: DrawSource,
  features: Features,
  tasks: Tasks,
  problems: Problems,
): Draw {
  const agrees = draft.agrees
    ? readAgreement(feature, draft.agrees, path('agrees'), features, tasks, problems)
    : null;
  const correlates = draft.correlates
    ? readCorrelation(feature, draft.correlates, path('correlates'), features, problems)
    : null;
  if (draft.agrees && draft.correlates) {
    const message = `${quote(feature.name)} cannot both agree with one thing and correlate with another. Remove 'agrees' or 'correlates' (in a set: write null).`;
    problems.error('conflict', message, problems.document.keySpan(path('correlates')));
  }
  return {
    feature: feature.name,
    prevalence: readPrevalence(feature, draft.prevalence, path('prevalence'), problems),
    agrees,
    correlates,
  };
}

function readPrevalence(
  feature: Feature,
  written: DrawDraft['prevalence'],
  path: Path,
  problems: Problems,
): readonly number[] {
  const { kind, name, values } = feature;
  const uniform = kind === 'real' ? [] : kind === 'bits' ? [0.5, 0.5] : values.map(() => 1 / values.length);
  const wrong = (code: string, message: string): readonly number[] => {
    problems.at(path, code, message);
    return uniform;
  };
  if (written === undefined) return uniform;
  if (kind === 'real')
    return wrong('no-effect', `The Gaussian feature ${quote(name)} has no prevalence. Remove it.`);
  const isProbability = (value: number): boolean => value >= 0 && value <= 1;
  if (typeof written === 'number') {
    if (kind === 'categorical') {
      return wrong(
        'wrong-type',
        `The prevalence of ${quote(name)} must be a list of ${values.length} probabilities, one per value.`,
      );
    }
    if (!isProbability(written))
      return wrong('out-of-range', `A prevalence must be from 0 to 1; it is ${written}.`);
    return [1 - written, written];
  }
  if (kind === 'bits') {
    return wrong(
      'wrong-type',
      `The prevalence of the bits of ${quote(name)} must be one number, the probability of 1.`,
    );
  }
  if (written.length !== values.length) {
    return wrong(
      'wrong-length',
      `The prevalence of ${quote(name)} lists ${written.length} probabilities for ${values.length} values. List one per value.`,
    );
  }
  if (!written.every(isProbability))
    return wrong('out-of-range', 'Probabilities must be from 0 to 1. Change those that are not.');
  const sum = written.reduce((total, value) => total + value, 0);
  if (Math.abs(sum - 1) > 1e-6) {
    return wrong(
      'wrong-sum',
      `The probabilities of ${quote(name)} sum to ${Number(sum.toPrecision(6))}. Make them sum to 1.`,
    );
  }
  return written.map((value) => value / sum);
}

function readAgreement(
  feature: Feature,
  written: Draft<AgreementSpec>,
  path: Path,
  features: Features,
  tasks: Tasks,
  problems: Problems,
): Draw['agrees'] {
  const { with: formula, probability, as } = written;
  if (formula === undefined || probability === undefined) return null;
  const withPath = [...path, 'with'];
  const own = as === undefined ? null : readAs(feature, as, [...path, 'as'], features, tasks, problems);
  if (as !== undefined && own === null) return null;

  const task = tasks.byName.get(formula);
  const byName = features.byName.get(formula) ?? valueFeature(task, features);
  if (byName && agreesByValue(feature, byName, own !== null))
    return agreeByValue(feature, byName, probability, as !== undefined, withPath, problems);

  const expression =
    task?.label.kind === 'binary'
      ? task.label.expression
      : byName?.kind === 'binary'
        ? secondValue(byName)
        : readWith(formula, features, tasks, feature, withPath, problems);
  if (!expression) return null;
  if (feature.kind === 'categorical' && !own) {
    const example = `${feature.name} == ${feature.values[0]}`;
    problems.at(
      withPath,
      'missing-key',
      `${quote(feature.name)} has ${feature.values.length} values, so say with 'as' what of it agrees, as in "as": "${example}".`,
    );
    return null;
  }
  return { by: 'formula', with: expression, probability, as: own };
}

/** The feature whose values are the classes of a task. */
function valueFeature(task: Task | undefined, { byName }: Features): Feature | undefined {
  if (!task) return undefined;
  return task.label.kind === 'categorical' || hasNamedClasses(task)
    ? byName.get(task.features[0])
    : undefined;
}

/** Whether a feature agrees with the values of another one, rather than with whether it is true. */
function agreesByValue({ kind }: Feature, other: Feature, hasAs: boolean): boolean {
  if (other.kind !== 'binary') return other.kind === 'categorical';
  return !areTruths(other.values) || kind === 'categorical' || (kind === 'binary' && !hasAs);
}

function readWith(
  formula: string,
  features: Features,
  tasks: Tasks,
  feature: Feature,
  path: Path,
  problems: Problems,
): ReturnType<typeof resolveAt> {
  // A task with problems of its own; they are reported at it.
  if (tasks.names.has(formula)) return null;
  const syntax = parseAt(formula, path, problems);
  if (!syntax) return null;
  if (syntax.kind === 'name' && !features.byName.has(syntax.name)) {
    if (features.broken.has(syntax.name) || tasks.names.has(syntax.name)) return null;
    const message = `Unknown feature or task ${quote(syntax.name)} with which ${quote(feature.name)} agrees`;
    const known = [...features.byName.keys(), ...tasks.names];
    problems.unknown('unknown-feature', message, syntax.name, known, problems.document.valueSpan(path));
    return null;
  }
  const { byName, broken, parts } = features;
  const scope: Scope = { features: byName, tasks: tasks.names, broken, parts };
  return resolveAt(syntax, scope, `what ${quote(feature.name)} agrees with`, path, problems);
}

/** `as`: a formula of this feature only. */
function readAs(
  feature: Feature,
  formula: string,
  path: Path,
  { parts }: Features,
  tasks: Tasks,
  problems: Problems,
): ReturnType<typeof resolveAt> {
  const syntax = parseAt(formula, path, problems);
  if (!syntax) return null;
  const features = new Map([[feature.name, feature]]);
  const scope: Scope = { features, tasks: tasks.names, broken: new Set(), parts };
  const expression = resolveAt(
    syntax,
    scope,
    `'as', which can name ${quote(feature.name)} only`,
    path,
    problems,
  );
  if (expression && featuresOf(expression).size === 0) {
    problems.at(
      path,
      'constant',
      `'as' must say something of ${quote(feature.name)}. Name it in the formula.`,
    );
    return null;
  }
  return expression;
}

function agreeByValue(
  feature: Feature,
  other: Feature,
  probability: number,
  hasAs: boolean,
  path: Path,
  problems: Problems,
): Draw['agrees'] {
  const wrong = (message: string): null => {
    problems.at(path, 'agreement', message);
    return null;
  };
  if (hasAs) {
    return wrong(
      `'as' needs a formula that is true or false. Compare ${quote(other.name)} with a value, or remove 'as'.`,
    );
  }
  if (feature.kind === 'bits' || feature.kind === 'real') {
    return wrong(
      `${quote(feature.name)} has no named values to agree with those of ${quote(other.name)}. Compare ${quote(other.name)} with a value.`,
    );
  }
  if (feature.values.length !== other.values.length) {
    return wrong(
      `${quote(feature.name)} has ${feature.values.length} values and ${quote(other.name)} has ${other.values.length}. Give them equally many, or compare ${quote(other.name)} with a value.`,
    );
  }
  const named = feature.values.map((value) => other.values.indexOf(value));
  // No name in common: matched in order.
  const indices = named.every((index) => index < 0) ? named.map((_, index) => index) : named;
  if (indices.includes(-1)) {
    return wrong(
      `Some values of ${quote(feature.name)} and ${quote(other.name)} have the same names and some have not. Name all alike, or none.`,
    );
  }
  if (feature.kind === 'binary')
    return {
      by: 'formula',
      with: { kind: 'is', feature: other.name, value: indices[1] },
      probability,
      as: null,
    };
  return { by: 'value', with: other.name, probability, pairs: indices.map((match, index) => [index, match]) };
}

function readCorrelation(
  feature: Feature,
  written: NonNullable<DrawDraft['correlates']>,
  path: Path,
  features: Features,
  problems: Problems,
): Draw['correlates'] {
  const { with: name, r } = written;
  if (name === undefined || r === undefined) return null;
  const at = [...path, 'with'];
  const other = features.byName.get(name);
  if (!other) {
    if (features.broken.has(name)) return null;
    const message = `Unknown feature ${quote(name)} with which ${quote(feature.name)} correlates`;
    problems.unknown(
      'unknown-feature',
      message,
      name,
      features.byName.keys(),
      problems.document.valueSpan(at),
    );
    return null;
  }
  const fits = feature.kind === other.kind && (feature.kind === 'binary' || feature.kind === 'real');
  if (!fits) {
    problems.at(
      at,
      'correlation',
      `${quote(feature.name)} and ${quote(name)} cannot correlate: both must be binary, or both Gaussian. Use 'agrees' for other features.`,
    );
    return null;
  }
  if (feature.width !== other.width) {
    problems.at(
      at,
      'correlation',
      `${quote(feature.name)} has ${feature.width} components and ${quote(name)} has ${other.width}. Give them equally many.`,
    );
    return null;
  }
  return { with: name, r };
}
