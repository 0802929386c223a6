import type { Matrix } from '../core/matrix';
import { conditionMeans } from '../analysis/rdm/condition-means';
import { foldMeans, type Groups, groupsOf } from '../analysis/rdm/grouped';
import { type Metric, type Patterns } from '../analysis/rdm/metrics/metric';
import { metrics } from '../analysis/rdm/metrics/metrics';
import type { Transform } from '../analysis/rdm/transforms/transform';
import { transforms } from '../analysis/rdm/transforms/transforms';
import { noiseCovariance, type Shrinkage, shrinkages } from '../analysis/rdm/noise-covariance';
import { NumericalError } from '../numerics/numerical-error';
import { activationsKey, labelsKey, activationsOf, columnOf } from './arrays';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

export interface RdmAsked {
  readonly activations: string;
  readonly metric?: string;
  readonly labels?: string;
  readonly condition?: string;
  readonly fold?: string;
  readonly noise?: string;
  readonly shrinkage?: Shrinkage;
  readonly transform?: string;
  readonly low?: number;
  readonly high?: number;
}

/** An RDM of an array, with what it is. */
export interface RdmFound {
  /** The name of its metric. */
  readonly definition: string;
  /** What was made of the distances. */
  readonly transform?: string;
  /** Rows of the RDM: stimuli, or conditions. */
  readonly n: number;
  readonly units: number;
  /** Their names, in the order of the rows; absent where rows are those of the array. */
  readonly conditions?: readonly string[];
  readonly folds?: number;
  /** What the noise is taken to be, where the metric asks for it. */
  readonly noise?: 'identity' | 'given covariance' | `of residuals, ${Shrinkage}`;
  /** The upper triangle, row by row; null where a distance is not defined. */
  readonly values: readonly (number | null)[];
}

const percent = { type: 'integer', minimum: 0, maximum: 100 } as const;
/** Of the geo-topological transform, in percent. */
const bounds = { low: 20, high: 80 };

/** The dissimilarities of all pairs of rows of an array, or of the conditions that its rows belong to. */
export const rdm: Verb<RdmAsked, RdmFound, ArrayRoom> = {
  name: 'rdm',
  says: 'Compute the RDM of an array of activations, of its rows or of conditions.',
  input: inputOf<RdmAsked>(
    {
      activations: activationsKey,
      metric: {
        type: 'string',
        enum: metrics.map(({ name }) => name),
        description: 'the dissimilarity (default: correlation)',
      },
      labels: labelsKey,
      condition: { type: 'string', description: 'column of the labels: rows that agree in it are averaged' },
      fold: { type: 'string', description: 'column of the labels: runs or sessions to cross-validate over' },
      noise: {
        type: 'string',
        description:
          'array file: the covariance of the noise (units × units, symmetric), or residuals (samples × units)',
      },
      shrinkage: {
        type: 'string',
        enum: shrinkages,
        description: 'what becomes of the covariance of residuals (default: diagonal-target)',
      },
      transform: {
        type: 'string',
        enum: transforms.map(({ name }) => name),
        description: 'what is made of the distances (default: nothing)',
      },
      low: {
        ...percent,
        description: `geo-topological: quantile up to which distances are 0, in percent (default: ${bounds.low})`,
      },
      high: {
        ...percent,
        description: `geo-topological: quantile from which on they are 1, in percent (default: ${bounds.high})`,
      },
    },
    'activations',
  ),
  changes: 'nothing',
  run: async (asked, room) => {
    const { activations, metric: name = 'correlation', labels, noise, shrinkage = 'diagonal-target' } = asked;
    const [metric, transform] = [metricOf(name), transformOf(asked)];
    const data = activationsOf(activations, await room.array(activations));
    checkValues(activations, metric, data);
    const table = labels === undefined ? undefined : await room.columns(labels);
    const groups = (column: string | undefined): Groups | undefined => {
      if (column === undefined) return undefined;
      if (labels === undefined || !table)
        throw new UserError(`The column ${column} is one of the labels: name their file, too.`);
      return groupsOf(columnOf(labels, table, column, data.rows));
    };
    const conditions = groups(asked.condition);
    const folds = foldsOf(metric, conditions, groups(asked.fold));
    if (noise !== undefined && !metric.takes.includes('noise'))
      throw new UserError(`${name} takes no noise: leave it out, or take mahalanobis or crossnobis.`);
    const covariance = noise === undefined ? undefined : activationsOf(noise, await room.array(noise));
    const [of, known] = covariance ? noiseOf(noise ?? '', covariance, data.cols, shrinkage) : [];
    const patterns: Patterns = {
      means: conditions ? conditionMeans(data, conditions.of, conditions.names.length) : data,
      ...(conditions && folds ? { folds: foldMeans(data, conditions, folds) } : {}),
      ...(of ? { noise: of } : {}),
    };
    const found = made(metric, patterns, noise);
    const distances = transformed(found, transform, asked);
    return {
      definition: name,
      ...(transform ? { transform: transform.name } : {}),
      n: found.size,
      units: data.cols,
      ...(conditions ? { conditions: conditions.names } : {}),
      ...(folds ? { folds: folds.names.length } : {}),
      ...(metric.takes.includes('noise') ? { noise: known ?? ('identity' as const) } : {}),
      values: Array.from(distances, (distance) => (Number.isNaN(distance) ? null : distance)),
    };
  },
};

/** @throws UserError where the noise has no inverse */
function made(metric: Metric, patterns: Patterns, noise = ''): ReturnType<Metric['rdm']> {
  try {
    return metric.rdm(patterns);
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error;
    throw new UserError(
      `The covariance of ${noise} has no inverse: give residuals and shrink it (--shrinkage diagonal-target), or leave out units that never vary.`,
    );
  }
}

function metricOf(name: string): Metric {
  const metric = metrics.find((one) => one.name === name);
  if (metric) return metric;
  throw new UserError(`There is no metric ${name}. There are ${metrics.map((one) => one.name).join(', ')}.`);
}

function transformOf({ transform: name, low, high }: RdmAsked): Transform | undefined {
  const transform = transforms.find((one) => one.name === name);
  if (name !== undefined && !transform)
    throw new UserError(
      `There is no transform ${name}. There are ${transforms.map((one) => one.name).join(', ')}.`,
    );
  if ((low ?? high) !== undefined && transform?.takes !== 'bounds')
    throw new UserError('The quantiles --low and --high are those of --transform geo-topological.');
  if ((low ?? bounds.low) > (high ?? bounds.high))
    throw new UserError(
      `The lower quantile (${low ?? bounds.low} %) is above the upper one (${high ?? bounds.high} %).`,
    );
  return transform;
}

/** @throws UserError where there are too many stimuli for the transform */
function transformed(
  { distances, size }: ReturnType<Metric['rdm']>,
  transform: Transform | undefined,
  { low = bounds.low, high = bounds.high }: RdmAsked,
): Float64Array {
  if (!transform) return distances;
  const { name, mostStimuli = Infinity } = transform;
  if (size > mostStimuli)
    throw new UserError(
      `The RDM has ${size} rows: ${name} is made of ${mostStimuli} at most. Average conditions first (--labels, --condition).`,
    );
  return transform.apply(distances, { low: low / 100, high: high / 100 }, size);
}

/** @throws UserError where the metric is not of such numbers */
function checkValues(file: string, { name, values }: Metric, { cols, data }: Matrix<Float64Array>): void {
  if (values === undefined) return;
  const wrong = data.findIndex((one) => (values === 'counts' ? one < 0 : one !== 0 && one !== 1));
  if (wrong < 0) return;
  const [row, unit] = [Math.floor(wrong / cols), wrong % cols];
  throw new UserError(
    `${file} has ${data[wrong]} in row ${row}, unit ${unit} (counted from 0): ${name} is of ${values === 'counts' ? 'rates and counts, none below 0' : 'units that are on (1) or off (0)'}.`,
  );
}

/** @throws UserError where folds are missing, or too many */
function foldsOf(
  metric: Metric,
  conditions: Groups | undefined,
  given: Groups | undefined,
): Groups | undefined {
  const { name, takes, needs } = metric;
  if (given && !takes.includes('folds'))
    throw new UserError(
      `${name} is not cross-validated: leave the folds out, or take crossnobis or poisson.`,
    );
  if (given && !conditions)
    throw new UserError('Folds are of conditions: name the column of the condition, too.');
  if (!given && needs === 'folds')
    throw new UserError(
      `${name} is cross-validated: name the columns of the condition and of the fold (a run, a session).`,
    );
  if (given && given.names.length < 2)
    throw new UserError('All rows are of one fold: there must be two at least.');
  return given;
}

/** A covariance as it is; of residuals theirs. */
function noiseOf(
  file: string,
  noise: Matrix<Float64Array>,
  units: number,
  shrinkage: Shrinkage,
): [Matrix<Float64Array>, RdmFound['noise']] {
  const { rows, cols, data } = noise;
  if (cols !== units)
    throw new UserError(
      `${file} has ${cols} columns, and the activations ${units} units: there must be one for each.`,
    );
  const isSymmetric =
    rows === cols &&
    data.every((value, at) => {
      const other = data[(at % cols) * cols + Math.floor(at / cols)];
      return Math.abs(value - other) <= 1e-9 * (Math.abs(value) + Math.abs(other));
    });
  if (isSymmetric) return [noise, 'given covariance'];
  return [noiseCovariance(noise, shrinkage), `of residuals, ${shrinkage}`];
}
