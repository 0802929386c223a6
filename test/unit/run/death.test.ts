import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { toJson } from '../../../src/formats/json';
import { stream } from '../../../src/core/stream';
import { Store } from '../../../src/run/store/store';
import { repscope, writeExperiment } from '../../support/command-line';
import { runExperiment } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';
import { bundle } from './fixtures/bundle';

const experiment = tinyExperiment({
  training: { learningRate: 0.01, batchSize: 16, epochs: 30, checkpoints: 3 },
});

describe('a worker that dies in a training', () => {
  let script: string;
  beforeAll(async () => {
    script = await bundle('dying-worker.ts');
  });

  it('is replaced, and its job done once more, with the same numbers', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'deaths-1'), '');
    const { results, events } = await runExperiment(experiment, join(folder, 'store'), { script });
    expect(existsSync(join(folder, 'death-0'))).toBe(true);
    expect(events.filter((event) => event.kind === 'started')).toHaveLength(7);
    const undisturbed = await runExperiment(experiment, join(folder, 'other'));
    expect(toJson(results)).toBe(toJson(undisturbed.results));
  });

  it('twice over one replicate, makes that one a failure and keeps the others', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'deaths-2'), '');
    const { results } = await runExperiment(experiment, join(folder, 'store'), { script });
    const [first, ...others] = results.networks.flatMap(({ replicates }) => replicates);
    expect(first.status).toBe('failed');
    expect(first.reason).toContain('died 2 times');
    expect(others.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done', 'done']);
  });
});

describe('a process that is killed at any moment', () => {
  it('leaves a store from which the next one goes on to the same results', async () => {
    const kills = Number(process.env.REPSCOPE_KILLS ?? 5);
    const folder = scratch();
    const file = writeExperiment(folder, experiment);
    const store = join(folder, 'store');
    const args = (where: string): string[] => [
      'analyze',
      file,
      '--json',
      '--store',
      join(folder, where),
      '--workers',
      '2',
    ];
    const began = performance.now();
    const undisturbed = await repscope(args('other'));
    const whole = performance.now() - began;
    expect(undisturbed.code).toBe(0);

    const moment = stream('test', 'killed');
    let killed = 0;
    for (let trial = 0; trial < kills; trial++) {
      const delay = (0.25 + 0.75 * moment.uniform()) * whole;
      let timer: NodeJS.Timeout | undefined;
      const { code, stdout } = await repscope(args('store'), {
        onStart: (child) => {
          if (trial > 0) timer = setTimeout(() => child.kill('SIGKILL'), delay);
        },
        // The first in any case, however fast the machine has become.
        onStderr: (said, child) => {
          if (trial === 0 && said.includes(' done (')) child.kill('SIGKILL');
        },
      });
      clearTimeout(timer);
      if (code === null) killed++;
      else expect(stdout).toBe(undisturbed.stdout);
      const kept = await Store.open(store);
      for (const { key } of await kept.list()) expect(await kept.read(key)).not.toBeNull();
      // Now and then from the start again, or there would soon be nothing left to do.
      if (trial % 3 === 2) {
        expect((await repscope(args('store'))).stdout).toBe(undisturbed.stdout);
        await kept.clear();
      }
    }
    const last = await repscope(args('store'));
    expect(last.code).toBe(0);
    expect(last.stdout).toBe(undisturbed.stdout);
    expect(killed).toBeGreaterThan(0);
    if (process.env.REPSCOPE_KILLS !== undefined) console.log(`killed ${killed} of ${kills} times`);
  }, 1_800_000);
});
