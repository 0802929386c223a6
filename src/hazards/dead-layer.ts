import { doneReplicates, findingsOf } from '../analysis/findings';
import { keptReplicate } from '../core/replicate';
import { ofActivations } from '../protocol/layers';
import type { NetworkResults } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** One such replicate is enough. */
const threshold = 1;

/** Replicates that answer the same to every stimulus, among those that a mean is over. */
export const deadLayer: HazardRule = {
  name: 'dead-layer',
  describe:
    'In a replicate of a trained network every unit of a layer has the same value for every test stimulus: it answers the same to all.',
  link: 'https://arxiv.org/abs/1903.06733',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const dead = doneReplicates(network).flatMap((info) => {
        const replicate = keptReplicate(network.name, info);
        const layer = ofActivations(network.layers).find(
          ({ name, units }) => findings.at(replicate, 'constantUnits', { site: name })?.value === units,
        );
        return layer ? [{ seed: info.seed, layer: layer.name }] : [];
      });
      if (dead.length === 0) return [];
      const value = dead.length;
      const all = value === doneReplicates(network).length;
      return [
        {
          rule: deadLayer.name,
          severity: all ? ('serious' as const) : ('warning' as const),
          where: { network: network.name, layer: dead[0].layer },
          value,
          threshold,
          message: message(network, dead),
          advice:
            `Nothing is represented there, and similarity and variance explained are undefined${all ? '' : ': their means are over the other replicates'}. ` +
            'A lower learning rate, a smaller initial scale or a leaky ReLU keeps units alive.',
        },
      ];
    });
  },
};

function message(network: NetworkResults, dead: readonly { seed: number; layer: string }[]): string {
  const layers = [...new Set(dead.map(({ layer }) => layer))].join(', ');
  const seeds = dead.map(({ seed }) => seed);
  const all = dead.length === doneReplicates(network).length;
  const which = all ? 'Every replicate' : `${dead.length} of ${doneReplicates(network).length} replicates`;
  return (
    `${which} of ${quoted(network.name)} (${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}) ` +
    `${dead.length === 1 || all ? 'answers' : 'answer'} the same to every stimulus: no unit of ${layers} varies.`
  );
}
