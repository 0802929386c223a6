import type { DashboardCapabilities, RunState } from '../../src/protocol/dashboard';
import type { Results } from '../../src/protocol/results';
import { h } from './dom';
import { plural } from './number';

/** Title, extent, and what went wrong; what a run that goes on has not done yet has not gone wrong. */
export function headline(results: Results, run: RunState | undefined): HTMLElement {
  const running = run?.status === 'running';
  const replicates = results.networks.flatMap((network) =>
    network.replicates.map((replicate) => ({ network: network.name, ...replicate })),
  );
  // A preview of a replicate that still trains is not done.
  const done = running ? run.finished : replicates.filter(({ status }) => status === 'done').length;
  const missing = replicates.filter(
    ({ status }) => status === 'failed' || (status === 'cancelled' && !running),
  );
  const seeds = Math.max(0, ...results.networks.map((network) => network.replicates.length));
  return h(
    'div',
    { class: 'headline' },
    h('h1', {}, results.title),
    h(
      'p',
      { class: 'caption' },
      [
        plural(results.networks.length, 'network'),
        plural(seeds, 'seed'),
        `${done} of ${plural(replicates.length, 'replicate')} done`,
        plural(Object.keys(results.tasks).length, 'task'),
        `${plural(results.stimuli.test.count, 'fresh test stimulus', 'fresh test stimuli')}`,
      ].join(' · '),
    ),
    missing.length === 0
      ? null
      : h(
          'ul',
          { class: 'failed' },
          ...missing.map(({ network, seed, status, reason }) =>
            h('li', {}, `${network}/${seed} ${status}${reason === undefined ? '' : `: ${reason}`}`),
          ),
        ),
  );
}

/** What is held here, how each measure is defined, and what computed it. */
export function about(results: Results, capabilities: DashboardCapabilities): HTMLElement {
  const { engine, stimuli } = results;
  return h(
    'div',
    {},
    h('p', { class: 'caption statement' }, capabilities.statement),
    ...results.notes.map((note) => h('p', { class: 'caption' }, note)),
    h(
      'details',
      {},
      h('summary', {}, 'Definitions of the measures'),
      h(
        'dl',
        {},
        ...Object.entries(results.definitions).flatMap(([name, text]) => [
          h('dt', {}, name),
          h('dd', {}, text),
        ]),
      ),
    ),
    h(
      'details',
      {},
      h('summary', {}, 'Provenance'),
      h(
        'p',
        { class: 'caption' },
        `RepScope ${results.version}, ${engine.name} engine on ${engine.backend}, TensorFlow.js ${engine.tfjs}. ` +
          `Stimuli: seed ${stimuli.seed}, ${plural(stimuli.inputUnits, 'input unit')}, train ${stimuli.train.count}, fit ${stimuli.fit.count}, test ${stimuli.test.count}. ` +
          `Fingerprint ${results.fingerprint}.`,
      ),
    ),
  );
}
