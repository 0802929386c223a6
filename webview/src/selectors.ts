import { mainLayer } from '../../src/protocol/layers';
import type { Choices } from './choices';
import { dropdown } from './controls';
import { h } from './dom';
import { plural } from './number';
import type { Bench, Panel, View } from './panel';

/** Network, seed and layer: chosen here for every panel; the checkpoint has the scrubber beside it. */
export function selectors(bench: Bench) {
  const network = dropdown('Network', (value) => bench.choose({ network: value }));
  const seed = dropdown('Seed', (value) => bench.choose({ seed: Number(value) }));
  const layer = dropdown('Layer', (value) => bench.choose({ layer: value }));
  const all = { network, seed, layer };
  const element = h(
    'div',
    { class: 'common', attributes: { role: 'group', 'aria-label': 'What is shown' } },
    ...Object.values(all).map((control) => control.element),
  );
  return {
    element,
    show(view: View, panel: Panel) {
      for (const name of Object.keys(all) as (keyof typeof all)[])
        all[name].element.hidden = !panel.follows.includes(name);
      const { results, choices, offers } = view;
      // What the host cannot offer is not there to be chosen.
      const seeds = new Set(offers.map((offer) => offer.network));
      if (offers.length <= seeds.size) seed.element.hidden = true;
      const names =
        panel.needsDetail !== false
          ? [...new Set(offers.map((offer) => offer.network))]
          : results.networks.map(({ name }) => name);
      network.show(names.map(same), choices.network);
      const ofNetwork = offers.filter((offer) => offer.network === choices.network);
      seed.show(
        ofNetwork.map((offer) => same(String(offer.seed))),
        String(choices.seed),
      );
      const layers = results.networks.find(({ name }) => name === choices.network)?.layers ?? [];
      layer.show(
        layers.map(({ name, units }) => ({ value: name, label: `${name} (${plural(units, 'unit')})` })),
        view.layer,
      );
    },
  };
}

function same(value: string): { value: string; label: string } {
  return { value, label: value };
}

export function shortEpoch(epoch: number): string {
  return String(Number(epoch.toPrecision(4)));
}

/** Where training stands: `epoch 0.9 of 100, still training`. */
export function trainingEpoch(epoch: number, until: number | undefined): string {
  return `epoch ${shortEpoch(epoch)}${until === undefined ? '' : ` of ${shortEpoch(until)}, still training`}`;
}

/** The choices with what is not there (any longer) replaced by what is; a layer is given by name. */
export function resolve(
  view: Omit<View, 'layer' | 'shown'>,
  needsDetail: boolean,
): { choices: Choices; layer: string } {
  const choices = { ...view.choices };
  const { results, offers } = view;
  const names = needsDetail ? offers.map((offer) => offer.network) : results.networks.map(({ name }) => name);
  if (!names.includes(choices.network)) choices.network = names[0] ?? '';
  const ofNetwork = offers.filter((offer) => offer.network === choices.network);
  const offer = ofNetwork.find(({ seed }) => seed === choices.seed) ?? ofNetwork[0];
  choices.seed = offer?.seed ?? 0;
  const last = offer?.checkpoints[offer.checkpoints.length - 1]?.step;
  const known = offer?.checkpoints.some(({ step }) => step === choices.step) ?? false;
  if (!known || choices.step === last) choices.step = null;
  const layers = results.networks.find(({ name }) => name === choices.network)?.layers ?? [];
  const layer = (layers.find(({ name }) => name === choices.layer) ?? mainLayer(layers))?.name ?? '';
  return { choices, layer };
}
