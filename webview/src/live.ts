import type { Live, LiveCurve, RunState } from '../../src/protocol/dashboard';
import { isResumable, type RunStatus } from '../../src/protocol/status';
import { livePicture } from './charts/live-picture';
import { pictureChart } from './charts/picture-chart';
import type { Headline } from './about';
import { button } from './controls';
import { disclosure } from './disclosure';
import { h } from './dom';
import { gravest, hazardCount } from './panels/hazard-words';
import { missingLine } from './missing';
import type { Page } from './page';
import { tableElement } from './table';
import { currentTheme } from './theme';
import { visible, visibleLines } from '../../src/formats/visible';

/**
 * The head of the page: the title; how the run stands, the curves of its replicates while they train, and the buttons.
 *
 * @param train false in a report, which has results only
 */
export function head(page: Pick<Page, 'command' | 'showHazards'>, train: boolean) {
  const title = h('h1', {}, 'RepScope');
  const facts = h('span', { class: 'facts' });
  const missing = missingLine();
  const hazards = h('button', {
    class: 'hazard hazard-count',
    attributes: { type: 'button', title: 'Show what to be careful about' },
    on: { click: () => page.showHazards() },
  });
  hazards.hidden = true;
  const message = h('span', { class: 'live-message' });
  const bar = h('progress', { attributes: { max: '1', 'aria-label': 'Progress of the analysis' } });
  const cancel = button('Cancel', () => page.command('cancel'), 'Cancel the analysis');
  // Half a quick look goes on as one.
  const analyze = button('Analyze', () => page.command(resumes ? 'resume' : 'analyze'));
  const quick = button('Quick look', () => page.command('quickLook'), 'Quick look: analyze one seed only');
  const report = button(
    'Report',
    () => page.command('exportReport'),
    'Report: save all of it as one HTML file',
  );
  const activations = button(
    'Activations',
    () => page.command('exportActivations'),
    'Activations: save those of a replicate as safetensors',
  );
  const log = button('Show log', () => page.command('showLog'));
  const picture = h('div', { class: 'picture live-curves', attributes: { role: 'img' } });
  const table = h('details', {}, h('summary', {}, 'Table of the curves'), h('div'));
  const curvesBox = h('div', { class: 'live-box' }, picture, table);
  const opener = disclosure('Training curves', curvesBox, () => redraw());
  const tools = h('div', { class: 'tools' }, cancel, analyze, quick, report, activations, log);
  // Only what is going on is read aloud, not every per cent.
  const spoken = h('p', { class: 'for-readers', attributes: { 'aria-live': 'polite' } });
  const element = h(
    'section',
    { class: 'live', attributes: { 'aria-label': 'Analysis' } },
    h('div', { class: 'live-row' }, title, tools),
    h(
      'div',
      { class: 'live-row' },
      h('div', { class: 'live-said' }, message, bar, hazards, facts),
      opener.element,
      missing.element,
    ),
    curvesBox,
    spoken,
  );
  for (const part of [missing.element, bar, opener.element]) part.hidden = true;
  for (const part of [message, cancel, analyze, quick, report, activations, log]) part.hidden = !train;

  const curves = new Map<string, LiveCurve>();
  let drawing = false;
  let resumes = false;
  let status: RunStatus | undefined;

  function draw(): void {
    drawing = false;
    if (picture.clientWidth === 0) return;
    const all = [...curves.values()];
    void pictureChart(() => livePicture(all)).draw(picture, currentTheme());
    picture.setAttribute('aria-label', inWords(all));
    if (table.open) table.lastElementChild?.replaceChildren(tableElement(tableOf(all), 'Training curves'));
  }
  function redraw(): void {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(draw);
  }
  new ResizeObserver(redraw).observe(picture);
  table.addEventListener('toggle', redraw);

  return {
    element,
    redraw,
    /** Puts a button beside those of the run. */
    add: (tool: HTMLElement) => tools.append(tool),
    describe(shown: Headline) {
      title.textContent = visible(shown.title);
      facts.textContent = visible(shown.facts);
      missing.show(shown.missing);
      hazards.hidden = shown.hazards.length === 0;
      hazards.textContent = hazardCount(shown.hazards);
      hazards.className = `hazard hazard-count ${gravest(shown.hazards)}`;
    },
    /** @param whole all curves there are, and not only those that have changed */
    show({ run, curves: changed }: Live, whole: boolean) {
      const running = run.status === 'running';
      if (whole) curves.clear();
      if (status !== run.status) {
        // A new run starts with its own curves; its first message holds all of them.
        if (running) curves.clear();
        // While it trains the curves are what there is to see; afterwards they make room.
        opener.set(running);
        spoken.textContent = run.message;
        status = run.status;
      }
      for (const curve of changed) curves.set(`${curve.network}/${curve.seed}`, curve);
      element.dataset['status'] = run.status;
      message.textContent = visibleLines(run.message);
      bar.hidden = !running;
      bar.value = run.progress;
      cancel.hidden = !running;
      analyze.hidden = running;
      analyze.textContent = label(run);
      resumes = isResumable(run);
      quick.hidden = running;
      const some = run.finished > 0 && !running;
      report.hidden = !some;
      activations.hidden = !some;
      log.hidden = run.status !== 'failed';
      opener.offer(curves.size > 0);
      redraw();
    },
  };
}

function label(run: RunState): string {
  if (run.status === 'none') return 'Analyze';
  return isResumable(run) ? 'Resume' : 'Analyze again';
}

function inWords(curves: readonly LiveCurve[]): string {
  return `Training curves. ${curves
    .map((curve) => {
      const last = curve.tasks.map((task, at) => `${task} ${(curve.accuracy[at]?.at(-1) ?? 0).toFixed(2)}`);
      const numbers = curve.epochs.length === 0 ? '' : `, accuracy ${last.join(', ')}`;
      return `${curve.network}/${curve.seed}: ${curve.status}${numbers}`;
    })
    .join('. ')}`;
}

function tableOf(curves: readonly LiveCurve[]) {
  return {
    columns: ['network', 'seed', 'status', 'epoch', 'loss', 'accuracy'],
    rows: curves.map((curve) => [
      curve.network,
      curve.seed,
      curve.status,
      curve.epochs.at(-1) ?? null,
      curve.loss.at(-1) ?? null,
      curve.tasks.map((task, at) => `${task} ${curve.accuracy[at]?.at(-1)?.toFixed(3) ?? '–'}`).join(', '),
    ]),
  };
}
