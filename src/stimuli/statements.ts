import { sizeOf } from '../experiment/checks/task-class';
import type { Path } from '../experiment/document';
import { columnOf, truths, type Columns } from '../experiment/evaluate';
import type { Draw, Feature, SetName, Stimuli } from '../experiment/experiment';
import { chancesGiven, drawPath } from './sample';

/**
 * One thing that the file says about how a feature is drawn, as events that a stimulus shows or does not: for bits one event a bit, for
 * a correlation of binary features one for each value of the other feature, a correlation of Gaussian ones none.
 */
export interface Statement {
  readonly feature: string;
  readonly kind: 'prevalence' | 'agreement' | 'correlation';
  /** The value that a prevalence is of, or the feature that a correlation is with; else empty. */
  readonly of: string;
  /** The probability, or the correlation. */
  readonly declared: number;
  /** Where the file says it. */
  readonly path: Path;
  /** The declared probability of each event. */
  readonly chances: readonly number[];
  /** A formula over the feature agrees with something, which shifts how often its values occur. */
  readonly isShifted: boolean;
  /** Steps of a budget that a look at one stimulus takes. */
  readonly cost: number;
  /** Which events the stimuli in the first rows of some columns show: stimuli × events; 1 shown, 0 not, −1 not asked of it. */
  readonly look: (columns: Columns, rows: number) => Int8Array;
}

/** What the file says about the features of a set, in the order in which they are drawn. */
export function statementsOf(stimuli: Stimuli, set: SetName): Statement[] {
  const features = new Map(stimuli.features.map((feature) => [feature.name, feature]));
  return stimuli.sets[set].draws.flatMap((draw) => {
    const feature = features.get(draw.feature);
    if (!feature) throw new Error('A feature is drawn that is not there.');
    const path = drawPath(stimuli, set, draw);
    if (draw.agrees) {
      const shifted = draw.agrees.by === 'formula' && draw.agrees.as ? prevalences(feature, draw, path) : [];
      return [
        ...agreement(feature, draw.agrees, path),
        ...shifted.map((statement) => ({ ...statement, isShifted: true })),
      ];
    }
    if (draw.correlates) return correlation(stimuli, set, draw, draw.correlates, path);
    return prevalences(feature, draw, path);
  });
}

function prevalences({ name, kind, values, width }: Feature, draw: Draw, path: Path): Statement[] {
  const statements = draw.prevalence.map((declared, value): Statement => ({
    feature: name,
    kind: 'prevalence',
    of: values[value] ?? String(value),
    declared,
    path: [...path, 'prevalence'],
    chances: new Array<number>(width).fill(declared),
    isShifted: false,
    cost: width,
    look: (columns, rows) => valuesEqual(columnOf(columns, name).values, value, rows * width),
  }));
  // Of two values the second says it all.
  return kind === 'categorical' ? statements : statements.slice(1);
}

function agreement(feature: Feature, agrees: NonNullable<Draw['agrees']>, path: Path): Statement[] {
  const { name, width } = feature;
  const { probability: declared } = agrees;
  const events = agrees.by === 'formula' && !agrees.as ? width : 1;
  const chances = new Array<number>(events).fill(declared);
  const formulas = agrees.by === 'formula' ? [agrees.with, ...(agrees.as ? [agrees.as] : [])] : [];
  const cost = formulas.reduce((sum, formula) => sum + sizeOf(formula), events);
  return [
    {
      feature: name,
      kind: 'agreement',
      of: '',
      declared,
      path: [...path, 'agrees'],
      chances,
      isShifted: false,
      cost,
      look: (columns, rows) =>
        agrees.by === 'value'
          ? matches(name, agrees, columns, rows)
          : agreesWith(feature, agrees, columns, rows),
    },
  ];
}

type Agreement<By> = NonNullable<Draw['agrees']> & { by: By };

function valuesEqual(values: Float32Array, value: number, count: number): Int8Array {
  const seen = new Int8Array(count);
  for (let i = 0; i < count; i++) if (values[i] === value) seen[i] = 1;
  return seen;
}

function matches(name: string, agrees: Agreement<'value'>, columns: Columns, rows: number): Int8Array {
  const same = new Map(agrees.pairs);
  const [own, other] = [columnOf(columns, name).values, columnOf(columns, agrees.with).values];
  return Int8Array.from({ length: rows }, (_, row) => (same.get(own[row]) === other[row] ? 1 : 0));
}

function agreesWith(
  { name, width }: Feature,
  agrees: Agreement<'formula'>,
  columns: Columns,
  rows: number,
): Int8Array {
  const targets = truths(agrees.with, columns, rows);
  if (agrees.as) {
    const own = truths(agrees.as, columns, rows);
    return Int8Array.from(targets, (target, row) => (own[row] === target ? 1 : 0));
  }
  const own = columnOf(columns, name).values;
  const seen = new Int8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const target = targets[row] === 1;
    for (let at = row * width; at < (row + 1) * width; at++) if (own[at] > 0 === target) seen[at] = 1;
  }
  return seen;
}

function correlation(
  stimuli: Stimuli,
  set: SetName,
  draw: Draw,
  correlates: NonNullable<Draw['correlates']>,
  path: readonly string[],
): Statement[] {
  const { with: other, r: declared } = correlates;
  // A Gaussian has no prevalence.
  const isReal = draw.prevalence.length === 0;
  return [
    {
      feature: draw.feature,
      kind: 'correlation',
      of: other,
      declared,
      path: [...path, 'correlates'],
      chances: isReal ? [] : chancesGiven(draw, correlates, stimuli.sets[set], path),
      isShifted: false,
      cost: 1,
      look: (columns, rows) => {
        if (isReal) return new Int8Array(0);
        const [own, given] = [columnOf(columns, draw.feature).values, columnOf(columns, other).values];
        const seen = new Int8Array(2 * rows).fill(-1);
        for (let row = 0; row < rows; row++) seen[2 * row + given[row]] = own[row] === 1 ? 1 : 0;
        return seen;
      },
    },
  ];
}
