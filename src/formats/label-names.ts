import type { LabelInfo } from '../protocol/results';

type Named = Pick<LabelInfo, 'name' | 'source' | 'sameAs'>;

/**
 * Labels that class all stimuli alike once, under all of their names, tasks first: `easy = e`. A task that is a feature is no second
 * finding.
 *
 * @returns the names to show, by the label that stands for all
 */
export function labelNames(labels: readonly Named[]): Map<string, string> {
  const groups = new Map<string, Named[]>();
  for (const label of labels) {
    const first = label.sameAs?.label ?? label.name;
    groups.set(first, [...(groups.get(first) ?? []), label]);
  }
  return new Map(
    [...groups.values()].map((group) => {
      const sorted = [...group].sort((a, b) => Number(b.source === 'task') - Number(a.source === 'task'));
      return [sorted[0]?.name ?? '', [...new Set(sorted.map(({ name }) => name))].join(' = ')] as const;
    }),
  );
}

/** What a positive number of a label of two classes means: `square − circle`. */
export function direction(classes: readonly string[], reversed = false): string {
  const [first = '', second = ''] = reversed ? [...classes].reverse() : classes;
  return `${second} − ${first}`;
}

/** Whether a direction goes without saying. */
export function isPlain(text: string): boolean {
  return text === 'true − false' || text === '1 − 0';
}
