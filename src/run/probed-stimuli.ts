import { controlTask } from '../analysis/probe/control-task';
import { type Fitting, type Split } from '../analysis/probe/cross-validate';
import { drawnLabel } from '../analysis/probe/drawn-label';
import { foldsOf, split, type Stimuli } from '../analysis/probe/folds';
import type { ClassTarget, Probe, Target } from '../analysis/probe/probe';
import { probeOf } from '../analysis/probe/probes';
import { equalRows, sameKeys } from '../analysis/probe/stimuli';
import { stackedRows } from '../analysis/some-rows';
import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import type { ProbeAnalysis, ProbeConflict } from '../experiment/experiment';
import { quote } from '../experiment/names';
import { areTruths } from '../experiment/truth-values';
import type { StimulusSets } from '../stimuli/draw-stimuli';
import type { StimulusSet } from '../stimuli/stimulus-set';

/** Folds where stimuli to fit on are those to score on, too. */
const FOLDS = 5;

/** What is probed, with what, by which stimuli. */
export interface Probed {
  readonly analysis: ProbeAnalysis;
  readonly kinds: readonly Probe[];
  readonly stimuli: ProbedStimuli;
}

export function probedOf(sets: StimulusSets, analysis: ProbeAnalysis): Probed {
  return { analysis, kinds: analysis.kinds.map(probeOf), stimuli: new ProbedStimuli(sets, analysis) };
}

/** Stimuli of which labels say the same. */
export interface StimulusPart {
  /** Their values. */
  readonly name: string;
  /** 1 for each row that is of it. */
  readonly has: Uint8Array;
}

/** A label that is to be told, or why it cannot be. */
type ProbedTarget =
  | { readonly name: string; readonly target: Target; readonly why?: undefined }
  | { readonly name: string; readonly target: null; readonly why: string };

/** What a probe is fitted on, and where. */
interface ConflictFit {
  readonly target: ClassTarget;
  readonly fitting: Omit<Fitting, 'random'>;
}

/**
 * Two labels: a probe is fitted on what they say where they agree, or on a label that is drawn, which both predict; it is scored where they do not agree.
 */
type ProbedConflict =
  | {
      /** Of a replicate, or why there is none. @param seed of the replicate, by which a label is drawn */
      readonly fit: (seed: number) => ConflictFit | string;
      readonly labels: readonly [ClassTarget, ClassTarget];
      readonly why?: undefined;
    }
  | { readonly fit?: undefined; readonly labels?: undefined; readonly why: string };

/**
 * What stimuli and labels determine of an experiment's probes: once a thread. Rows are those of the fit set and then those of the test set, or, where the sets
 * are the same, once. Probes are fitted on the first and scored on the second; where both have stimuli with one input row (of a table: one of its rows; of documents, which are in one of the sets alone, any token where no
 * more than these are to be fresh), five times, each time without the stimuli of a fold, which are scored.
 */
export class ProbedStimuli {
  readonly targets: readonly ProbedTarget[];
  readonly conflicts: readonly ProbedConflict[];
  readonly fitting: Omit<Fitting, 'random'>;
  /** Between which probes are tried, in the order of their values; none where that is not asked. */
  readonly parts: readonly StimulusPart[];
  readonly #combinations: Stimuli;

  constructor(
    private readonly sets: StimulusSets,
    {
      labels,
      control,
      conflict,
      between = [],
      where,
      fresh,
    }: Pick<ProbeAnalysis, 'labels' | 'control' | 'conflict' | 'between' | 'where' | 'fresh'>,
  ) {
    const told = labels.map(({ name, kind }) => this.#target(name, kind));
    const stimuli = this.#stimuli(fresh);
    const strata = strataOf(told, stimuli);
    const isProbed = where === undefined ? null : this.#values(where).values;
    const splits = this.#splits(stimuli, strata, (row) => isProbed?.[row] !== 0);
    this.fitting = { stimuli, splits, strata };
    this.targets = told.map((one) => tellable(one, splits));
    this.conflicts = conflict.map((one) => this.#conflict(one));
    this.parts = between.length > 0 ? partsBy(between.map((name) => ({ name, ...this.#values(name) }))) : [];
    const columns = control.map((name) => this.#values(name).values);
    this.#combinations = sameKeys(
      Array.from(stimuli.of, (_, row) => JSON.stringify(columns.map((column) => column[row]))),
    );
  }

  /** Fit and test activations as one matrix. */
  rows(fit: Matrix<Float32Array>, test: Matrix<Float32Array>): Matrix<Float64Array> {
    if (this.sets.coincide) return { ...test, data: Float64Array.from(test.data) };
    return stackedRows(fit, test, Float64Array);
  }

  get inputs(): Matrix<Float64Array> {
    return this.rows(this.sets.fit.inputs, this.sets.test.inputs);
  }

  /** The control task of a label in a replicate; undefined where there is none. */
  control(name: string, target: Target, seed: number): Target | undefined {
    return controlTask(target, this.#combinations, [seed, name]);
  }

  #stimuli(fresh: ProbeAnalysis['fresh']): Stimuli {
    const { fit, test, coincide } = this.sets;
    if (fresh === 'document')
      return sameKeys(
        [fit, test].flatMap(({ tokens }) =>
          Array.from(tokens?.at ?? [], (at, row) => `${tokens?.of[row]} ${at}`),
        ),
      );
    if (!fit.rows || !test.rows) return equalRows(this.inputs);
    return sameKeys(Array.from(coincide ? test.rows : [...fit.rows, ...test.rows], String));
  }

  #splits(stimuli: Stimuli, strata: Target, isProbed: (row: number) => boolean): Split[] {
    const { fit, coincide } = this.sets;
    const [isFit, isTest] = [
      (row: number): boolean => (coincide || row < fit.inputs.rows) && isProbed(row),
      (row: number): boolean => (coincide || row >= fit.inputs.rows) && isProbed(row),
    ];
    const all = stimuli.of.map((_, row) => row);
    const fitted = new Set(all.filter(isFit).map((row) => stimuli.of[row]));
    if (!all.some((row) => isTest(row) && fitted.has(stimuli.of[row])))
      return [{ train: all.filter(isFit), test: all.filter(isTest) }];
    const count = Math.min(FOLDS, stimuli.count);
    const folds = foldsOf(stimuli, strata, count, ['experiment']);
    return Array.from({ length: count }, (_, fold) => {
      const { train, test: held } = split(folds, fold);
      return { train: train.filter(isFit), test: held.filter(isTest) };
    }).filter(({ train, test: held }) => train.length > 0 && held.length > 0);
  }

  #target(name: string, kind: 'classes' | 'real'): ProbedTarget {
    const { values, classes } = this.#values(name);
    if (kind === 'real') {
      const target: Target = { kind, of: Float64Array.from(values) };
      return values.every((one) => one === values[0])
        ? { name, target: null, why: `${quote(name)} does not vary among the stimuli.` }
        : { name, target };
    }
    const present = [...new Set(values)].sort((a, b) => a - b);
    if (present.length < 2)
      return { name, target: null, why: `All stimuli have the same ${quote(name)}: ${classes[present[0]]}.` };
    const of = Uint32Array.from(values, (one) => present.indexOf(one));
    return { name, target: { kind, classes: present.length, of } };
  }

  #conflict([first, second, predictivity]: ProbeConflict): ProbedConflict {
    const [a, b] = [first, second].map((name) => this.#values(name));
    // Of two values the second holds; more are called alike.
    const place =
      a.classes.length === 2
        ? (value: number): number => value
        : (value: number): number => a.classes.indexOf(b.classes[value]);
    const labels = [a.values, b.values.map(place)].map((values): ClassTarget => ({
      ...{ kind: 'classes', classes: a.classes.length },
      of: Uint32Array.from(values),
    })) as [ClassTarget, ClassTarget];
    const agree = (row: number): boolean => labels[0].of[row] === labels[1].of[row];
    const splits = this.fitting.splits
      .map(({ train, test }) => ({ train, test: test.filter((row) => !agree(row)) }))
      .filter(({ test }) => test.length > 0);
    const names = `${quote(first)} and ${quote(second)}`;
    if (splits.length === 0) return { why: `${names} disagree for no test stimulus.` };
    const fitted = (target: ClassTarget, trains: readonly Uint32Array[], why: string): ConflictFit | string =>
      trains.some((train) => new Set(train.map((row) => target.of[row])).size < 2)
        ? why
        : {
            target,
            fitting: {
              ...{ stimuli: this.fitting.stimuli, strata: target },
              splits: splits.map(({ test }, at) => ({ test, train: trains[at] })),
            },
          };
    if (!predictivity) {
      const agreeing = splits.map(({ train }) => train.filter(agree));
      const found = fitted(labels[0], agreeing, `Where ${names} agree the fit stimuli have one value only.`);
      return typeof found === 'string' ? { why: found } : { labels, fit: () => found };
    }
    const trained = Uint32Array.from(new Set(splits.flatMap(({ train }) => [...train])));
    return {
      labels,
      fit: (seed) => {
        const { target, rows } = drawnLabel(labels, trained, predictivity, [seed, first, second]);
        const chosen = new Set(rows);
        return fitted(
          target,
          splits.map(({ train }) => train.filter((row) => chosen.has(row))),
          `The fit stimuli are too few for a label that ${names} predict: there must be some for which they agree, and some for which they do not.`,
        );
      },
    };
  }

  /** One number of each row. @param name of a label, or of a bit */
  #values(name: string): { values: Float32Array; classes: readonly string[] } {
    const { fit, test, coincide } = this.sets;
    const [a, b] = [fit, test].map((set) => columnOf(set, name));
    if (coincide) return b;
    const values = new Float32Array(a.values.length + b.values.length);
    values.set(a.values);
    values.set(b.values, a.values.length);
    return { values, classes: b.classes };
  }
}

/** A part for each combination of values that some stimulus has. */
function partsBy(
  labels: readonly {
    readonly name: string;
    readonly values: Float32Array;
    readonly classes: readonly string[];
  }[],
): StimulusPart[] {
  const nameAt = (row: number): string =>
    labels
      .map(({ name, values, classes }) => {
        const value = classes[values[row]];
        return areTruths(classes) ? `${name}: ${value}` : value;
      })
      .join(', ');
  const rows = [...labels[0].values.keys()];
  const order = rows.toSorted((a, b) => {
    const label = labels.find(({ values }) => values[a] !== values[b]);
    return label ? label.values[a] - label.values[b] : a - b;
  });
  return [...new Set(order.map(nameAt))].map((name) => ({
    name,
    has: Uint8Array.from(rows, (row) => (nameAt(row) === name ? 1 : 0)),
  }));
}

function columnOf(
  { features, tasks }: StimulusSet,
  name: string,
): { values: Float32Array; classes: readonly string[] } {
  const labels: readonly Label[] = [...tasks, ...features];
  const label = labels.find((one) => one.name === name);
  if (label) return label;
  const [, of, at] = /^(.*)\[(\d+)\]$/su.exec(name) ?? [];
  const bits = labels.find((one) => one.name === of && one.kind === 'bits');
  if (!bits) throw new Error(`There is no task, feature or bit ${name}.`);
  return { values: bits.values.filter((_, i) => i % bits.width === Number(at)), classes: ['0', '1'] };
}

/** Combinations of the values of all labels that have classes; of none the first label. */
function strataOf(told: readonly ProbedTarget[], { of }: Stimuli): Target {
  const targets = told.flatMap(({ target }) => target ?? []);
  const classes = targets.filter(({ kind }) => kind === 'classes');
  if (classes.length === 0 && targets.length > 0) return targets[0];
  const { count, of: combined } = sameKeys(
    Array.from(of, (_, row) => classes.map((target) => target.of[row]).join(' ')),
  );
  return { kind: 'classes', classes: count, of: combined };
}

/** Each class must be among what is fitted on. */
function tellable(one: ProbedTarget, splits: readonly Split[]): ProbedTarget {
  const { name, target } = one;
  if (target?.kind !== 'classes') return one;
  const isWhole = splits.every(
    ({ train }) => new Set(train.map((row) => target.of[row])).size === target.classes,
  );
  return isWhole
    ? one
    : {
        name,
        target: null,
        why: `A value of ${quote(name)} has no stimulus that a probe could be fitted on.`,
      };
}
