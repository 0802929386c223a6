import type { Results, RsaResults } from '../../../src/protocol/results';
import { dropdown } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import type { Bench, Panel, View } from '../panel';
import { selectedOf } from '../selection';
import { hazardsAt } from './hazard-places';
import { orderBy } from './order-by';
import { meanOverSeeds } from './rdm-mean';
import { showModels } from './rsa-models';
import { nameOf } from './rsa-names';
import { largestBetween, showSimilarity } from './rsa-networks';
import { showPlane } from './rsa-plane';
import { showRdms } from './rsa-rdms';
import { similaritiesThen } from './rsa-then';

/** Dissimilarities within a layer, and similarities between networks. */
export function rsaPanel(bench: Bench): Panel {
  const comparison = dropdown('RSA by', (value) => bench.choose({ comparison: value }));
  const order = orderBy('Order RDMs by', (names) => bench.choose({ rdmOrder: names }));
  const scale = dropdown('Colour range', (value) => bench.choose({ similarities: value }));
  const of = dropdown('RDMs of', (value) => bench.choose({ rdmOf: value }));
  const model = dropdown('Label RDM', (value) => bench.choose({ model: value }));
  const label = new Figure('RDM of the label alone', bench);
  const plane = new Figure('Replicates on a plane', bench);
  const matrix = new Figure('Similarity of networks', bench);
  const groups = new Figure('Mean similarity of pairs of networks', bench);
  const conditions = new Figure('RDM of conditions', bench);
  const single = new Figure('RDM of single stimuli', bench);
  const models = new Figure('RSA with label RDMs', bench);
  const waiting = h('p', { class: 'note' });
  const past = h('p', { class: 'note', attributes: { 'aria-live': 'polite' } });
  const then = similaritiesThen(bench, past);
  const rdmBar = h('div', { class: 'bar' }, of.element, order.element, model.element);

  return {
    id: 'rsa',
    title: 'RSA',
    element: h(
      'div',
      {},
      h('div', { class: 'bar' }, comparison.element, scale.element),
      waiting,
      past,
      h('div', { class: 'networks' }, matrix.element, groups.element, plane.element),
      rdmBar,
      h('div', { class: 'pair' }, single.element, label.element),
      h('div', { class: 'pair' }, conditions.element, models.element),
    ),
    follows: ['network', 'seed', 'layer', 'checkpoint'],
    needsDetail: 'rdm',
    redraw: () =>
      [matrix, groups, plane, conditions, single, label, models].forEach((figure) => figure.redraw()),
    update({ results, layer, choices, shown, offers }: View) {
      const kinds = [...new Map(results.rsa.map((entry) => [kindOf(entry), entry])).values()];
      const kind = kinds.find((entry) => kindOf(entry) === choices.comparison) ?? kinds[0];
      const over = new Set(kinds.map((entry) => entry.over));
      comparison.show(
        kinds.map((entry) => ({ value: kindOf(entry), label: nameOf(entry, over.size > 1) })),
        kind === undefined ? '' : kindOf(kind),
      );
      const ofKind = results.rsa.filter((entry) => kind !== undefined && kindOf(entry) === kindOf(kind));
      const entry = ofKind.find((candidate) => candidate.layer === layer) ?? ofKind[ofKind.length - 1];
      const reach = entry === undefined ? 1 : largestBetween(entry);
      const fitted = choices.similarities === 'fitted';
      scale.show(
        [
          { value: 'full', label: '−1 to 1' },
          { value: 'fitted', label: `±${reach} (largest between replicates)` },
        ],
        fitted ? 'fitted' : 'full',
      );
      comparison.element.hidden = entry === undefined;
      scale.element.hidden = entry === undefined || reach === 1;
      waiting.hidden = entry !== undefined;
      waiting.textContent = whyNoSimilarity(results);
      then(entry, shown, (drawn) => {
        showSimilarity(matrix, groups, drawn, layer, results, fitted ? reach : 1);
        showPlane(plane, drawn);
      });
      showModels(models, results, layer);
      for (const { element } of [conditions, single, label]) element.hidden = shown === null;
      rdmBar.hidden = shown === null;
      if (shown === null) return;

      const keys = order.show(
        shown.columns.filter(({ classes }) => classes !== null),
        choices.rdmOrder,
      );
      const known = shown.stimuli.models ?? [];
      const alone =
        known.find((one) => one.label === choices.model) ??
        known.find((one) => one.label === keys[0]?.name) ??
        known[0];
      model.show(
        known.map((one) => ({ value: one.label, label: one.label })),
        alone?.label ?? '',
      );
      model.element.hidden = alone === undefined;
      const selected = selectedOf(choices.selected, shown.stimuli.count);
      const finished = offers.filter(
        ({ network, until }) => network === choices.network && until === undefined,
      );
      const mean = choices.rdmOf === 'mean' ? meanOverSeeds(shown) : null;
      of.show(
        [
          { value: 'replicate', label: `${shown.detail.network}/${shown.detail.seed}` },
          { value: 'mean', label: `mean over ${finished.length} seeds` },
        ],
        mean === null ? 'replicate' : 'mean',
      );
      of.element.hidden = finished.length < 2;
      const hazards = shown.newest
        ? hazardsAt(results.hazards, 'rdms', { network: choices.network, layer: shown.layer.name })
        : [];
      showRdms({ conditions, single, label }, mean ?? shown, keys, selected, alone, hazards);
    },
  };
}

function whyNoSimilarity({ networks }: Results): string {
  const replicates = networks.flatMap((network) => network.replicates);
  const done = replicates.filter(({ status }) => status === 'done').length;
  return replicates.length < 2
    ? 'There is one replicate only: nothing to compare it with.'
    : `Networks are compared when all replicates have ended: ${done} of ${replicates.length} have results so far.`;
}

function kindOf({ metric, comparison, over }: RsaResults): string {
  return `${metric} ${comparison} ${over}`;
}
