import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '../../../src/formats/safetensors';
import { writtenResults } from '../../support/written';
import { project } from './project';

/** What the command line writes. */
export interface Written {
  results: ReturnType<typeof writtenResults>;
  /** d′ of each unit of a layer when training has ended; of a categorical label for its first value. */
  dprime: (at: { network: string; seed: number; layer: string; label: string }) => (number | null)[];
}

/** What it computes from the same file, trained anew: results and store are in a folder of their own. */
export function analyzedByCommandLine(file: string, folder: string): Written {
  const out = join(folder, 'out');
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(project, 'dist', 'cli.js'), 'analyze', file, '--out', out, '--store', join(folder, 'store')],
    { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 },
  );
  if (status !== 0)
    throw new Error(`The command line ended with ${status} on ${readFileSync(file, 'utf8')}:\n${stderr}`);
  const results = writtenResults(readFileSync(join(out, 'results.json'), 'utf8'));
  const { units } = results.arrays;
  const { tensors } = readSafetensors(readFileSync(join(out, units.file)));
  return {
    results,
    dprime: ({ network, seed, layer, label }) => {
      const name = `units/${network}/${seed}/${layer}/dprime`;
      const tensor = tensors.get(name);
      if (!(tensor?.data instanceof Float64Array)) throw new Error(`There is no ${name}.`);
      const count = tensor.shape[1];
      const start = count * units.rows.findIndex((row) => row.label === label);
      const numbers = tensor.data.subarray(start, start + count);
      return Array.from(numbers, (value) => (Number.isNaN(value) ? null : value));
    },
  };
}
