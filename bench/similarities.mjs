// Processor time of similarities and their nulls at 1,024 stimuli × 256 units, one thread, against the goals: node bench/similarities.mjs, after a build. What it says stands in docs/performance.md.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { bundled } from '../scripts/bundled.mjs';

const root = join(import.meta.dirname, '..');
const program = await bundled(join(root, 'bench', 'similarities.ts'), join(root, 'out', 'bench'));
execFileSync(process.execPath, [program], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
