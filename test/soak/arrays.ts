// Ten thousand mutated array files of each format (or as many as the first argument says): each must be answered with numbers or a sentence.
import { mutatedFormats, readMutated } from '../unit/formats/mutate-array';

const count = Number(process.argv[2] ?? 10_000);
const said = mutatedFormats.map((format) => {
  const { read, faults } = readMutated(format, count);
  for (const fault of faults) console.error(`${format} ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
  return `${format} ${faults.length} (${read} still read)`;
});
console.log(`${count} mutated array files of each format, faults: ${said.join(', ')}`);
