import { expect } from 'vitest';
import type { Results } from '../../../src/protocol/results';
import { treeOf } from '../../support/tree';
import { type Dashboard, numberOf } from './dashboard';

/** The overview shows the means and intervals of these results, for each network, task and layer. */
export async function showsOverview(dashboard: Dashboard, expected: Results): Promise<void> {
  await dashboard.drawn('overview');
  const [head, ...rows] = await dashboard.table('Accuracy and variance explained');
  for (const { name, summary } of treeOf(expected)) {
    for (const task of Object.keys(expected.tasks)) {
      const row = rows.find(([first, second]) => first === name && second === task);
      shows(row?.[head?.indexOf('accuracy') ?? -1], summary.accuracy[task]);
      for (const layer of summary.layers)
        shows(row?.[head?.indexOf(layer.name) ?? -1], layer.varianceExplained[task]);
    }
  }
}

/** What a cell shows is the mean with its interval, as far as its digits go. */
function shows(
  cell: string | undefined,
  interval: { mean: number | null; low: number | null; high: number | null } | undefined,
): void {
  if (interval === undefined || interval.mean === null) {
    expect(cell ?? '–').toBe('–');
    return;
  }
  // Beside the numbers stands what is to be known of them: `≈`, `(all equal)`.
  const numbers = (cell ?? '').replace(/≈|\(.*?\)/g, '').split(/[[\],]/);
  const [mean, low, high] = numbers.map((part) => numberOf(part.trim()));
  near(mean, interval.mean);
  if (interval.low !== null && interval.high !== null) {
    near(low, interval.low);
    near(high, interval.high);
  }
}

/** Equal as far as three decimals, or three digits of large numbers, tell. */
export function near(seen: number | null | undefined, wanted: unknown): void {
  if (wanted === null || wanted === undefined) {
    expect(seen ?? null).toBeNull();
    return;
  }
  expect(seen).not.toBeNull();
  expect(Math.abs((seen ?? NaN) - (wanted as number))).toBeLessThanOrEqual(
    Math.max(0.00051, 0.0051 * Math.abs(wanted as number)),
  );
}
