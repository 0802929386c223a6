import { atLeast } from '../analysis/statistics/bounds';
import { percent } from '../formats/percent';
import { probeKindsOf } from '../protocol/probe-words';
import type { HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';

/** Of the stimuli that are scored, those that the networks were trained on. */
const threshold = 0.5;

/** Scores that are fresh to the probe, and not to the network. */
export const probeOnTrainingStimuli: HazardRule = {
  name: 'probe-on-training-stimuli',
  describe:
    'Labels are decoded, and at least half of the test stimuli have the input row of a training stimulus, as where a design is shown whole: probes are fitted without the stimuli that they are scored on, networks were not.',
  link: 'https://arxiv.org/abs/1611.03530',
  evaluate(results) {
    const { inTrain, count } = results.stimuli.test;
    const value = count === 0 ? 0 : inTrain / count;
    const trained = trainedNetworks(results).filter(({ recorded }) => !recorded);
    if (trained.length === 0 || probeKindsOf(results.measures).length === 0 || !atLeast(value, threshold))
      return [];
    return [
      {
        rule: probeOnTrainingStimuli.name,
        severity: 'warning',
        where: {},
        value,
        threshold,
        message: `Probes are scored on stimuli of which ${percent(value)} were shown in training: what a network learned by heart about each of them can be decoded, and will not be of others.`,
        advice:
          'Draw stimuli in place of showing the whole design, let none repeat, or keep some stimuli from training; compare with the scores with initial weights.',
      },
    ];
  },
};
