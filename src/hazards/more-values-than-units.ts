import { doneReplicates } from '../analysis/findings';
import { mainLayer } from '../protocol/layers';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Columns that are no entities. */
const PLACES = ['position', 'set'];

/** Similarities of what is in superposition. */
export const moreValuesThanUnits: HazardRule = {
  name: 'more-values-than-units',
  describe:
    'A column of documents has more values among the tokens that are looked at (entities, say) than the last hidden layer of a trained network of several replicates has units. They cannot have a direction each: they ' +
    'are in superposition, and how they overlap differs between replicates. It speaks of the column of most values; what stands for none is not counted.',
  link: 'https://arxiv.org/abs/2604.00208',
  evaluate(results) {
    if (!results.asked) return [];
    const columns = results.labels
      .filter(
        ({ kind, name, source }) => source === 'feature' && kind === 'categorical' && !PLACES.includes(name),
      )
      .map(({ name, classes }) => ({ name, values: classes.filter((value) => value !== 'none').length }));
    const value = Math.max(0, ...columns.map(({ values }) => values));
    const column = columns.find(({ values }) => values === value);
    return trainedNetworks(results).flatMap((network) => {
      const layer = mainLayer(network.layers);
      const done = doneReplicates(network).length;
      if (!layer || !column || done < 2 || value <= layer.units) return [];
      return [
        {
          rule: moreValuesThanUnits.name,
          severity: 'info' as const,
          where: { network: network.name, layer: layer.name, label: column.name },
          value,
          threshold: layer.units,
          message: `The tokens that are looked at have ${value} values of ${quoted(column.name)}, and ${layer.name} of ${quoted(network.name)} has ${layer.units} units: they are in superposition.`,
          advice:
            'Do not read a low similarity of replicates as another knowledge: RSA, CKA and regression are lower where the same values overlap in other ways. Compare what the replicates answer, or networks that are wide enough.',
        },
      ];
    });
  },
};
