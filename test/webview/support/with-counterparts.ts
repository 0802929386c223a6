import { Values } from '../../../src/core/values';
import { measureInfos } from '../../../src/measures/measures';
import { counterpartsName } from '../../../src/protocol/counterpart-words';
import type { Results } from '../../../src/protocol/results';

/** The same results with counterparts in the first layer of the first network: the nearer the later it is, replicates that differ by .1; of the second comparison nothing is known. */
export function withCounterparts(results: Results): Results {
  const [network] = results.networks;
  const layer = network?.layers[0]?.name ?? '';
  const values = new Values(structuredClone(results.values));
  for (const { seed, checkpoints } of network?.replicates ?? [])
    for (const [at, checkpoint] of [...checkpoints.map(({ step }) => String(step)), 'end'].entries())
      for (const [label, part, value] of [
        ['one', 'cosine', at / 10],
        ['one', 'others', 0],
        ['one', 'told', 0.5 + at / 20],
        ['one', 'rsa', at / 10],
        ['one', 'rsa.nullLow', -0.1],
        ['one', 'rsa.nullHigh', 0.2],
        ['other', 'cosine', null],
      ] as const)
        values.add(
          {
            ...{ measure: counterpartsName(part), source: network?.name ?? '', seed: String(seed) },
            ...{ checkpoint, site: layer, label },
          },
          value === null ? null : value + seed / 10,
          'There are no items.',
        );
  const { rdm } = results;
  return {
    ...results,
    values: values.columns,
    measures: { ...results.measures, ...measureInfos({ rdm, counterparts: [] }) },
  };
}
