import type { Matrix } from '../../core/matrix';
import type { Stream } from '../../core/stream';
import { truths } from '../../experiment/evaluate';
import type { Network, Stack } from '../../experiment/experiment';
import type { Expression } from '../../experiment/expression';
import type { ChangedEntry } from '../../experiment/file';
import { resolveAt, parseAt } from '../../experiment/formula/read-formula';
import { quote, quoteAll } from '../../experiment/names';
import type { ChangeScope } from '../../experiment/network-kind';
import type { Draft } from '../../experiment/structure';
import type { StimulusSets } from '../../stimuli/draw-stimuli';
import type { StimulusSet } from '../../stimuli/stimulus-set';
import { columnsOf } from '../../stimuli/task-label';
import type { Program } from '../program';
import type { ChangedAs } from '../source';

/**
 * A kind of change: how the file says it, and what it makes of a network. A file beside this one, and its line in `changes.ts`.
 *
 * @template C what the file says, read
 */
export interface Change<C = unknown> {
  /** Beside `of`. */
  readonly key: string;
  /** Whether it changes weights, and not the states of a layer. */
  readonly ofWeights?: true;
  /** @returns null where something is wrong, which is reported */
  read(entry: Draft<ChangedEntry>, of: StackScope): C | null;
  /** Units of each hidden layer when it is made; as many as before where absent. */
  hidden?(change: C, hidden: readonly number[]): readonly number[];
  /** The layers that are changed, by their place. */
  layers(change: C, hidden: number): readonly number[];
  /** How far it goes, as the file lists it; empty where it has no degrees. */
  doses?(change: C): readonly number[];
  /** Draws of a change that is drawn. */
  draws?(change: C): number;
  /** Which stimuli are moved to a value that they do not have. */
  moved?(change: C, dose: number, set: StimulusSet): Uint8Array;
  program(change: C, before: Before, as: Pick<ChangedAs, 'dose' | 'draw'>): Promise<Program>;
}

/** What is changed: a network whose weights there are. */
export interface StackScope extends ChangeScope {
  readonly network: Network & Stack;
  /** Units of its hidden layers without copies, and those that nothing reads, that earlier changes have added. */
  readonly least: readonly number[];
}

/** A network at one moment, before it is changed. */
export interface Before {
  readonly program: Program;
  readonly sets: StimulusSets;
  /** Fit stimuli × units of each of its layers. */
  readonly fit: () => Promise<readonly Matrix<Float32Array>[]>;
  /** Random numbers for this change of this replicate, the same at each of its moments. */
  readonly stream: (...name: readonly (string | number)[]) => Stream;
}

/** The place of a hidden layer that is named; null where there is none, which is reported. */
export function layerAt(
  written: string | undefined,
  { network, path, problems }: Pick<StackScope, 'network' | 'path' | 'problems'>,
): number | null {
  if (written === undefined) return null;
  const hidden = network.sites.flatMap(({ name, role }) => (role === 'hidden' ? [name] : []));
  const at = hidden.indexOf(written);
  if (at >= 0) return at;
  const which = hidden.length === 0 ? 'it has no hidden layer' : `its hidden layers are ${quoteAll(hidden)}`;
  const message = `Network ${quote(network.name)} has no hidden layer ${quote(written)}: ${which}`;
  problems.unknown('unknown-layer', message, written, hidden, problems.document.valueSpan([...path, 'at']));
  return null;
}

/** What a label is true of: a task with two answers by its name, or a formula; null where it is neither, which is reported. */
export function labelAt(
  written: string | undefined,
  key: string,
  { tasks, path, problems }: Pick<StackScope, 'tasks' | 'path' | 'problems'>,
): Expression | null {
  if (written === undefined) return null;
  const at = [...path, key];
  const task = tasks.byName.get(written);
  if (task?.label.kind === 'binary') return task.label.expression;
  if (task) {
    const message = `Task ${quote(written)} has ${task.classes.length} classes, and a direction is between two. Write a formula that is true of some of them, such as "${task.label.kind === 'categorical' ? task.label.feature : written} == ${task.classes[0]}".`;
    problems.at(at, 'formula-type', message);
    return null;
  }
  // A task with problems of its own.
  if (tasks.names.has(written)) return null;
  const syntax = parseAt(written, at, problems);
  return syntax && resolveAt(syntax, tasks.scope, `'${key}'`, at, problems);
}

/** A number, or a list of some, as a list; null where it is empty, which is reported. */
export function listAt(
  written: number | readonly number[] | undefined,
  key: string,
  { path, problems }: Pick<StackScope, 'path' | 'problems'>,
): readonly number[] | null {
  if (written === undefined) return null;
  const list = typeof written === 'number' ? [written] : written;
  if (list.length > 0) return list;
  problems.at([...path, key], 'empty', `'${key}' lists no number. Name one.`);
  return null;
}

/** Reports counts that are more than the units of a layer. @returns whether there are none */
export function atMostUnits(
  counts: readonly number[],
  key: string,
  layer: number,
  { network, path, problems }: Pick<StackScope, 'network' | 'path' | 'problems'>,
): boolean {
  const { name, units } = network.sites[layer];
  const most = Math.max(...counts);
  if (most <= units) return true;
  // Widths that no layer can have are reported where they stand.
  if (!Number.isInteger(units)) return false;
  const message = `'${key}' is ${most}, but ${name} of network ${quote(network.name)} has ${units} units. Lower it.`;
  problems.at([...path, key], 'out-of-range', message);
  return false;
}

/** 1 for the stimuli of a set that a formula is true of. */
export function truthsOf(label: Expression, { features, inputs }: StimulusSet): Uint8Array {
  return truths(label, columnsOf(features), inputs.rows);
}

/** The means of units over the stimuli that a label is true of, and over the others, and both variances. @throws Error where there are none of either */
export function byTruth(
  { rows, cols, data }: Matrix<Float32Array>,
  truth: Uint8Array,
): { means: [Float64Array, Float64Array]; variances: [Float64Array, Float64Array] } {
  const counts = [0, 0];
  for (const value of truth) counts[value]++;
  if (counts[0] === 0 || counts[1] === 0)
    throw new Error('All fit stimuli have the same value of the label, so that it has no direction.');
  const sums = (of: (value: number, unit: number, group: number) => number): [Float64Array, Float64Array] => {
    const found: [Float64Array, Float64Array] = [new Float64Array(cols), new Float64Array(cols)];
    for (let row = 0; row < rows; row++) {
      const group = truth[row];
      for (let unit = 0; unit < cols; unit++)
        found[group][unit] += of(data[row * cols + unit], unit, group) / counts[group];
    }
    return found;
  };
  const means = sums((value) => value);
  return { means, variances: sums((value, unit, group) => (value - means[group][unit]) ** 2) };
}
