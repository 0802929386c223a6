import { distanceFromNatural } from '../analysis/distance-from-natural';
import type { Matrix } from '../core/matrix';
import { END, type Place, type Values } from '../core/values';
import {
  changeMeasuresOf,
  CONTROL_DRAWS,
  DISTANCES,
  FLIPPED,
  KEPT,
  rangedOfPair,
  rangedOfSite,
} from '../measures/change';
import { SiteView } from '../measures/site-view';
import { foundOrWhy } from '../numerics/numerical-error';
import { changeMeasures, rangeNames } from '../protocol/change-words';
import type { ChangedAs, ChangeMade, Recording } from '../sources/source';
import { answersOf } from '../training/answers';
import type { DrawnExperiment } from './drawn-experiment';
import type { KnownAnalysis } from './known-analysis';

/** Adds what is measured of a change of a network at its end, where the replicate is of one. */
export async function addChange(
  values: Values,
  drawn: DrawnExperiment,
  recording: Recording,
  known: KnownAnalysis | undefined,
): Promise<void> {
  const { change } = recording;
  if (!change) return;
  const names = changeMeasuresOf([{ of: '', kind: change.kind }], drawn.analyses.rdm).map(({ name }) => name);
  if (known && names.every((name) => known.has(name))) {
    for (const { value, why, ...place } of known.every(names)) values.add(place, value, why);
    return;
  }
  if (change.doses.length > 0) await addDoses(values, drawn, change);
  else await addSameFunction(values, drawn, recording, change);
}

type Row = Omit<Place, 'checkpoint'>;

/** What becomes of the answers as more is changed, and how far the states go. */
async function addDoses(values: Values, drawn: DrawnExperiment, change: ChangeMade): Promise<void> {
  const add = (row: Row, value: number | null, why?: string): void =>
    values.add({ checkpoint: END, ...row }, value, why);
  const { tasks } = change;
  const doses = [...new Set(change.doses)];
  const before = answersOf(tasks, (await change.before('test')).at(-1) as Matrix<Float32Array>);
  const flips = tasks.map((): number[] => []);
  for (const dose of doses) {
    const part = String(dose);
    const moved = change.moved(dose, 'test');
    const answers = await answersAt(change, { dose, draw: null });
    const random: Uint16Array[][] = [];
    for (let draw = 0; draw < CONTROL_DRAWS; draw++) random.push(await answersAt(change, { dose, draw }));
    tasks.forEach(({ name: label }, at) => {
      const { values: right } = labelOf(drawn, label);
      const mean = (of: (one: Uint16Array) => number): number =>
        random.reduce((sum, one) => sum + of(one[at]), 0) / random.length;
      const flipped = (one: Uint16Array): number => 1 - sameShare(one, before[at], moved);
      flips[at].push(flipped(answers[at]));
      const place = { label, part };
      add({ measure: changeMeasures.accuracy, ...place }, sameShare(answers[at], right));
      add(
        { measure: changeMeasures.accuracyAtRandom, ...place },
        mean((one) => sameShare(one, right)),
      );
      add({ measure: changeMeasures.flips, ...place }, flipped(answers[at]));
      add({ measure: changeMeasures.flipsAtRandom, ...place }, mean(flipped));
    });
    const distance = await distanceAt(change, dose);
    const why = 'Every unchanged state of a test stimulus is one of a fit stimulus.';
    add({ measure: changeMeasures.distance, part }, distance, distance === null ? why : undefined);
  }
  // Of initial weights all together: activations of one network stay at hand.
  for (const dose of doses) {
    const answers = await answersAt(change, { dose, draw: null, untrained: true });
    tasks.forEach(({ name: label }, at) => {
      const share = sameShare(answers[at], labelOf(drawn, label).values);
      add({ measure: changeMeasures.accuracyUntrained, label, part: String(dose) }, share);
    });
  }
  tasks.forEach(({ name: label }, at) => {
    const threshold =
      change.kind === 'rebuild' ? keptFrom(doses, flips[at]) : flippedFrom(change.kind, doses, flips[at]);
    add({ measure: changeMeasures.threshold, label }, threshold, threshold === null ? notEnough : undefined);
  });
}

const notEnough = 'No dose that the file lists is enough.';

async function answersAt(change: ChangeMade, as: ChangedAs): Promise<Uint16Array[]> {
  return answersOf(change.tasks, (await change.at(as, 'test')).at(-1) as Matrix<Float32Array>);
}

function labelOf({ testLabels }: DrawnExperiment, name: string): { readonly values: ArrayLike<number> } {
  const found = testLabels.find((label) => label.name === name && label.source === 'task');
  if (!found) throw new Error(`There is no task ${name}.`);
  return found;
}

/** Share of entries that are the same. @param among those that count; all where null */
function sameShare(a: ArrayLike<number>, b: ArrayLike<number>, among: Uint8Array | null = null): number {
  let [same, count] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    if (among && among[at] === 0) continue;
    count++;
    if (a[at] === b[at]) same++;
  }
  // Where none is moved none flips.
  return count === 0 ? 1 : same / count;
}

/** The least dose at which enough answers flip, on the side of the last one: between two doses along the line that joins their shares. */
function flippedFrom(kind: string, doses: readonly number[], flips: readonly number[]): number | null {
  const enough = kind === 'ablate' ? FLIPPED.ablate : FLIPPED.steer;
  const side = Math.sign(doses[doses.length - 1]) || 1;
  const curve = doses
    .map((dose, at) => ({ dose: dose * side, share: flips[at] }))
    .filter(({ dose }) => dose > 0)
    .sort((a, b) => a.dose - b.dose);
  let last = { dose: 0, share: 0 };
  for (const next of curve) {
    if (next.share >= enough)
      return last.dose + ((next.dose - last.dose) * (enough - last.share)) / (next.share - last.share);
    last = next;
  }
  return null;
}

/** The least number of components from which on answers are kept. */
function keptFrom(doses: readonly number[], flips: readonly number[]): number | null {
  const order = doses.map((dose, at) => ({ dose, share: flips[at] })).sort((a, b) => b.dose - a.dose);
  const lost = order.findIndex(({ share }) => share > KEPT);
  return lost === 0 ? null : (order.at(lost < 0 ? -1 : lost - 1)?.dose ?? null);
}

async function distanceAt(change: ChangeMade, dose: number): Promise<number | null> {
  const [layer] = change.layers;
  const states = (await change.at({ dose, draw: null }, 'test'))[layer];
  const [fresh, natural] = [(await change.before('test'))[layer], (await change.before('fit'))[layer]];
  return distanceFromNatural(head(states), head(fresh), head(natural));
}

/** Its first rows. */
function head({ rows, cols, data }: Matrix<Float32Array>): Matrix<Float32Array> {
  const count = Math.min(rows, DISTANCES);
  return { rows: count, cols, data: data.subarray(0, count * cols) };
}

/** How far outputs change, and over the draws of a rewriting the range of what is measured of its layers. */
async function addSameFunction(
  values: Values,
  drawn: DrawnExperiment,
  recording: Recording,
  change: ChangeMade,
): Promise<void> {
  const before = await viewsOf(drawn, (set) => change.before(set));
  const ranges = new Ranges();
  let outputs = 0;
  for (let draw = 0; draw < Math.max(1, change.draws); draw++) {
    const after = await viewsOf(drawn, (set) =>
      change.at({ dose: 0, draw: change.draws > 0 ? draw : null }, set),
    );
    outputs = Math.max(outputs, outputChange(before[before.length - 1].test, after[after.length - 1].test));
    if (change.draws === 0) continue;
    for (const layer of change.layers)
      addRanges(ranges, drawn, recording.sites[layer].name, before[layer], after[layer]);
  }
  values.add({ measure: changeMeasures.outputs, checkpoint: END }, outputs);
  ranges.addTo(values);
}

function viewsOf(
  drawn: DrawnExperiment,
  layers: (set: 'fit' | 'test') => Promise<readonly Matrix<Float32Array>[]>,
): Promise<SiteView[]> {
  return layers('fit').then(async (fit) => {
    const test = await layers('test');
    return fit.map((one, at) => new SiteView(drawn, one, test[at]));
  });
}

/** Largest change of an output, relative to the largest output. */
function outputChange({ data: before }: Matrix<Float32Array>, { data: after }: Matrix<Float32Array>): number {
  let [change, largest] = [0, 0];
  before.forEach((value, at) => {
    change = Math.max(change, Math.abs(after[at] - value));
    largest = Math.max(largest, Math.abs(value));
  });
  return change === 0 ? 0 : change / largest;
}

function addRanges(
  ranges: Ranges,
  drawn: DrawnExperiment,
  site: string,
  before: SiteView,
  after: SiteView,
): void {
  for (const measure of rangedOfSite)
    for (const { label, part, value, why } of measure.measure(after))
      ranges.add({ measure: measure.name, site, label, part }, value, why);
  for (const measure of rangedOfPair(drawn.analyses.rdm)) {
    const { found, why } = foundOrWhy(() => measure.compare(measure.prepare(before), measure.prepare(after)));
    ranges.add({ measure: measure.name, site }, found?.value ?? null, found?.why ?? why);
  }
}

/** The least and the most of numbers, by their place; null where one is. */
class Ranges {
  readonly #found = new Map<string, { row: Row; least: number | null; most: number | null; why?: string }>();

  add(row: Row, value: number | null, why?: string): void {
    const key = JSON.stringify(row);
    const known = this.#found.get(key);
    if (!known) this.#found.set(key, { row, least: value, most: value, why });
    else if (value === null || known.least === null || known.most === null)
      this.#found.set(key, { row, least: null, most: null, why: known.why ?? why });
    else
      this.#found.set(key, { row, least: Math.min(known.least, value), most: Math.max(known.most, value) });
  }

  addTo(values: Values): void {
    for (const { row, why, ...ends } of this.#found.values())
      for (const end of ['least', 'most'] as const)
        values.add({ ...row, measure: rangeNames(row.measure)[end], checkpoint: END }, ends[end], why);
  }
}
