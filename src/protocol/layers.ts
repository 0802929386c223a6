import type { SiteRole } from '../core/site';

/** The name of a hidden layer by its place, from 0: `hidden1`, `hidden2` … */
export function hiddenName(at: number): string {
  return `hidden${at + 1}`;
}

/** The layers of a network with so many hidden ones, in order: `hidden1` … `hiddenN`, `output`. */
export function layersOf(hidden: number): { name: string; role: SiteRole }[] {
  return [
    ...Array.from({ length: hidden }, (_, at) => ({ name: hiddenName(at), role: 'hidden' as const })),
    { name: 'output', role: 'readout' },
  ];
}

/** The last hidden layer, which the readout reads linearly; undefined where there is none. */
export function lastHiddenLayer<L extends { role: SiteRole }>(layers: readonly L[]): L | undefined {
  return layers.filter(({ role }) => role === 'hidden').at(-1);
}

/** The layer that a network is shown and compared by where no other is named: its last hidden one, else its readout. */
export function mainLayer<L extends { role: SiteRole }>(layers: readonly L[]): L | undefined {
  return lastHiddenLayer(layers) ?? layers.find(({ role }) => role === 'readout');
}

/** Those that activations are recorded at: not gradients and weights, which the file asks for. */
export function ofActivations<L extends { role: SiteRole }>(sites: readonly L[]): L[] {
  return sites.filter(({ role }) => role === 'hidden' || role === 'readout');
}

/** Places of sites: those of activations, of gradients, of weights. A line from layer to layer goes from none of one to one of another. */
export function runsOf(sites: readonly { role: SiteRole }[]): number[][] {
  const kinds = sites.map(({ role }) => (role === 'readout' ? 'hidden' : role));
  return [...new Set(kinds)].map((kind) => [...kinds.keys()].filter((at) => kinds[at] === kind));
}
