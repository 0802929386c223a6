import { describe, expect, it } from 'vitest';
import { END, Values } from '../../../src/core/values';
import { outputsDiffer } from '../../../src/hazards/outputs-differ';
import { statesFarFromNatural } from '../../../src/hazards/states-far-from-natural';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import type { ChangeName } from '../../../src/protocol/results';
import { interventionsPanel } from '../../../webview/src/panels/interventions';
import type { View } from '../../../webview/src/panel';
import { network, results } from './fabricate';

/** Results of a changed network of one replicate, with these rows of its end. */
function changed(
  by: ChangeName,
  rows: readonly [measure: string, part: string | undefined, value: number][],
): HazardInput {
  const made = network({ name: 'other', accuracy: { hard: [1] } });
  const found = results([made]);
  const values = new Values(found.values);
  for (const [measure, part, value] of rows)
    values.add(
      {
        measure,
        source: 'other',
        seed: '0',
        checkpoint: END,
        part,
        label: measure.includes('accuracy') ? 'hard' : undefined,
      },
      value,
    );
  const networks = found.networks.map((one) => ({ ...one, changed: { of: 'both', by } }));
  return { ...found, networks, values: values.columns };
}

const far = (value: number): HazardInput =>
  changed('steer', [
    ['change.accuracy', '1', 0.5],
    ['change.accuracy', '2', 0.25],
    ['change.distance', '1', 30],
    ['change.distance', '2', value],
  ]);

describe('a changed network', () => {
  it('is warned of where its states, at its own dose, are far from natural ones', () => {
    const [hazard] = statesFarFromNatural.evaluate(far(12));
    expect(hazard).toMatchObject({ severity: 'warning', value: 12, where: { network: 'other' } });
    expect(hazard.message).toContain('12.0 times as far from the nearest state of “both”');
    expect(statesFarFromNatural.evaluate(far(8))).toEqual([]);
  });

  it('is not the same function where outputs differ by more than rounding', () => {
    const of = (value: number): HazardInput => changed('rewrite', [['change.outputs', undefined, value]]);
    expect(outputsDiffer.evaluate(of(1e-3))).toMatchObject([{ severity: 'serious', value: 1e-3 }]);
    expect(outputsDiffer.evaluate(of(2e-6))).toEqual([]);
  });

  it('has a panel with its doses in a table, which is not offered where nothing is changed', () => {
    const view = (of: HazardInput): View => ({ results: { ...of, hazards: [] } }) as unknown as View;
    expect(interventionsPanel.offered?.(view(results([network({ accuracy: { hard: [1] } })])))).toBe(false);
    const shown = view(far(12));
    expect(interventionsPanel.offered?.(shown)).toBe(true);
    const blocks = interventionsPanel.draw({} as never, shown, {}, {} as never);
    expect(blocks.map((block) => (block.block === 'figure' ? block.name : ''))).toEqual(['Doses']);
    const [{ content }] = blocks as [Extract<(typeof blocks)[number], { block: 'figure' }>];
    expect(content.table.rows.map(([name, dose, task]) => [name, dose, task])).toEqual([
      ['other', '1', 'hard'],
      ['other', '2', 'hard'],
    ]);
  });
});
