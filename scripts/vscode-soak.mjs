// Interrupts analyses in a real VS Code again and again: cancel, close the panel, reload the window, kill a thread.
//   node scripts/vscode-soak.mjs [COUNT [SEED]]
// Writes docs/soak-editor.json where COUNT is 100 or more.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from './vscode-bundle.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const [count = '100', seed = '0'] = process.argv.slice(2);
const { soak } = await program('soak');
const result = await soak(Number(count), Number(seed), (line) => console.log(line));
for (const fault of result.faults) console.error(fault);
const faulty = result.repetitions.filter(({ faults }) => faults.length > 0).length;
const kinds = [...new Set(result.repetitions.map(({ interruption }) => interruption))];
const summary = {
  repetitions: result.repetitions.length,
  seed: Number(seed),
  byInterruption: Object.fromEntries(
    kinds.map((kind) => [
      kind,
      result.repetitions.filter(({ interruption }) => interruption === kind).length,
    ]),
  ),
  faultyRepetitions: faulty,
  faultsAtTheEnd: result.faults,
};
console.log(JSON.stringify(summary, null, 1));
if (Number(count) >= 100)
  writeFileSync(
    join(root, 'docs', 'soak-editor.json'),
    `${JSON.stringify({ ...summary, runs: result.repetitions }, null, 1)}\n`,
  );
process.exit(faulty + result.faults.length === 0 ? 0 : 1);
