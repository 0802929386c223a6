import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Store } from '../../../src/run/store/store';
import { repscope, writeExperiment } from '../../support/command-line';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

/** A network that is finished at once, and one that would train for hours. */
const quick = { quick: {} };
const unending = tinyExperiment({
  networks: { ...quick, slow: { training: { epochs: 10_000_000 } } },
  seeds: 1,
});

describe('repscope analyze, interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s, ends with %d and keeps what was finished', async (signal, expected) => {
    const folder = scratch();
    const store = join(folder, 'store');
    const file = writeExperiment(folder, unending);
    const out = join(folder, 'out');
    let told = false;
    const args = ['analyze', file, '--out', out, '--store', store, '--workers', '1'];
    const { code, stdout } = await repscope(args, {
      onStderr: (text, child) => {
        if (told || !text.includes('quick/0 done')) return;
        told = true;
        // Somewhere in the training of the other network.
        setTimeout(() => child.kill(signal), 200);
      },
    });
    expect(code).toBe(expected);
    expect(stdout).toBe('');
    expect(existsSync(out)).toBe(false);

    // The training and the analysis of the finished replicate, whole; nothing of the other, in no place.
    const kept = await Store.open(store);
    const entries = await kept.list();
    expect(entries).toHaveLength(2);
    for (const { key } of entries) expect(await kept.read(key)).not.toBeNull();
    expect(readdirSync(join(store, 'tmp'))).toEqual([]);
    const rest = writeExperiment(folder, { ...unending, networks: quick }, 'rest.experiment.json');
    const again = await repscope(['analyze', rest, '--json', '--store', store]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('quick/0 taken from the store');
  });

  it('ends at once on a second signal', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, unending);
    let started = false;
    const { code } = await repscope(['analyze', file, '--json', '--store', join(folder, 'store')], {
      onStderr: (_, child) => {
        if (started) return;
        started = true;
        child.kill('SIGINT');
        child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
  });
});
