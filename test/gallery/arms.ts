import { Findings } from '../../src/analysis/findings';
import type { RangeName, Results } from '../../src/protocol/results';
import { numbersOf, right } from './figure';
import { overSeeds } from './pairs';

/** Of arms that are compared: how each answers evaluation sets, what it learns from, and what its training takes. */
export function armNumbers(
  results: Results,
  networks: readonly string[],
  sets: readonly string[],
): { what: string; values: number[]; range?: RangeName }[] {
  return networks.flatMap((network) => [
    ...sets.map((set) => ({
      what: `${set}, ${network}`,
      values: right(results, network, set),
      range: 'share' as const,
    })),
    {
      what: `tokens of the loss, ${network} (thousands)`,
      values: numbersOf(results, network, 'lossTokens').map((tokens) => tokens / 1e3),
    },
    {
      what: `operations of training, ${network} (10⁹)`,
      values: numbersOf(results, network, 'trainingOperations').map((operations) => operations / 1e9),
    },
  ]);
}

/** The shares of documents of an evaluation set that are answered rightly before the last phase of training, at the last checkpoint but one: one per replicate. */
export function rightBefore(results: Results, network: string, set: string): number[] {
  const [{ checkpoints }] = results.networks.find(({ name }) => name === network)?.replicates ?? [];
  const { epoch = 0 } = checkpoints.at(-2) ?? {};
  const values = new Findings(results, epoch).mean(network, 'accuracy', { label: set })?.values ?? [];
  return values.map((value) => value ?? NaN);
}

/** How alike the states of two arms are, over all tokens that are looked at, beside replicates of one; of different seeds each. */
export function alikeNumbers(
  results: Results,
  layer: string,
  one: string,
  other: string,
): { what: string; values: number[]; range: RangeName }[] {
  const measures = [
    ['CKA, debiased', 'linearCkaDebiased'],
    ['RSA', 'rsa(correlation, pearson)'],
  ] as const;
  const pairs = [
    [`two replicates of ${one}`, one, one],
    [`two replicates of ${other}`, other, other],
    ['a replicate of the one and of the other', one, other],
  ] as const;
  return measures.flatMap(([name, measure]) =>
    pairs.map(([what, a, b]) => ({
      what: `${name}: ${what} (${layer}, all that is asked)`,
      values: overSeeds(results, measure, layer, (mean) => mean(a, b)),
      range: 'similarity' as const,
    })),
  );
}
