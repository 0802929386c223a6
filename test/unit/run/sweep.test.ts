import { expect, it } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings';
import { resultsAt } from '../../../src/protocol/results-at';
import type { ExperimentFile } from '../../../src/experiment/file';
import type { Results } from '../../../src/protocol/results';
import { runExperiment } from '../../support/run-experiment';
import { sharedScratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const tiny = tinyExperiment();

/** Without what names the run or the point. */
function comparable({ networks, rsa, pairs, hazards, tasks, stimuli, labels, rdm }: Results): object {
  const plain = <T extends { point?: number }>(one: T): T => ({ ...one, point: undefined });
  const unlabelled = [...rsa, ...pairs].map((one) => {
    const { labels: names, ...rest } = plain(one);
    return { ...rest, labels: names.map((name) => name.replace(/\/\d+:/, '/')) };
  });
  const said = hazards.map(({ message, ...rest }) => ({ ...rest, message: message.replace(/\/\d+:/g, '/') }));
  const all = networks.map((network) => ({ ...network, replicates: network.replicates.map(plain) }));
  return { networks: all, unlabelled, said, tasks, stimuli, labels, rdm };
}

it('finds at each point what the experiment with its values written out finds, and takes what is there from the store', async () => {
  const store = sharedScratch();
  const features = (prevalence: number): ExperimentFile['stimuli'] => ({
    ...tiny.stimuli,
    features: { ...tiny.stimuli.features, h: { bits: 2, prevalence } },
  });
  const sweep = { 'network.hidden': [[8], [6, 4]], 'stimuli.features.h.prevalence': [0.5, 0.8] };
  const swept = await runExperiment({ ...tiny, sweep }, store);
  for (const [point, hidden, prevalence] of [
    [1, [8], 0.8],
    [2, [6, 4], 0.5],
  ] as const) {
    const written = { ...tiny, network: { hidden: [...hidden] }, stimuli: features(prevalence) };
    const alone = await runExperiment(written, store);
    const made = alone.events.filter((event) => event.kind === 'replicate');
    expect(made.map(({ reused }) => reused)).toEqual(made.map(() => true));
    const here = resultsAt(swept.results, point);
    expect(comparable(here)).toEqual(comparable(alone.results));
    for (const { name, layers } of alone.results.networks)
      for (const { name: site } of layers)
        for (const measure of ['varianceExplained', 'participationRatio', 'maximum.auroc.shareOfUntrained'])
          for (const label of [undefined, 'easy', 'hard'])
            expect(findingsOf(here).mean(name, measure, { site, label })).toEqual(
              findingsOf(alone.results).mean(name, measure, { site, label }),
            );
  }
});
