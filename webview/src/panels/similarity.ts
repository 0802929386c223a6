import { comparisonsOf } from '../../../src/protocol/pair-results';
import type { PairResults, Results } from '../../../src/protocol/results';
import { dropdown } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import type { Bench, Panel, View } from '../panel';
import { saysOf, saysText } from '../says';
import { selectedOf } from '../selection';
import { hazardsAt } from './hazard-places';
import { orderBy } from './order-by';
import { meanOverSeeds } from './rdm-mean';
import { showModels } from './rsa-models';
import { showRdms } from './rsa-rdms';
import { layerFigures } from './similarity-layers';
import { showSimilarity } from './similarity-networks';
import { showPlane } from './similarity-plane';
import { similaritiesThen } from './similarity-then';
import { between, coloursOf, infoOf } from './similarity-words';

/** How alike networks and layers are, by any measure of pairs; and the dissimilarities of stimuli within a layer. */
export function similarityPanel(bench: Bench): Panel {
  const compared = comparisonControls(bench);
  const order = orderBy('Order RDMs by', (names) => bench.choose({ rdmOrder: names }));
  const of = dropdown('RDMs of', (value) => bench.choose({ rdmOf: value }));
  const model = dropdown('Label RDM', (value) => bench.choose({ model: value }));
  const label = new Figure('RDM of the label alone', bench);
  const plane = new Figure('Replicates on a plane', bench);
  const matrix = new Figure('Similarity of networks', bench);
  const groups = new Figure('Mean similarity of pairs of networks', bench);
  const conditions = new Figure('RDM of conditions', bench);
  const single = new Figure('RDM of single stimuli', bench);
  const models = new Figure('RSA with label RDMs', bench);
  const networks = h('div', { class: 'networks' }, matrix.element, groups.element, plane.element);
  const layers = layerFigures(bench);
  const waiting = h('p', { class: 'note' });
  const past = h('p', { class: 'note', attributes: { 'aria-live': 'polite' } });
  const then = similaritiesThen(bench, past);
  const rdmBar = h('div', { class: 'bar' }, of.element, order.element, model.element);

  return {
    id: 'rsa',
    title: 'Similarity',
    element: h(
      'div',
      {},
      compared.element,
      waiting,
      past,
      networks,
      layers.element,
      rdmBar,
      h('div', { class: 'pair' }, single.element, label.element),
      h('div', { class: 'pair' }, conditions.element, models.element),
    ),
    follows: ['network', 'seed', 'layer', 'checkpoint'],
    needsDetail: 'rdm',
    redraw: () =>
      [matrix, groups, plane, layers, conditions, single, label, models].forEach((figure) => figure.redraw()),
    update(view: View) {
      const { results, layer, choices, shown, offers } = view;
      const entry = entryOf(results, choices.comparison, layer);
      const info = entry === undefined ? undefined : infoOf(results, entry.measure);
      const overLayers = choices.comparedOver === 'layers';
      const colours = compared.show(view, entry);
      waiting.hidden = entry !== undefined;
      waiting.textContent = whyNoSimilarity(results);
      networks.hidden = overLayers;
      layers.element.hidden = !overLayers || entry === undefined;
      then(overLayers ? undefined : entry, view, (drawn) => {
        showSimilarity(matrix, groups, drawn, layer, results, colours);
        showPlane(plane, drawn, info);
      });
      if (overLayers && entry !== undefined && info !== undefined)
        layers.show(results, {
          ...{ measure: entry.measure, info, colours },
          seed: choices.layersOf === 'replicate' ? choices.seed : null,
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

/** By the measure that is chosen, of the chosen layer where results have it. */
function entryOf(results: Results, measure: string, layer: string): PairResults | undefined {
  const all = comparisonsOf(results);
  const chosen = all.filter((entry) => entry.measure === measure);
  const ofMeasure = chosen.length > 0 ? chosen : all.filter((entry) => entry.measure === all[0]?.measure);
  return ofMeasure.find((entry) => entry.layer === layer) ?? ofMeasure.at(-1);
}

/** By what is compared, over what, and in which colours; under it what the measure says of itself. */
function comparisonControls(bench: Bench) {
  const measure = dropdown('Compared by', (value) => bench.choose({ comparison: value }));
  const over = dropdown('Compared are', (value) => bench.choose({ comparedOver: value }));
  const scale = dropdown('Colour range', (value) => bench.choose({ similarities: value }));
  const of = dropdown('Layers of', (value) => bench.choose({ layersOf: value }));
  const bar = h('div', { class: 'bar' }, measure.element, over.element, of.element, scale.element);
  const says = saysOf();
  return {
    element: h('div', {}, bar, says.element),
    show({ results, choices }: View, entry: PairResults | undefined) {
      const info = entry === undefined ? undefined : infoOf(results, entry.measure);
      bar.hidden = entry === undefined;
      says.show(info === undefined ? [] : [info]);
      const whole = coloursOf(info ?? { range: 'similarity' });
      if (entry === undefined || info === undefined) return whole;
      const measures = [...new Set(comparisonsOf(results).map((one) => one.measure))];
      measure.show(
        measures.map((value) => ({
          ...{ value, label: infoOf(results, value).title },
          hint: saysText(infoOf(results, value)),
        })),
        entry.measure,
      );
      const layers = choices.comparedOver === 'layers';
      over.show(
        [
          { value: 'replicates', label: 'replicates' },
          { value: 'layers', label: 'layers of a replicate' },
        ],
        layers ? 'layers' : 'replicates',
      );
      of.element.hidden = !layers;
      of.show(
        [
          { value: 'mean', label: 'mean over seeds' },
          { value: 'replicate', label: `seed ${choices.seed}` },
        ],
        choices.layersOf === 'replicate' ? 'replicate' : 'mean',
      );
      const narrow = coloursOf(info, between(entry));
      const fitted = choices.similarities === 'fitted';
      scale.show(
        [
          { value: 'full', label: whole.choice },
          { value: 'fitted', label: narrow.choice },
        ],
        fitted ? 'fitted' : 'full',
      );
      scale.element.hidden = layers || narrow.choice === whole.choice;
      return fitted && !layers ? narrow : whole;
    },
  };
}
