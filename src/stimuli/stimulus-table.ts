import type { Label } from '../core/label';
import type { StimulusSet } from './stimulus-set';

/** A table of stimuli as an experiment with people or animals would keep it. */
interface StimulusTable {
  readonly header: readonly string[];
  readonly rows: Iterable<readonly (string | number)[]>;
}

/**
 * One line per stimulus, set after set. Columns: `set` (of documents, whose tokens have a `set` of their own: `stimuli`), `index` (in its set, from 0), every feature by name (values by
 * their names; bits and Gaussian components one column each, as in `h[0]`), every task's label (the
 * name of its class), every input unit (`input[0]` …). Where a task has a feature's name its column is named `task NAME`.
 *
 * @param sets sets of one experiment; the rows are made one at a time, as they are asked for
 */
export function stimulusTable(sets: readonly StimulusSet[]): StimulusTable {
  const [first] = sets;
  const features = first ? first.features.flatMap(columnNames) : [];
  const own = [features.includes('set') ? 'stimuli' : 'set', 'index'];
  const taken = new Set([...own, ...features]);
  const tasks = first ? first.tasks.map(({ name }) => (taken.has(name) ? `task ${name}` : name)) : [];
  const inputs = Array.from({ length: first?.inputs.cols ?? 0 }, (_, unit) => `input[${unit}]`);
  const header = [...own, ...features, ...tasks, ...inputs];
  return { header, rows: { [Symbol.iterator]: () => lines(sets) } };
}

function columnNames({ name, kind, width }: Label): string[] {
  return kind === 'bits' || kind === 'real'
    ? Array.from({ length: width }, (_, i) => `${name}[${i}]`)
    : [name];
}

function* lines(sets: readonly StimulusSet[]): Generator<(string | number)[]> {
  for (const set of sets) {
    const { rows, cols, data } = set.inputs;
    const labels = [...set.features, ...set.tasks];
    for (let row = 0; row < rows; row++) {
      const line: (string | number)[] = [set.name, row];
      for (const label of labels) {
        for (let i = row * label.width; i < (row + 1) * label.width; i++) {
          const value = label.values[i];
          line.push(label.classes.length > 0 ? label.classes[value] : value);
        }
      }
      for (let i = row * cols; i < (row + 1) * cols; i++) line.push(data[i]);
      yield line;
    }
  }
}
