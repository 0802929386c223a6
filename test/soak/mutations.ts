// Ten thousand mutated experiment files (or as many as the first argument says): each must be answered within a second.
import { mutationFault } from '../unit/experiment/check-mutation';

const count = Number(process.argv[2] ?? 10_000);
let faults = 0;
for (let number = 0; number < count; number++) {
  const fault = mutationFault(number);
  if (!fault) continue;
  faults++;
  console.error(`mutation ${number}: ${fault}`);
}
console.log(`${count} mutated experiment files: ${faults} faults`);
if (faults > 0) process.exitCode = 1;
