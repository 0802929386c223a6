import type { Live, ReplicateOffer, RunState, Welcome } from '../../src/protocol/dashboard';
import type { LayerDetail, ReplicateDetail, StimuliDetail } from '../../src/protocol/detail';
import type { PictureQuery } from '../../src/protocol/pictures';
import type { PairResults, Results } from '../../src/protocol/results';
import { doneReplicates } from '../../src/analysis/findings';
import { about, beforeResults, headline } from './about';
import { setPlotlyLoader } from './charts/plotly';
import { type Choices, restoredChoices } from './choices';
import { restoredSheet } from './sheet';
import { h } from './dom';
import { reason } from './figure';
import type { Host, Surroundings } from './host';
import { type LabelColumn, labelColumns } from './labels';
import { head } from './live';
import { oneAtATime, SupersededError } from './one-at-a-time';
import type { Bench, Panel, ShownReplicate, View } from './panel';
import { comparePanel } from './panels/compare';
import { dynamicsPanel } from './panels/dynamics';
import { overviewPanel } from './panels/overview';
import { pcaPanel, UNIT } from './panels/pca';
import { meanLayer } from './panels/rdm-mean';
import { similarityPanel } from './panels/similarity';
import { strongestUnit } from './panels/unit-rows';
import { unitsPanel } from './panels/units';
import { sourceOf } from './provenance';
import { Recent } from './recent';
import { scrubber } from './scrubber';
import { selectionBar } from './selection';
import { resolve, selectors, trainingEpoch } from './selectors';
import { tabs } from './tabs';
import { onThemeChange } from './theme';
import { visibleLines } from '../../src/formats/visible';
import { applyPageTheme, themeSwitch } from './theme-switch';

/** After so long a wait it is said that a picture is being computed (milliseconds): what the store lost is trained anew. */
const patience = 700;

/** Puts the dashboard into a page and keeps it in step with its host. */
export async function mount(host: Host, around: Surroundings, root: HTMLElement): Promise<void> {
  setPlotlyLoader(() => around.loadPlotly());
  let choices = restoredChoices(around.restore());
  let welcome: Welcome;
  let results: Results | null;
  let stimuli: Promise<StimuliDetail> | undefined;
  // One replicate's pictures take up to some megabytes.
  const details = new Recent<ReplicateDetail>(48);
  const units = new Recent<Float32Array>(64);
  const similarities = new Recent<PairResults>(64);
  const strongest = new Map<string, number>();
  const inTurn = oneAtATime();
  // What the host says while the page still asks for the first time is asked for once more.
  let mounted = false;
  let missed = false;
  around.hear({
    live: (update) => (mounted ? follow(update) : (missed = true)),
    changed: () => (mounted ? refresh() : (missed = true)),
  });
  let columns: { of: StimuliDetail; list: LabelColumn[] } | undefined;
  let asked = 0;
  /** The status line says that a panel could not be shown, or is waited for. */
  let troubled = false;
  let run: RunState | undefined;

  let version: number | undefined;
  const readValues = async (): Promise<Results | null> => {
    const values = await host.values(version);
    version = values.version;
    return values.results === undefined ? results : values.results;
  };
  welcome = await host.ready();
  results = null;
  results = await readValues();
  const status = h('div', { class: 'status', attributes: { role: 'status', 'aria-live': 'polite' } });
  const bench: Bench = {
    choose(change) {
      choices = { ...choices, ...change };
      around.persist(choices);
      bench.say('');
      void update();
    },
    exportFile(name, bytes) {
      host.export({ name, bytes }).then(
        (written) => bench.say(written === '' ? '' : `Saved ${written}.`),
        (error: unknown) => bench.say(`${name} was not saved: ${reason(error)}`),
      );
    },
    tableOpen: (title) =>
      choices.tablesOpen.includes(title) ? true : choices.tablesClosed.includes(title) ? false : undefined,
    keepTableOpen(title, open) {
      const others = (titles: readonly string[]): string[] => titles.filter((one) => one !== title);
      const [tablesOpen, tablesClosed] = [others(choices.tablesOpen), others(choices.tablesClosed)];
      (open ? tablesOpen : tablesClosed).push(title);
      choices = { ...choices, tablesOpen, tablesClosed };
      around.persist(choices);
    },
    sheet: () => restoredSheet(choices.sheet),
    chooseSheet(change) {
      choices = { ...choices, sheet: restoredSheet({ ...choices.sheet, ...change }) };
      around.persist(choices);
    },
    source: () =>
      results === null
        ? { experiment: '', software: 'RepScope', fingerprint: '' }
        : sourceOf(results, welcome.analysedAt),
    showHazards(rule) {
      choices = { ...choices, tab: hazardTab.id };
      around.persist(choices);
      void update().then(() => hazardTab.showHazards?.(rule));
    },
    say(text) {
      status.textContent = visibleLines(text);
    },
    unit: (place, unit) =>
      units.get(JSON.stringify([place, unit]), () => host.picture('unit', place, { unit })),
    similarities(place, measure) {
      // Of the replicates that are done: others may be by the next time.
      const done = results?.networks.map((network) => doneReplicates(network).length);
      return similarities.get(JSON.stringify([place, measure, done]), () =>
        host.picture('similarities', place, { measure }),
      );
    },
    command(command) {
      host.command(command).catch((error: unknown) => bench.say(`That was not done: ${reason(error)}`));
    },
  };

  const hazardTab = overviewPanel(bench);
  const panels: Panel[] = [
    hazardTab,
    ...[pcaPanel, unitsPanel, similarityPanel, dynamicsPanel, comparePanel].map((make) => make(bench)),
  ];
  const bar = tabs(panels, 'Views', (id) => bench.choose({ tab: id }));
  const common = selectors(bench);
  const scrub = scrubber(bench);
  const selected = selectionBar(bench);
  common.element.append(selected.control);
  const nothing = h('p', { attributes: { hidden: '' } }, 'There is no finished replicate to draw this from.');
  const foot = h('div');
  const pageTheme = welcome.capabilities.theme === 'page';
  if (pageTheme) applyPageTheme(choices.theme);
  const current = (): Panel | undefined => panels.find(({ id }) => id === choices.tab) ?? panels[0];

  function askFor({ only, ...place }: DetailKey): Promise<ReplicateDetail> {
    return host.picture('replicate', place, only);
  }

  function detailOf(key: DetailKey): Promise<ReplicateDetail> {
    const name = nameOf(key);
    // What is known needs no turn; of positions that wait for theirs, only the newest is asked for.
    return details.has(name)
      ? details.get(name, () => askFor(key))
      : inTurn(() => details.get(name, () => askFor(key)));
  }

  /** The chosen unit; else the most selective one where the layer was first looked at: it stays while one scrubs. */
  function unitOf({ unit }: Choices, { network, seed }: ReplicateOffer, layer: LayerDetail): number {
    if (unit >= 0 && unit < layer.units) return unit;
    const name = JSON.stringify([network, seed, layer.name]);
    const known = strongest.get(name) ?? strongestUnit(layer);
    strongest.set(name, known);
    return known;
  }

  async function shownReplicate(view: View, panel: Panel): Promise<ShownReplicate | null> {
    const offer = view.offers.find(
      ({ network, seed }) => network === view.choices.network && seed === view.choices.seed,
    );
    const newest = offer?.checkpoints[offer.checkpoints.length - 1];
    if (offer === undefined || newest === undefined) return null;
    stimuli ??= host.picture('stimuli', undefined, undefined);
    const step = view.choices.step ?? newest.step;
    const picture = panel.needsDetail;
    // The newest serves every panel, of those before it there is only what is looked at; while it trains, one layer.
    const only =
      offer.until !== undefined
        ? { layer: view.layer }
        : step === newest.step || picture === false
          ? undefined
          : { layer: view.layer, picture };
    const key = { network: offer.network, seed: offer.seed, step, ...(only === undefined ? {} : { only }) };
    const scrubbed = step !== newest.step && (picture === 'units' || picture === 'rdm');
    const [known, detail, last] = await Promise.all([
      stimuli,
      detailOf(key),
      scrubbed ? newestOf(offer, newest.step) : undefined,
    ]);
    const layerOf = ({ layers }: ReplicateDetail): LayerDetail | undefined =>
      layers.find(({ name }) => name === view.layer) ?? layers[0];
    const layer = layerOf(detail);
    const final = last === undefined ? undefined : layerOf(last);
    if (layer === undefined) return null;
    const name = `${detail.network}/${detail.seed}, ${layer.name}, ${trainingEpoch(detail.epoch, offer.until)}`;
    columns = columns?.of === known ? columns : { of: known, list: labelColumns(known) };
    const unitAt = unitOf(view.choices, offer, layer);
    const shown: ShownReplicate = {
      stimuli: known,
      columns: columns.list,
      detail,
      layer,
      newest: step === newest.step,
      unitAt,
      name,
      ...(final === undefined ? {} : { final }),
    };
    if (panel.id === 'rsa' && view.choices.rdmOf === 'mean')
      return {
        ...shown,
        peers: await peersOf(view, offer, step, layer.name),
        ...(final === undefined
          ? {}
          : { final: meanLayer(final, await peersOf(view, offer, newest.step, layer.name)) }),
      };
    const wanted = panel.id === 'units' || (panel.id === 'pca' && view.choices.colour === UNIT);
    if (!wanted || view.capabilities.units !== true) return shown;
    const { network, seed } = offer;
    const values = await bench.unit({ network, seed, step, layer: layer.name }, unitAt);
    return { ...shown, unit: { at: unitAt, values } };
  }

  /** A replicate at its newest checkpoint, with all pictures. */
  function newestOf({ network, seed }: ReplicateOffer, step: number): Promise<ReplicateDetail> {
    const key = { network, seed, step };
    return details.get(nameOf(key), () => askFor(key));
  }

  /** The other replicates of a network: at the same checkpoint, or at the newest of each beside a newest one. */
  function peersOf(view: View, own: ReplicateOffer, step: number, layer: string): Promise<ReplicateDetail[]> {
    if (own.until !== undefined) return Promise.resolve([]);
    const newest = step === own.checkpoints.at(-1)?.step;
    const keys = view.offers.flatMap((offer): DetailKey[] => {
      if (offer.network !== own.network || offer.seed === own.seed || offer.until !== undefined) return [];
      const at = newest ? offer.checkpoints.at(-1) : offer.checkpoints.find((one) => one.step === step);
      const { network, seed } = offer;
      return at === undefined ? [] : [{ network, seed, step: at.step, only: { layer, picture: 'rdm' } }];
    });
    return Promise.all(keys.map((key) => details.get(nameOf(key), () => askFor(key))));
  }

  /** A comparison, or the list of hazards, that was just asked for comes to the front, once; this page may have been made for it. */
  function bringForward(): void {
    const { comparedAt = 0, hazardsAt = 0 } = welcome;
    const compared = comparedAt !== choices.comparedAt && comparedAt !== 0;
    const careful = hazardsAt !== choices.hazardsAt && hazardsAt !== 0;
    choices = { ...choices, comparedAt, hazardsAt, ...(compared ? { tab: 'compare' } : {}) };
    if (careful) bench.showHazards();
  }

  /** Draws the panel in front; the latest wish wins. */
  async function update(): Promise<void> {
    const wish = ++asked;
    const panel = current();
    body.hidden = results === null;
    empty.hidden = !body.hidden;
    if (panel === undefined || results === null) return;
    bar.show(panel.id);
    const { capabilities, offers, comparison } = welcome;
    const partial = { results, capabilities, offers, comparison, choices };
    const resolved = resolve(partial, panel.needsDetail !== false);
    const view: View = { ...partial, ...resolved, shown: null };
    common.show(view, panel);
    bar.offer(panels.filter(({ offered }) => offered?.(view) !== false).map(({ id }) => id));
    scrub.show(view, panel);
    const slow = setTimeout(() => {
      if (wish !== asked) return;
      troubled = true;
      bench.say(`${panel.title}: computing what it shows…`);
    }, patience);
    try {
      if (panel.needsDetail !== false) view.shown = await shownReplicate(view, panel);
      if (wish !== asked) return;
      nothing.hidden = panel.needsDetail === false || view.shown !== null;
      selected.show(view);
      shared.hidden = [...common.element.children, scrub.element].every(
        (part) => part instanceof HTMLElement && part.hidden,
      );
      panel.update(view);
      if (troubled) bench.say('');
      troubled = false;
      scrub.drawn();
      document.body.dataset['shown'] = `${panel.id} ${wish}`;
    } catch (error) {
      if (error instanceof SupersededError) return;
      scrub.stop();
      troubled = true;
      bench.say(`${panel.title} could not be shown: ${reason(error)}`);
    } finally {
      clearTimeout(slow);
    }
  }

  /** @param whole all curves there are, and not only those that have changed */
  function follow(update: Live | undefined, whole = false): void {
    if (update === undefined) return;
    live.show(update, whole);
    const before = run?.status;
    run = update.run;
    empty.textContent = beforeResults(run);
    if (before === run.status) return;
    frame();
  }

  function frame(): void {
    if (results === null) return;
    live.describe(headline(results, run, welcome.capabilities.train));
    foot.replaceChildren(about(results, welcome));
  }

  const shared = h('div', { class: 'bar' }, common.element, scrub.element);
  const body = h(
    'div',
    {},
    h('nav', { class: 'sticky' }, bar.row, shared),
    h('main', {}, selected.element, nothing, ...bar.bodies),
    h('footer', {}, foot),
  );
  const empty = h('main', { class: 'caption' }, beforeResults(run));
  const live = head(bench, welcome.capabilities.train);
  if (pageTheme)
    live.add(
      themeSwitch(choices, (theme) => {
        applyPageTheme(theme);
        bench.choose({ theme });
      }),
    );
  root.replaceChildren(h('header', {}, live.element), empty, body, status);
  body.hidden = results === null;
  empty.hidden = !body.hidden;
  follow(welcome.live);
  frame();
  onThemeChange(() => {
    live.redraw();
    current()?.redraw();
  });
  function refresh(): void {
    void (async () => {
      const before = results?.fingerprint;
      welcome = await host.ready();
      bringForward();
      results = await readValues();
      if (results?.fingerprint !== before) {
        stimuli = undefined;
        details.clear();
        units.clear();
        similarities.clear();
        strongest.clear();
      }
      follow(welcome.live, true);
      frame();
      await update();
    })().catch((error: unknown) => bench.say(`The newest results could not be shown: ${reason(error)}`));
  }
  bringForward();
  // Kept from the start: a dashboard that is restored before anything was chosen knows its file all the same.
  around.persist(choices);
  mounted = true;
  if (missed) refresh();
  await update();
}

type DetailKey = PictureQuery<'replicate'>['place'] & { only?: PictureQuery<'replicate'>['parameters'] };

function nameOf({ network, seed, step, only }: DetailKey): string {
  return JSON.stringify([network, seed, step, only]);
}
