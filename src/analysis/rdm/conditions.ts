import type { StimuliDetail } from '../../protocol/detail';
import type { Label } from '../../core/label';

/** Conditions are numbered in 16 bits. */
const MOST = 65536;

/**
 * The combinations of the labels' values that occur, in the order of the values (the last label changes fastest), named as
 * in `easy=true · hard=false`. Bit vectors count by their joint pattern.
 *
 * @param labels not `real` ones; at least one
 * @throws RangeError for a real label, and for more than 65,536 combinations
 */
export function conditionsOf(labels: readonly Label[]): StimuliDetail['conditions'] {
  if (labels.length === 0 || labels.some((label) => label.kind === 'real')) {
    throw new RangeError('Conditions are combinations of binary, categorical or bit labels.');
  }
  const count = labels[0].values.length / labels[0].width;
  const found = new Map<string, { key: number[]; stimuli: number[] }>();
  for (let i = 0; i < count; i++) {
    const key = labels.flatMap(({ values, width }) =>
      Array.from(values.subarray(i * width, (i + 1) * width)),
    );
    const id = key.join();
    const entry = found.get(id);
    if (entry) entry.stimuli.push(i);
    else found.set(id, { key, stimuli: [i] });
  }
  if (found.size > MOST) throw new RangeError(`There are ${found.size} conditions, more than ${MOST}.`);
  const sorted = Array.from(found.values()).sort((a, b) => {
    const differs = a.key.findIndex((value, k) => value !== b.key[k]);
    return differs < 0 ? 0 : a.key[differs] - b.key[differs];
  });
  const of = new Uint16Array(count);
  sorted.forEach(({ stimuli }, condition) => {
    for (const i of stimuli) of[i] = condition;
  });
  return {
    names: sorted.map(({ key }) => nameOf(labels, key)),
    counts: sorted.map((c) => c.stimuli.length),
    of,
  };
}

function nameOf(labels: readonly Label[], key: readonly number[]): string {
  let at = 0;
  return labels
    .map(({ name, kind, classes, width }) => {
      const values = key.slice(at, (at += width));
      return `${name}=${kind === 'bits' ? values.join('') : (classes[values[0]] ?? String(values[0]))}`;
    })
    .join(' · ');
}
