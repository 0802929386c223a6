import type { RangeName, Results } from '../../src/protocol/results';
import { numbersOf, right } from './figure';

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
