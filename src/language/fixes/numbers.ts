import type { Node } from 'jsonc-parser';
import type { Problem } from '../../experiment/problem';
import type { ParsedExperiment } from '../parsed-experiment';
import { edited, isMended, placeOf, written, type Fix, type Patient } from './fix';

const LEAST = 2;
const MOST_TRIES = 24;

/** Halves the number that is too large (those of a list, down to a common limit) until the problem is gone; offered only where that helps. */
export function reduce(parsed: Patient, problem: Problem): Fix[] {
  const { tree } = parsed;
  const numbers = numbersIn(placeOf(tree.root, problem)?.value);
  const before = Math.max(...numbers.map((node) => Number(node.value)));
  if (!Number.isFinite(before) || before <= LEAST) return [];
  // Powers of two, the first of them below the number.
  let most = 2 ** (Math.ceil(Math.log2(before)) - 1);
  for (let tries = 0; most >= LEAST && tries < MOST_TRIES; most /= 2, tries++) {
    const edits = numbers
      .filter((node) => Number(node.value) > most)
      .map((node) => ({ start: node.offset, end: node.offset + node.length, text: String(most) }));
    if (isMended(parsed, problem, edits)) {
      const title = numbers.length > 1 ? `Reduce to at most ${most}` : `Reduce ${before} to ${most}`;
      return [edited(title, edits, true)];
    }
  }
  return [];
}

/** The nearest number that may stand there; a percentage as a share. */
export function bring(parsed: Patient, problem: Problem): Fix[] {
  const { tree } = parsed;
  const [node, ...others] = numbersIn(placeOf(tree.root, problem)?.value);
  if (!node || others.length > 0) return [];
  const value = Number(node.value);
  const near = [Math.round(value), Math.ceil(value), 0, 0.001, 0.01, 0.1, 0.5, 1, 2]
    .filter((one) => one !== value)
    .sort((a, b) => Math.abs(a - value) - Math.abs(b - value));
  const tried = value > 1 && value <= 100 ? [value / 100, ...near] : near;
  for (const one of tried) {
    const fix = written(`Change ${value} to ${one}`, node, String(one));
    if (isMended(parsed, problem, fix.edits)) return [fix];
  }
  return [];
}

/** Probabilities in the proportion in which they are written. */
export function sumToOne({ tree }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem);
  const list = place?.path[place.path.length - 1] === 'prevalence' ? place.value : undefined;
  const numbers = numbersIn(list).map((node) => Number(node.value));
  const sum = numbers.reduce((total, one) => total + one, 0);
  if (list?.type !== 'array' || !(sum > 0)) return [];
  const shares = rounded(numbers.map((one) => one / sum));
  return [written(`Change to [${shares.join(', ')}], which sum to 1`, list, `[${shares.join(', ')}]`)];
}

/** The same probability for every value of the feature. */
export function evenShares({ tree, outline }: ParsedExperiment, problem: Problem): Fix[] {
  const place = placeOf(tree.root, problem);
  if (!place || place.path[place.path.length - 1] !== 'prevalence') return [];
  const count = outline.features.get(String(place.path[place.path.length - 2]))?.values.length ?? 0;
  if (count < 2) return [];
  const shares = rounded(Array.from({ length: count }, () => 1 / count));
  return [written('Make all values equally likely', place.value, `[${shares.join(', ')}]`)];
}

/** More training stimuli, by doubling, until all patterns of a parity can be learned. */
export function raiseTraining(parsed: Patient, problem: Problem): Fix[] {
  const { tree } = parsed;
  const node = tree.find(['stimuli', 'train']);
  if (node?.type !== 'number') return [];
  let count = 2 ** Math.ceil(Math.log2(Number(node.value) + 1));
  for (let tries = 0; tries < 8; count *= 2, tries++) {
    const fix = written(`Raise 'train' from ${Number(node.value)} to ${count}`, node, String(count));
    if (isMended(parsed, problem, fix.edits)) return [fix];
  }
  return [];
}

/** All combinations that fit and test leave, to the training set. */
export function useUpDesign({ tree, reading }: ParsedExperiment): Fix[] {
  const node = tree.find(['stimuli', 'train']);
  const { experiment } = reading;
  if (node?.type !== 'number' || !experiment) return [];
  const { counts, features } = experiment.stimuli;
  const design = features.reduce(
    (product, { kind, values, width }) => product * (kind === 'bits' ? 2 ** width : values.length),
    1,
  );
  const rest = design - counts.fit - counts.test;
  return rest > 0 ? [written(`Train on all ${rest} that are left`, node, String(rest))] : [];
}

/** Six decimals; the last number makes the sum 1. */
function rounded(shares: readonly number[]): number[] {
  const first = shares.slice(0, -1).map((share) => Number(share.toFixed(6)));
  const last = 1 - first.reduce((total, share) => total + share, 0);
  return [...first, Number(last.toFixed(6))];
}

function numbersIn(node: Node | undefined): Node[] {
  if (node?.type === 'number') return [node];
  return node?.type === 'array' ? (node.children ?? []).filter((child) => child.type === 'number') : [];
}
