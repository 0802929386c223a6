import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
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

/** Warned of before its stimuli are drawn, which takes minutes. */
const longDrawing = tinyExperiment({
  stimuli: {
    features: {
      e: { values: ['no', 'yes'] },
      h: {
        bits: 16,
        agrees: { with: 'e == yes', probability: 0.9, as: `parity(${'h, '.repeat(30)}h[0])` },
      },
      noise: { bits: 24 },
    },
    train: 4_000_000,
  },
  network: { hidden: [8], activation: 'leakyRelu', leakySlope: 2 },
});

/** Signals a process once, a moment after it has said something. */
function signalAfter(signal: NodeJS.Signals, words: string): (text: string, child: ChildProcess) => void {
  let told = false;
  return (text, child) => {
    if (told || !text.includes(words)) return;
    told = true;
    setTimeout(() => child.kill(signal), 200);
  };
}

describe.each(['SIGINT', 'SIGTERM'] as const)('a long drawing of stimuli, interrupted by %s,', (signal) => {
  it('ends check at once', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, longDrawing);
    // Each is drawn for about half a second.
    const { code, signal: by } = await repscope(['check', ...Array.from({ length: 1000 }, () => file)], {
      cwd: folder,
      onStdout: signalAfter(signal, 'steeper below zero'),
    });
    expect([code, by]).toEqual([null, signal]);
    expect(readdirSync(folder)).toEqual(['tiny.experiment.json']);
  });

  it('ends stimuli at once, without files', async () => {
    const folder = scratch();
    const file = writeExperiment(folder, longDrawing);
    const { code, signal: by } = await repscope(['stimuli', file, '--out', join(folder, 'out', 'all.csv')], {
      onStderr: signalAfter(signal, 'steeper below zero'),
    });
    expect([code, by]).toEqual([null, signal]);
    expect(readdirSync(folder)).toEqual(['tiny.experiment.json']);
  });

  it('removes what stimuli has half written', async () => {
    const folder = scratch();
    const file = writeExperiment(
      folder,
      tinyExperiment({
        stimuli: { features: { e: { values: ['no', 'yes'] }, noise: { bits: 60 } }, train: 60_000 },
        tasks: { t: 'e == yes' },
        networks: { n: {} },
      }),
    );
    const out = join(folder, 'out');
    let watched: NodeJS.Timeout | undefined;
    const { code } = await repscope(['stimuli', file, '--out', join(out, 'all.csv')], {
      onStart: (child) => {
        watched = setInterval(() => {
          const [name] = existsSync(out) ? readdirSync(out) : [];
          const size = name === undefined ? 0 : statSync(join(out, name), { throwIfNoEntry: false })?.size;
          if (size) child.kill(signal);
        }, 5);
      },
    });
    clearInterval(watched);
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(readdirSync(out)).toEqual([]);
  });
});
