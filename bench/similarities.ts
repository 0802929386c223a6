/** Processor time of similarities and their nulls, one thread, against the goals; run by similarities.mjs. */
import { pairMatrix } from '../src/analysis/pairs/pair-matrix';
import { calibrate } from '../src/analysis/similarity/null';
import { similarities } from '../src/analysis/similarity/similarities';
import type { Similarity } from '../src/analysis/similarity/similarity';
import type { Matrix } from '../src/core/matrix';
import { stream } from '../src/core/stream';
import type { Analyses } from '../src/experiment/experiment';
import type { NamedView } from '../src/measures/measure';
import { askedSimilarities } from '../src/measures/similarity';
import { TestView } from '../src/measures/site-view';
import { startLanes } from '../src/numerics/kernels/lanes';

const STIMULI = 1024;
const UNITS = 256;
const PERMUTATIONS = 1000;
const random = stream('similarities');

/** Rectified, correlated units, as layers have them. */
function layer(): Matrix<Float64Array> {
  const own = Float64Array.from({ length: STIMULI * UNITS }, () => random.normal());
  const data = new Float64Array(own.length);
  for (let row = 0; row < STIMULI; row++)
    for (let unit = 0; unit < UNITS; unit++)
      data[row * UNITS + unit] = Math.max(0, own[row * UNITS + unit] + own[row * UNITS + (unit >> 3)]);
  return { rows: STIMULI, cols: UNITS, data };
}

/** Least processor time of some calls, in milliseconds. */
async function time(act: () => unknown, times: number): Promise<number> {
  let least = Infinity;
  for (let k = 0; k < times; k++) {
    const before = process.cpuUsage();
    await act();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

function named(name: string): Similarity {
  const found = similarities.find((one) => one.name === name);
  if (!found) throw new RangeError(`There is no measure ${name}.`);
  return found;
}

async function main(): Promise<void> {
  startLanes();
  const [a, b] = [layer(), layer()];
  const score = (one: Similarity) => one.compare(one.prepare(a), one.prepare(b));
  const withNull = (name: string) => {
    const one = named(name);
    const sides = [one.prepare(a), one.prepare(b)] as const;
    return calibrate(one, [sides], one.compare(...sides), STIMULI, PERMUTATIONS);
  };
  const rows: [string, number, number][] = [];
  const say = async (what: string, goal: number, act: () => unknown, times = 5): Promise<void> => {
    const row: [string, number, number] = [what, await time(act, times), goal];
    rows.push(row);
    console.error(`${row[1].toFixed(1).padStart(9)} ms (goal ${goal} ms)  ${what}`);
  };
  await say('CKA of two sites', 5, () => score(named('cka')), 15);
  for (const name of ['rsa', 'cka', 'cka-debiased'])
    await say(`${name} with a null of 1,000 permutations`, 1000, () => withNull(name));
  await say('all measures of a pair', 3000, () => similarities.map((one) => score(one)), 3);

  const settings = { measures: ['cka'], null: PERMUTATIONS } as unknown as Analyses['similarity'];
  const [measure] = askedSimilarities({ similarity: settings });
  const views = Array.from({ length: 20 }, () =>
    Array.from({ length: 4 }, (_, at): NamedView => {
      const { data, ...size } = layer();
      const view = new TestView({} as never, { ...size, data: Float32Array.from(data) });
      return { name: `hidden${at}`, view };
    }),
  );
  const { best } = measure;
  if (!best) throw new Error('It has no best pair of layers.');
  const all = (): unknown => pairMatrix(best, views.length, (at) => Promise.resolve(views[at]), 256e6);
  await say('20 replicates × 4 layers, all pairs, CKA with its null', 5000, all, 2);
  console.log(JSON.stringify(rows));
}

void main();
