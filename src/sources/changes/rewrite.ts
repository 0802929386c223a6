import { exp, log } from '../../core/elementary';
import type { Stream } from '../../core/stream';
import type { RewriteEntry } from '../../experiment/file';
import { quote } from '../../experiment/names';
import type { Draft } from '../../experiment/structure';
import { MAX_WIDTH } from '../../experiment/networks';
import { type Change, layerAt, type StackScope } from './change';
import { homogeneous, scaled, type Unit, unitsOf, weightsOf, withUnits, withWeights } from './weights';

interface Rewrite {
  /** By their place; null: all that are hidden. */
  readonly layer: number | null;
  readonly scale: readonly [number, number] | null;
  readonly duplicate: number;
  readonly pad: number;
  readonly permute: boolean;
  readonly draws: number;
}

/** Other weights of the same function, drawn. */
export const rewrite: Change<Rewrite> = {
  key: 'rewrite',
  ofWeights: true,
  read: (entry, scope) => {
    const written = (entry as Draft<RewriteEntry>).rewrite ?? {};
    const { at, scale, duplicate = 0, pad = 0, permute = false, draws = 20 } = written;
    const layer = layerAt(at, scope);
    if (at !== undefined && layer === null) return null;
    if (!checkRewrite({ scale, duplicate, pad, permute }, layer, scope)) return null;
    return { layer, scale: scale ? [scale[0], scale[1]] : null, duplicate, pad, permute, draws };
  },
  hidden: (change, hidden) => {
    const changed = rewrite.layers(change, hidden.length);
    return hidden.map((units, at) => (changed.includes(at) ? units + change.duplicate + change.pad : units));
  },
  layers: ({ layer }, hidden) => (layer === null ? Array.from({ length: hidden }, (_, at) => at) : [layer]),
  draws: ({ draws }) => draws,
  program: (change, { program, sets, stream }, { draw }) => {
    const layers = weightsOf(program, sets.fit.inputs.cols);
    for (const at of rewrite.layers(change, layers.length - 1)) {
      const random = stream('rewrite', draw ?? 0, at);
      const units = rewritten(unitsOf(layers[at], layers[at + 1]), change, random);
      [layers[at], layers[at + 1]] = withUnits(layers[at], layers[at + 1], units);
    }
    return Promise.resolve(withWeights(program, layers));
  },
};

/** Reports what cannot be asked for together. @returns whether there is nothing */
function checkRewrite(
  {
    scale,
    duplicate,
    pad,
    permute,
  }: Pick<Draft<RewriteEntry['rewrite']>, 'scale' | 'duplicate' | 'pad' | 'permute'>,
  layer: number | null,
  { network, path, problems }: StackScope,
): boolean {
  const wrong = (key: readonly string[], code: string, message: string): false => {
    problems.at([...path, ...key], code, message);
    return false;
  };
  const hidden = layer === null ? network.hidden : [network.hidden[layer]];
  if (hidden.length === 0)
    return wrong([], 'odd-setting', `Network ${quote(network.name)} has no hidden layer to be rewritten.`);
  if (!scale && !duplicate && !pad && !permute)
    return wrong([], 'empty', "'rewrite' changes nothing. Name 'scale', 'duplicate', 'pad' or 'permute'.");
  if (Math.max(...hidden) + (duplicate ?? 0) + (pad ?? 0) > MAX_WIDTH)
    return wrong([], 'too-large', `A hidden layer would have more than ${MAX_WIDTH} units. Add fewer.`);
  if (!scale) return true;
  if (!homogeneous.includes(network.activation)) {
    const message = `Network ${quote(network.name)} has ${network.activation} units, whose function changes when they are scaled. Remove 'scale', or take a network of relu, leakyRelu or linear units.`;
    return wrong(['scale'], 'odd-setting', message);
  }
  if (scale[0] > scale[1])
    return wrong(['scale'], 'out-of-range', "'scale' is from the smaller number to the larger. Swap them.");
  return true;
}

/** Other units that together do what these did. */
function rewritten(units: readonly Unit[], change: Rewrite, random: Stream): Unit[] {
  const { scale, duplicate, pad, permute } = change;
  const all = [...units];
  for (let copy = 0; copy < duplicate; copy++) {
    const at = random.below(units.length);
    const share = random.uniform();
    const { incoming, outgoing } = all[at];
    all[at] = { incoming, outgoing: outgoing.map((weight) => weight * share) };
    all.push({ incoming, outgoing: outgoing.map((weight) => weight * (1 - share)) });
  }
  for (let added = 0; added < pad; added++) {
    const { incoming, outgoing } = units[random.below(units.length)];
    const inputs = incoming.length - 1;
    const order = random.permutation(inputs);
    all.push({
      incoming: incoming.map((weight, input) => (input < inputs ? incoming[order[input]] : weight)),
      outgoing: new Float64Array(outgoing.length),
    });
  }
  const sized = scale ? all.map((unit) => scaled(unit, between(scale, random))) : all;
  return permute ? Array.from(random.permutation(sized.length), (at) => sized[at]) : sized;
}

/** A number whose logarithm is uniform. */
function between([low, high]: readonly [number, number], random: Stream): number {
  return exp(log(low) + random.uniform() * (log(high) - log(low)));
}
