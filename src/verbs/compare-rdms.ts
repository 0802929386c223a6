import { pick } from '../analysis/inference/defined-pairs';
import { partial } from '../analysis/inference/partial';
import { type Regression, regressions } from '../analysis/inference/regression';
import { spaces } from '../analysis/inference/spaces';
import type { Method, TwoRdms } from '../analysis/rsa/methods/method';
import { methods } from '../analysis/rsa/methods/methods';
import { checkSizes, definedIn, rdmNames, rdmsOf } from './rdm-files';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

/** Against several model RDMs at once: with the others held, or by their weighted sum. */
const ways = ['partial', 'regression', 'non-negative-regression'] as const;

export interface CompareRdmsAsked {
  readonly first: string;
  readonly others: readonly string[];
  readonly method?: string;
  readonly way?: (typeof ways)[number];
}

/** How alike RDMs are. */
export interface RdmsCompared {
  /** The name of the method. */
  readonly definition: string;
  readonly way?: (typeof ways)[number];
  /** Stimuli (or conditions) of each RDM. */
  readonly n: number;
  /** Pairs of stimuli that were compared: those for which all RDMs have a distance. */
  readonly pairs: number;
  /** Of one RDM with one other. */
  readonly value?: number | null;
  /** Why there is no number. */
  readonly why?: string;
  /** Of several: those of the first file × those of the others; with the other models held, where that was asked for. */
  readonly values?: readonly (readonly (number | null)[])[];
  /** The columns of `values`, where others are model RDMs, and the order of weights. */
  readonly models?: readonly string[];
  /** Each RDM of the first file as a sum of the others. */
  readonly regressions?: readonly Regression[];
}

/** Methods that have partial similarities: those whose similarities of several RDMs are products of vectors of length 1. */
const partialMethods = [
  'pearson',
  'cosine',
  'spearman',
  'kendall-tau-b',
  'whitened-cosine',
  'whitened-pearson',
];

/** How alike the RDMs of files are: those of the first, each with each of the others. */
export const compareRdms: Verb<CompareRdmsAsked, RdmsCompared, Pick<ArrayRoom, 'array'>> = {
  name: 'compare-rdms',
  says: 'Compare the RDMs of array files: those of the first, each with each of the others, or as sums of them.',
  input: inputOf<CompareRdmsAsked>(
    {
      first: {
        type: 'string',
        description: 'array file with RDMs: a square (or several), or upper triangles row by row',
      },
      others: {
        type: 'array',
        items: { type: 'string' },
        description: 'array files with the RDMs that they are compared with',
      },
      method: {
        type: 'string',
        enum: methods.map(({ name }) => name),
        description: 'how they are compared (default: pearson)',
      },
      way: {
        type: 'string',
        enum: ways,
        description: 'what is made of several model RDMs (default: each is compared by itself)',
      },
    },
    'first',
    'others',
  ),
  changes: 'nothing',
  run: async ({ first, others, method: name = 'pearson', way }, { array }) => {
    const method = methodOf(name, way);
    const files = [first, ...others];
    const read = [];
    for (const file of files) read.push(rdmsOf(file, await array(file)));
    checkSizes(files, read);
    const { size, rdms: own } = read[0];
    const models = read.slice(1).flatMap(({ rdms }) => rdms);
    const defined = definedIn(size, [...own, ...models]);
    if (method.needsWhole && !defined.whole)
      throw new UserError(
        `${name} is of whole RDMs: some distances are missing. Take whitened-cosine, for one.`,
      );
    const picked = [...own, ...models].map((rdm) => pick(rdm, defined.kept));
    const what = { definition: name, n: size, pairs: defined.kept.length };
    if (way === undefined) return { ...what, ...each(method, defined, picked, own.length) };
    checkModels(models.length, defined.kept.length);
    const names = rdmNames(others, read.slice(1));
    if (way === 'partial')
      return { ...what, way, models: names, ...partials(method, defined, picked, own.length) };
    const how = way === 'regression' ? 'leastSquares' : 'nonNegative';
    const found = regressions(spaces[name], picked, own.length, defined, how);
    return {
      ...what,
      way,
      models: names,
      ...(found.some(({ weights }) => weights === null) ? { why } : {}),
      regressions: found,
    };
  },
};

const why =
  'There is nothing to compare: distances of one RDM are all equal, or all 0, or a model is a sum of others.';

type Between = Omit<TwoRdms, 'a' | 'b'>;

function each(
  method: Method,
  between: Between,
  rdms: readonly Float64Array[],
  count: number,
): Partial<RdmsCompared> {
  const values = rdms
    .slice(0, count)
    .map((a) => rdms.slice(count).map((b) => method.compare({ ...between, a, b })));
  const [[value]] = values;
  if (values.flat().length > 1) return { values };
  return { value, ...(value === null ? { why } : {}) };
}

function partials(
  method: Method,
  between: Between,
  rdms: readonly Float64Array[],
  count: number,
): Partial<RdmsCompared> {
  const models = rdms.slice(count);
  const values = rdms.slice(0, count).map((rdm) => {
    const all = [rdm, ...models];
    const similarities = all.flatMap((a) => all.map((b) => method.compare({ ...between, a, b }) ?? NaN));
    const found = partial({ rows: all.length, cols: all.length, data: Float64Array.from(similarities) });
    return found === null ? models.map(() => null) : [...found];
  });
  return { values, ...(values.flat().includes(null) ? { why } : {}) };
}

/** @throws UserError where there is none, or what was asked for is not made of it */
function methodOf(name: string, way: CompareRdmsAsked['way']): Method {
  const method = methods.find((one) => one.name === name);
  if (!method)
    throw new UserError(
      `There is no method ${name}. There are ${methods.map((one) => one.name).join(', ')}.`,
    );
  const able = way === 'partial' ? partialMethods : Object.keys(spaces);
  if (way !== undefined && !able.includes(name))
    throw new UserError(`There is no ${way} by ${name}: take ${able.join(', ')}.`);
  return method;
}

/** @throws UserError where there are too many to fit */
function checkModels(models: number, pairs: number): void {
  if (models > 200 || models + 2 > pairs)
    throw new UserError(
      `There are ${models} model RDMs of ${pairs} pairs of stimuli: at most 200 are held or fitted together, and two fewer than there are pairs.`,
    );
}
