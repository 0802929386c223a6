import { describe, expect, it } from 'vitest';
import type { ClassLabel } from '../../../../src/analysis/selectivity/class-label';
import {
  type LabelPermutations,
  labelPermutations,
} from '../../../../src/analysis/selectivity/label-permutations';
import { partition } from '../../../../src/analysis/selectivity/partition';
import { selectivity } from '../../../../src/analysis/selectivity/selectivity';
import { strength, statistics } from '../../../../src/analysis/selectivity/statistic';
import type { Matrix } from '../../../../src/core/matrix';
import type { SelectivityResults, Value } from '../../../../src/protocol/results';
import { stream } from '../../../../src/core/stream';

const stimuli = 60;
const count = 150;

function labelOf(
  name: string,
  classes: string[],
  shares: number[],
  random = stream('labels', name),
): ClassLabel {
  const of = Uint16Array.from({ length: stimuli }, () => {
    let left = random.uniform();
    return Math.max(
      0,
      shares.findIndex((share) => (left -= share) < 0),
    );
  });
  const counts = classes.map((_, c) => of.filter((found) => found === c).length);
  return { name, classes, binary: classes.length === 2, of, counts };
}

/** The label that an order stands for: its first stimuli are the rarest class, and so on. */
function permuted(label: ClassLabel, order: Uint32Array): ClassLabel {
  const of = new Uint16Array(stimuli);
  let at = 0;
  for (const c of partition(label).order) for (let k = 0; k < label.counts[c]; k++) of[order[at++]] = c;
  return { ...label, of };
}

function orders(permutations: LabelPermutations): Uint32Array[] {
  return [...permutations.blocks()].flatMap((block) =>
    Array.from({ length: block.length / stimuli }, (_, k) => block.subarray(k * stimuli, (k + 1) * stimuli)),
  );
}

function numbers(found: SelectivityResults, statistic: (typeof statistics)[number]): Value[] {
  return found[statistic].flat().map((v) => (v === null ? null : strength(statistic, Number(v))));
}

// Each statistic of each permuted label computed as if it were the label itself, one permutation after the other.
describe.each([1, 3, 5, 17, 33, 70])('the permutation test of %i units', (units) => {
  const random = stream('units', units);
  const activations: Matrix = {
    rows: stimuli,
    cols: units,
    data: Float32Array.from({ length: stimuli * units }, () => Math.max(0, random.normal())),
  };
  const labels = [
    labelOf('even', ['no', 'yes'], [0.5, 0.5]),
    labelOf('rare', ['no', 'yes'], [0.85, 0.15]),
    labelOf('three', ['red', 'yellow', 'blue'], [0.2, 0.5, 0.3]),
  ];
  const permutations = labelPermutations(count, stimuli);
  const tested = selectivity(activations, labels, permutations).selectivity;
  const none = labelPermutations(0, stimuli);

  it.each(labels)('is what permuted labels give: $name', (label) => {
    const nulls = orders(permutations).map(
      (order) => selectivity(activations, [permuted(label, order)], none).selectivity[label.name],
    );
    for (const statistic of statistics) {
      const values = numbers(tested[label.name], statistic);
      const each = nulls.map((found) => numbers(found, statistic));
      const p = tested[label.name].p[statistic].flat();
      values.forEach((value, i) => {
        if (value === null) expect(p[i]).toBeNull();
        else {
          const reached = each.filter((found) => (found[i] ?? -1) >= value * (1 - 1e-9)).length;
          expect(p[i]).toBe((1 + reached) / (1 + count));
        }
      });
      const maxima = each.map((found) => Math.max(...found.map((v) => v ?? 0))).sort((a, b) => a - b);
      const { threshold } = tested[label.name].maximum[statistic];
      expect(threshold).toBeCloseTo(maxima[Math.ceil(0.95 * (count + 1)) - 1], 9);
    }
  });
});
