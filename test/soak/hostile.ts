// Hostile experiment files of numbers FIRST to END: hostile FIRST END. Each must be answered by the check within a second of processor
// time, and the process must stay under 500 MB. Prints one line for each fault, and last the slowest file and the memory.
import { checkExperiment } from '../../src/run/check';
import { answerFault } from '../unit/experiment/check-mutation';
import { hostile } from '../unit/experiment/hostile';

const [first, end] = process.argv.slice(2).map(Number);
const MOST_MS = 1000;
const MOST_BYTES = 500e6;
let slowest = { ms: 0, name: '' };
let faults = 0;
const say = (line: string): void => {
  faults++;
  console.log(line);
};

for (let number = first; number < end; number++) {
  const { kind, text } = hostile(number);
  const name = `${number} (${kind})`;
  const start = process.cpuUsage();
  try {
    const fault = answerFault(text, checkExperiment(text));
    if (fault !== null) say(`${name}: ${fault}`);
  } catch (error) {
    say(`${name}: threw ${error instanceof Error ? error.stack : String(error)}`);
  }
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  if (ms > MOST_MS) say(`${name}: took ${ms.toFixed(0)} ms`);
  if (ms > slowest.ms) slowest = { ms, name };
}
// In kilobytes.
const bytes = process.resourceUsage().maxRSS * 1024;
if (bytes > MOST_BYTES) say(`${first} to ${end}: ${(bytes / 1e6).toFixed(0)} MB`);
console.log(JSON.stringify({ faults, slowest, megabytes: Math.round(bytes / 1e6) }));
process.exitCode = faults > 0 ? 1 : 0;
