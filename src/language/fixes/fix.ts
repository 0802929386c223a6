import { findNodeAtOffset, modify, type Edit, type JSONPath, type Node } from 'jsonc-parser';
import { Budget } from '../../experiment/budget';
import type { Path } from '../../experiment/document';
import type { Problem } from '../../experiment/problem';
import { readExperiment } from '../../sources/read-experiment';
import type { ParsedExperiment } from '../parsed-experiment';
import { plain } from '../plain-text';
import { pathOf } from '../subject';

/** A change of the text that mends a problem. */
export interface Fix {
  readonly title: string;
  /** Replacements; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /** The best of several. */
  readonly isPreferred: boolean;
}

interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A file whose problems are to be mended, and the steps that finding out may take. */
export interface Patient extends ParsedExperiment {
  readonly budget: Budget;
}

/** Steps of one look at the problems of a place: about a twentieth of a second. */
const LOOKING = 1_000_000;
/** Steps of reading a character. */
const READING = 8;

export function patientOf(parsed: ParsedExperiment): Patient {
  return { ...parsed, budget: new Budget(LOOKING) };
}

/** What a problem stands at. */
interface Place {
  readonly path: Path;
  readonly isKey: boolean;
  /** The value, where the place is its key. */
  readonly value: Node;
  /** What stands there itself, key or value. */
  readonly node: Node;
}

export function placeOf(root: Node | undefined, { range }: Problem): Place | null {
  const node = root && findNodeAtOffset(root, range.start.offset);
  if (!node) return null;
  const property = node.parent?.type === 'property' ? node.parent : undefined;
  const isKey = property?.children?.[0] === node;
  return { path: pathOf(node), isKey, value: (isKey && property?.children?.[1]) || node, node };
}

/** A fix that writes something in the place of a node. */
export function written(title: string, node: Node, text: string): Fix {
  return edited(title, [{ start: node.offset, end: node.offset + node.length, text }]);
}

export function edited(title: string, edits: Fix['edits'], isPreferred = false): Fix {
  return { title: plain(title), edits, isPreferred };
}

/** A fix that sets the value at a path; `undefined` removes it. Comments and the rest of the text stay as they are. */
export function changed(text: string, title: string, path: Path, value: unknown, isInsertion = false): Fix {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  let edits: Edit[] = [];
  try {
    edits = modify(text, [...path] as JSONPath, value, {
      isArrayInsertion: isInsertion,
      formattingOptions: { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol },
    });
  } catch {
    // What is no object or list has no place for it, as in `"tasks": 5`: a fix without edits is never offered.
  }
  return edited(
    title,
    edits.map(({ offset, length, content }) => ({ start: offset, end: offset + length, text: content })),
  );
}

/** The text after the replacements of a fix. */
export function applied(text: string, edits: Fix['edits']): string {
  const fromTheEnd = [...edits].sort((a, b) => b.start - a.start);
  return fromTheEnd.reduce((one, edit) => one.slice(0, edit.start) + edit.text + one.slice(edit.end), text);
}

/** Those fixes that mend the problem; none once the steps are spent. */
export function mending(
  patient: Patient,
  problem: Problem,
  mender: (patient: Patient, problem: Problem) => readonly Fix[],
): Fix[] {
  if (!patient.budget.spend(READING * patient.text.length)) return [];
  return mender(patient, problem).filter(
    ({ edits }) => edits.length > 0 && isMended(patient, problem, edits),
  );
}

/** Where there are more of these, what comes after them was not even looked at. */
const coarse = ['syntax', 'wrong-type', 'unknown-key', 'missing-key', 'one-of', 'conflict', 'duplicate-key'];

/** Whether the file has fewer problems of the kind after the edits, and no coarser one instead; false where the steps do not suffice to tell. */
export function isMended(
  { text, reading, budget, files }: Patient,
  { code }: Problem,
  edits: Fix['edits'],
): boolean {
  if (!budget.spend(READING * text.length)) return false;
  const before = reading.problems;
  const after = readExperiment(applied(text, edits), budget, { suggests: false, files }).problems;
  if (budget.untried.size > 0) return false;
  const count = (problems: readonly Problem[], of: string): number =>
    problems.filter((one) => one.code === of).length;
  return (
    count(after, code) < count(before, code) &&
    coarse.every((other) => other === code || count(after, other) <= count(before, other))
  );
}
