import { sizeOf } from '../experiment/checks/task-class';
import type { Path } from '../experiment/document';
import { compile, type Columns } from '../experiment/evaluate';
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
  /** Tells of a stimulus which events it shows; those that are not asked of it are left out. */
  readonly look: Look;
}

type Found = (event: number, holds: boolean) => void;
type Look = (columns: Columns, row: number, found: Found) => void;

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
    look: (columns, row, found) => {
      const own = columnOf(columns, name);
      for (let i = 0; i < width; i++) found(i, own[row * width + i] === value);
    },
  }));
  // Of two values the second says it all.
  return kind === 'categorical' ? statements : statements.slice(1);
}

function agreement(feature: Feature, agrees: NonNullable<Draw['agrees']>, path: Path): Statement[] {
  const { name, width } = feature;
  const { probability: declared } = agrees;
  const events = agrees.by === 'formula' && !agrees.as ? width : 1;
  const chances = new Array<number>(events).fill(declared);
  const look = agrees.by === 'value' ? matches(name, agrees) : agreesWith(feature, agrees);
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
      look,
    },
  ];
}

type Agreement<By> = NonNullable<Draw['agrees']> & { by: By };

function matches(name: string, agrees: Agreement<'value'>): Look {
  const same = new Map(agrees.pairs);
  return (columns, row, found) =>
    found(0, same.get(columnOf(columns, name)[row]) === columnOf(columns, agrees.with)[row]);
}

function agreesWith({ name, width }: Feature, agrees: Agreement<'formula'>): Look {
  const truth = compile(agrees.with);
  if (agrees.as) {
    const as = compile(agrees.as);
    return (columns, row, found) => found(0, as(columns, row) === truth(columns, row));
  }
  return (columns, row, found) => {
    const own = columnOf(columns, name);
    const target = truth(columns, row);
    for (let i = 0; i < width; i++) found(i, own[row * width + i] > 0 === target);
  };
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
      look: (columns, row, found) => {
        if (!isReal) found(columnOf(columns, other)[row], columnOf(columns, draw.feature)[row] === 1);
      },
    },
  ];
}

function columnOf(columns: Columns, name: string): Float32Array {
  const column = columns.get(name);
  if (!column) throw new Error(`No column of the feature '${name}' was given.`);
  return column.values;
}
