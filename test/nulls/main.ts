// Measures what every similarity says of independent random networks of some width, and prints it as JSON: main UNITS.
import { similarities } from '../../src/analysis/similarity/similarities';
import { startLanes } from '../../src/numerics/kernels/lanes';
import { type NullFound, nullsOf, permutations } from './independent';

const units = Number(process.argv[2]);
const counts = [32, 128, 1024];

/** Eigenproblems of a thousand directions and assignments of a thousand units take seconds each: these are not permuted here. */
const byDirections = ['cca', 'cca-squared', 'svcca', 'pwcca', 'shape', 'predictivity'];
const byUnits = [
  'procrustes',
  'procrustes-normalized',
  'matching-soft',
  'matching-one-to-one',
  'matching-semi',
];

/** Of a matrix of stimuli × stimuli. */
const byStimuli = ['bures'];

startLanes();
const found: NullFound[] = [];
for (const stimuli of counts) {
  const measures = similarities.filter(
    ({ name }) =>
      !(byDirections.includes(name) && Math.min(units, stimuli) > 128) &&
      !(byUnits.includes(name) && units > 128) &&
      !(byStimuli.includes(name) && stimuli > 128),
  );
  const size = units * stimuli;
  found.push(...nullsOf(measures, units, stimuli, size > 2 ** 17 ? 20 : size > 2 ** 12 ? 40 : 100));
  process.stderr.write(`${units} units, ${stimuli} stimuli: ${Math.round(performance.now() / 1000)} s\n`);
}
process.stdout.write(`${JSON.stringify({ permutations, found })}\n`);
