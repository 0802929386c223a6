import type { Label } from '../core/label';
import type { LabelInfo } from '../protocol/results';
import type { StimulusSet } from '../stimuli/stimulus-set';
import type { DrawnExperiment } from './drawn-experiment';

/** What the results say of each label: its values, which earlier label says the same, and whether it tells every stimulus apart. */
export function labelInfos({ sets, testLabels }: DrawnExperiment): LabelInfo[] {
  const fitLabels = [...sets.fit.features, ...sets.fit.tasks];
  return testLabels.map((label, at) => ({
    name: label.name,
    source: label.source,
    kind: label.kind,
    classes: [...label.classes],
    width: label.width,
    sameAs: sameAs(at, testLabels, fitLabels),
    wholeDesign: sets.coincide && isDesign(label, sets.test),
  }));
}

/** The first label before this one with the same classes of all stimuli of both sets, or with its two turned round. */
function sameAs(at: number, test: readonly Label[], fit: readonly Label[]): LabelInfo['sameAs'] {
  const alike = (other: number, reversed: boolean): boolean =>
    [test, fit].every((labels) => sameClasses(labels[other], labels[at], reversed));
  for (let other = 0; other < at; other++)
    for (const reversed of [false, true])
      if (alike(other, reversed)) return { label: test[other].name, reversed };
  return null;
}

function sameClasses(a: Label, b: Label, reversed: boolean): boolean {
  if (a.classes.length < 2 || a.classes.length !== b.classes.length || (reversed && a.classes.length > 2))
    return false;
  // Labels that never vary have nothing in common.
  return (
    a.values.some((value) => value !== a.values[0]) &&
    a.values.every((value, i) => (reversed ? 1 - value : value) === b.values[i])
  );
}

/** Whether all stimuli of a value have the same input: then one mean a value predicts all. */
function isDesign(label: Label, { inputs: { data, cols } }: StimulusSet): boolean {
  if (label.classes.length < 2) return false;
  const first = new Map<number, number>();
  return label.values.every((value, row) => {
    const known = first.get(value);
    if (known === undefined) first.set(value, row);
    const start = (known ?? row) * cols;
    return data
      .subarray(row * cols, (row + 1) * cols)
      .every((input, column) => input === data[start + column]);
  });
}
