import type { NetworkResults, Results } from './results';

type Networks = Pick<Results, 'networks'>;

/** Whether all there is was brought along, so that there are replicates and no seeds, and no course of training. */
export function allRecorded({ networks }: Networks): boolean {
  return networks.length > 0 && networks.every(({ recorded }) => recorded === true);
}

/** Whether a source brings RDMs along, at a layer or at all of its own: these have no units. */
export function bringsRdms({ recorded, layers }: NetworkResults, layer?: string): boolean {
  const own = layers.filter(({ name }) => layer === undefined || name === layer);
  return recorded === true && own.length > 0 && own.every(({ units }) => units === 0);
}

/** Whether RDMs that were brought along are all there is: nothing has units. */
export function rdmsAlone({ networks }: Networks): boolean {
  return networks.length > 0 && networks.every((network) => bringsRdms(network));
}
