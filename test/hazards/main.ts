// Analyses experiments in which nothing is wrong, and prints what rules say of them as JSON: main FROM TO; main models COUNT says it of models alone.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLanes } from '../../src/numerics/kernels/lanes';
import { turnedIn } from './nothing-turns';
import { alarmsOf } from './nothing-wrong';

startLanes();
const [first, to] = process.argv.slice(2);
void (first === 'models' ? ofModels(Number(to)) : ofExperiments(Number(first), Number(to)));

async function ofModels(count: number): Promise<void> {
  const found = [];
  for (let number = 0; number < count; number++) found.push(await turnedIn(number));
  process.stdout.write(JSON.stringify(found));
}

async function ofExperiments(from: number, to: number): Promise<void> {
  const found = [];
  for (let number = from; number < to; number++) {
    const store = await mkdtemp(join(tmpdir(), 'repscope-hazards-'));
    try {
      found.push(await alarmsOf(number, store));
    } finally {
      rmSync(store, { recursive: true, force: true });
    }
    process.stderr.write(`${number}: ${Math.round(performance.now() / 1000)} s\n`);
  }
  process.stdout.write(JSON.stringify(found));
}
