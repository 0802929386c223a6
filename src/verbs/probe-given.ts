import type { Conflict, Trial } from '../analysis/probe/evaluate';
import { foldsOf, type Stimuli } from '../analysis/probe/folds';
import type { Probe } from '../analysis/probe/probe';
import { probes } from '../analysis/probe/probes';
import { equalRows, sameKeys, stimuliOf } from '../analysis/probe/stimuli';
import { rowsOf } from '../analysis/some-rows';
import type { Matrix } from '../core/matrix';
import { quote } from '../experiment/names';
import { activationsOf, columnOf, labelledRows } from './arrays';
import { foldCount, type ProbeLabel, probeLabel, type Reading } from './probe-target';
import { UserError } from './user-error';
import type { ArrayRoom } from './verb';

export interface ProbeAsked {
  readonly activations: string;
  readonly labels: string;
  readonly label: string;
  readonly kind?: string;
  readonly as?: Reading;
  readonly group?: string;
  readonly folds?: number;
  readonly inputs?: string;
  readonly untrained?: string;
  readonly control?: readonly string[];
  readonly agree?: string;
  readonly to?: string;
  readonly seed?: number;
}

/** Everything that a probe is asked for, read, and brought to the rows that have labels. */
export interface ProbeGiven {
  readonly trial: Trial;
  readonly label: ProbeLabel;
  readonly activations: Matrix<Float64Array>;
  /** Rows of the file, and those of them that are fitted on and scored. */
  readonly all: number;
  readonly rows: Uint32Array;
  readonly missing: number;
  readonly others: Readonly<Partial<Record<Other, Matrix<Float64Array>>>>;
  readonly control: { readonly per: 'stimulus' | readonly string[]; readonly combinations: Stimuli };
  readonly conflict?: Conflict;
}

/** Arrays of the same rows. */
const others = ['inputs', 'untrained', 'to'] as const;
type Other = (typeof others)[number];

type ColumnOf = (name: string) => readonly string[];

/** @throws UserError for what has to be mended in files or options */
export async function probeGiven(asked: ProbeAsked, room: ArrayRoom): Promise<ProbeGiven> {
  const { activations: file, labels, label: name, seed = 0 } = asked;
  const data = activationsOf(file, await room.array(file));
  const besides: Partial<Record<Other, Matrix<Float64Array>>> = {};
  for (const key of others) {
    const beside = asked[key];
    if (beside !== undefined)
      besides[key] = fitting(beside, activationsOf(beside, await room.array(beside)), file, data, key);
  }
  const table = await room.columns(labels);
  const column: ColumnOf = (one) => columnOf(labels, table, one, data.rows);
  const { rows, apart, missing } = rowsFor(asked, column);
  const what = `${quote(name)} of ${labels}`;
  const label = probeLabel(what, picked(column(name), rows), asked.as);
  const everywhere =
    asked.group === undefined ? equalRows(besides.inputs ?? data) : sameKeys(column(asked.group));
  const stimuli = stimuliOf(everywhere, rows);
  const folds = foldsOf(stimuli, label.target, foldCount(what, label, stimuli, asked.folds), [seed]);
  const trial = { probe: probeFor(asked.kind, label, what), target: label.target, stimuli, folds, seed };
  const clash = apart && { apart, rows, everywhere };
  return {
    ...{ trial, label, all: data.rows, rows, missing },
    activations: rowsOf(data, rows),
    others: Object.fromEntries(
      others.flatMap((key) => (besides[key] ? [[key, rowsOf(besides[key], rows)]] : [])),
    ),
    control: asked.control?.length
      ? { per: asked.control, combinations: sameKeys(combined(asked.control.map(column), rows)) }
      : { per: 'stimulus', combinations: stimuli },
    ...(clash ? { conflict: conflictOf(asked, column, data, label, trial, clash) } : {}),
  };
}

const picked = (column: readonly string[], rows: Uint32Array): string[] =>
  Array.from(rows, (row) => column[row]);

/** The values of several columns in each row, as one key. */
const combined = (columns: readonly (readonly string[])[], rows: Uint32Array): string[] =>
  Array.from(rows, (row) => JSON.stringify(columns.map((column) => column[row])));

/** @throws UserError where it has other rows, or, where a fitted probe is to read it, other units */
function fitting(
  file: string,
  found: Matrix<Float64Array>,
  first: string,
  { rows, cols }: Matrix,
  key: Other,
): Matrix<Float64Array> {
  if (found.rows !== rows)
    throw new UserError(
      `${file} has ${found.rows} rows, and ${first} ${rows}: row by row they must be of the same stimuli.`,
    );
  if (key === 'to' && found.cols !== cols)
    throw new UserError(
      `${file} has ${found.cols} units, and ${first} ${cols}: a probe that is fitted on one is scored on the other, unit by unit.`,
    );
  return found;
}

/**
 * Rows to fit on and to score: those with a label, and, where a second label is named, those on which the two agree. `apart` are those on which they do not.
 *
 * @throws UserError where there are none
 */
function rowsFor(
  { labels, label, agree }: ProbeAsked,
  column: ColumnOf,
): { rows: Uint32Array; missing: number; apart?: Uint32Array } {
  const own = column(label);
  const labelled = labelledRows(labels, label, own);
  if (agree === undefined) return { rows: labelled, missing: own.length - labelled.length };
  const other = column(agree);
  const has = new Set(labelledRows(labels, agree, other));
  const both = labelled.filter((row) => has.has(row));
  const [rows, apart] = [true, false].map((same) => both.filter((row) => (own[row] === other[row]) === same));
  for (const [some, word] of [
    [rows, 'agree'],
    [apart, 'disagree'],
  ] as const)
    if (some.length === 0)
      throw new UserError(
        `${quote(label)} and ${quote(agree)} of ${labels} ${word} in no row: a probe is fitted where they agree, and read where they do not.`,
      );
  return { rows, apart, missing: own.length - both.length };
}

/** @throws UserError where a class is only among the rows that nothing is fitted on */
function conflictOf(
  { labels, label: name, agree = '' }: ProbeAsked,
  column: ColumnOf,
  data: Matrix<Float64Array>,
  { classes }: ProbeLabel,
  { stimuli }: Trial,
  { apart, rows, everywhere }: { apart: Uint32Array; rows: Uint32Array; everywhere: Stimuli },
): Conflict {
  if (!classes) throw new UserError(`${quote(name)} of ${labels} is real: labels that agree have classes.`);
  const place = new Map(classes.map((one, at) => [one, at]));
  const numbered = (of: string): Uint32Array =>
    Uint32Array.from(apart, (row) => {
      const value = column(of)[row];
      const at = place.get(value);
      if (at === undefined)
        throw new UserError(
          `${quote(value)} of ${quote(of)} is a class of no row on which the two labels agree: leave it empty.`,
        );
      return at;
    });
  const known = new Map(Array.from(rows, (row, at) => [everywhere.of[row], stimuli.of[at]]));
  return {
    activations: rowsOf(data, apart),
    stimuli: Uint32Array.from(apart, (row) => known.get(everywhere.of[row]) ?? stimuli.count),
    label: numbered(name),
    other: numbered(agree),
  };
}

/** @throws UserError where there is no such probe, or it cannot tell such a label */
function probeFor(kind: string | undefined, { target }: ProbeLabel, what: string): Probe {
  const name = kind ?? (target.kind === 'real' ? 'ridge' : 'logistic');
  const probe = probes.find((one) => one.name === name);
  if (!probe)
    throw new UserError(`There is no probe ${name}. There are ${probes.map((one) => one.name).join(', ')}.`);
  if (!probe.of.includes(target.kind))
    throw new UserError(
      `${name} tells classes apart, and ${what} is real: take ridge or mlp, or say that its numbers are classes (--as classes).`,
    );
  return probe;
}
