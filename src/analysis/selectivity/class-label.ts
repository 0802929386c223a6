import type { Label } from '../../core/label';

/** A label with a whole number of values, as selectivity needs it: the class of each stimulus. */
export interface ClassLabel {
  readonly name: string;
  /** Names of the values. */
  readonly classes: readonly string[];
  /** A binary label has two classes, and only the second is compared with the other. */
  readonly binary: boolean;
  /** Class of each stimulus. */
  readonly of: Uint16Array;
  /** Stimuli of each class. */
  readonly counts: readonly number[];
}

/**
 * The labels that selectivity is computed for, by name: `h[2]` stands for one bit of a bit vector, `h` for all of them.
 *
 * @param labels all labels of one set of stimuli
 * @param names names of labels, or of bits
 * @returns the labels in the order of the names, none twice; and why a name stands for none
 */
export function classLabels(
  labels: readonly Label[],
  names: readonly string[],
): { labels: ClassLabel[]; undefinedValues: Record<string, string> } {
  const found = new Map<string, ClassLabel>();
  const undefinedValues: Record<string, string> = {};
  for (const name of names) {
    const label = labels.find((candidate) => candidate.name === name);
    const bit = label ? null : bitOf(labels, name);
    if (label?.kind === 'real') {
      undefinedValues[`selectivity.${name}`] = `${name} is Gaussian: it has no values to tell apart.`;
    } else if (label?.kind === 'bits') {
      for (let i = 0; i < label.width; i++) {
        const single = fromBit(label, i);
        found.set(single.name, single);
      }
    } else if (label) {
      found.set(name, classLabel(name, label.classes, label.kind === 'binary', label.values));
    } else if (bit) {
      found.set(name, fromBit(bit.label, bit.index));
    } else {
      undefinedValues[`selectivity.${name}`] = `There is no task, feature or bit ${name}.`;
    }
  }
  return { labels: [...found.values()], undefinedValues };
}

/** @param values class of each stimulus: whole numbers below the number of classes */
export function classLabel(
  name: string,
  classes: readonly string[],
  binary: boolean,
  values: ArrayLike<number>,
): ClassLabel {
  const of = Uint16Array.from(values);
  const counts = new Array<number>(classes.length).fill(0);
  for (const c of of) counts[c]++;
  return { name, classes, binary, of, counts };
}

function fromBit(label: Label, index: number): ClassLabel {
  const values = label.values.filter((_, i) => i % label.width === index);
  return classLabel(`${label.name}[${index}]`, ['0', '1'], true, values);
}

function bitOf(labels: readonly Label[], name: string): { label: Label; index: number } | null {
  const parts = /^(.*)\[(\d+)\]$/s.exec(name);
  if (!parts) return null;
  const label = labels.find((candidate) => candidate.kind === 'bits' && candidate.name === parts[1]);
  const index = Number(parts[2]);
  return label && index < label.width ? { label, index } : null;
}
