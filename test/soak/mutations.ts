// Ten thousand mutated experiment files (or as many as the first argument says): each must be answered within a second.
import { mutationFault } from '../unit/experiment/check-mutation';

const count = Number(process.argv[2] ?? 10_000);
const MOST_MS = 1000;
let faults = 0;
for (let number = 0; number < count; number++) {
  // Processor time: other work on the machine does not count.
  const start = process.cpuUsage();
  const found = mutationFault(number);
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  const fault = found ?? (ms > MOST_MS ? `took ${ms.toFixed(0)} ms` : null);
  if (fault === null) continue;
  faults++;
  console.error(`mutation ${number}: ${fault}`);
}
console.log(`${count} mutated experiment files: ${faults} faults`);
if (faults > 0) process.exitCode = 1;
