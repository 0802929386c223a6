// Analyses experiments in which nothing is wrong, and prints what rules say of them as JSON: main FROM TO.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLanes } from '../../src/numerics/kernels/lanes';
import { alarmsOf } from './nothing-wrong';

startLanes();
const [from, to] = process.argv.slice(2).map(Number);
void main();

async function main(): Promise<void> {
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
