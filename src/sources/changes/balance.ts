import { log } from '../../core/elementary';
import { quote } from '../../experiment/names';
import type { Change } from './change';
import {
  homogeneous,
  type LayerWeights,
  scaled,
  type Unit,
  unitsOf,
  weightsOf,
  withUnits,
  withWeights,
} from './weights';

/** Weights of single precision that were scaled differ by less than this from multiples of each other, relative to their norm. */
const SAME = 1e-6;
/** The norms of a unit are equal when the logarithm of their ratio is below this, and are brought there in so many rounds at most. */
const EQUAL = 1e-9;
const ROUNDS = 1000;

/** The units of each hidden layer when it is balanced. */
type Balance = readonly number[];

/** The same function with units as large as what they contribute. Exact for one hidden layer; of several, layer after layer until none changes. */
export const balance: Change<Balance> = {
  key: 'balance',
  ofWeights: true,
  read: (_, { network, path, problems, least }) => {
    if (homogeneous.includes(network.activation) && network.hidden.length > 0) return least;
    const what =
      network.hidden.length === 0
        ? 'has no hidden layer to be balanced'
        : `has ${network.activation} units, whose function changes when they are scaled`;
    const message = `Network ${quote(network.name)} ${what}. Take a network with hidden layers of relu, leakyRelu or linear units.`;
    problems.at(path, 'odd-setting', message);
    return null;
  },
  hidden: (change) => change,
  layers: (_, hidden) => Array.from({ length: hidden }, (_, at) => at),
  program: (widths, { program, sets }) => {
    const layers = weightsOf(program, sets.fit.inputs.cols);
    const hidden = widths.map((_, at) => at);
    const change = (at: number, of: (units: Unit[]) => Unit[]): void => {
      [layers[at], layers[at + 1]] = withUnits(
        layers[at],
        layers[at + 1],
        of(unitsOf(layers[at], layers[at + 1])),
      );
    };
    // What only an unread unit reads is unread, and units that read copies are copies when those have become one.
    for (const at of hidden.toReversed())
      change(at, (units) => units.filter(({ outgoing }) => norm(outgoing) > 0));
    for (const at of hidden) change(at, merged);
    equalise(layers, hidden);
    // Fewer than there should be: the rest answer nothing.
    for (const at of hidden) change(at, (units) => filled(units, widths[at], layers[at], layers[at + 1]));
    return Promise.resolve(withWeights(program, layers));
  },
};

/** Scales each unit until the norm of what it reads, with its bias, is that of what reads it. */
function equalise(layers: LayerWeights[], hidden: readonly number[]): void {
  for (let round = 0; round < ROUNDS; round++) {
    let most = 0;
    for (const at of hidden) {
      const units = unitsOf(layers[at], layers[at + 1]).map((unit) => {
        const ratio = norm(unit.outgoing) / norm(unit.incoming);
        most = Math.max(most, Math.abs(log(ratio)));
        return scaled(unit, Math.sqrt(ratio));
      });
      [layers[at], layers[at + 1]] = withUnits(layers[at], layers[at + 1], units);
    }
    if (most < EQUAL) return;
  }
}

/** Units that are positive multiples of each other as one; those that are 0 for every input are left out. */
function merged(units: readonly Unit[]): Unit[] {
  const found: { unit: Unit; direction: Float64Array; size: number }[] = [];
  for (const unit of units) {
    const size = norm(unit.incoming);
    if (size === 0) continue;
    const direction = unit.incoming.map((weight) => weight / size);
    const same = found.find((other) => isNear(other.direction, direction));
    if (!same) found.push({ unit, direction, size });
    else {
      const { incoming, outgoing } = same.unit;
      const times = size / same.size;
      same.unit = { incoming, outgoing: outgoing.map((weight, to) => weight + times * unit.outgoing[to]) };
    }
  }
  return found.flatMap(({ unit }) => (norm(unit.outgoing) > 0 ? [unit] : []));
}

function isNear(a: Float64Array, b: Float64Array): boolean {
  for (let at = 0; at < a.length; at++) if (Math.abs(a[at] - b[at]) > SAME) return false;
  return true;
}

/** @throws Error where there are more units than so many */
function filled(units: readonly Unit[], width: number, { inputs }: LayerWeights, next: LayerWeights): Unit[] {
  if (units.length > width) throw new Error('Copies of a unit were not recognised.');
  const none = { incoming: new Float64Array(inputs + 1), outgoing: new Float64Array(next.biases.length) };
  return [...units, ...Array.from({ length: width - units.length }, () => none)];
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
