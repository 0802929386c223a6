import { describe, expect, it } from 'vitest';
import { END, Values } from '../../../src/core/values';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import { decodableNotUsable } from '../../../src/hazards/decodable-not-usable';
import { probeDoesNotCarryOver } from '../../../src/hazards/probe-does-not-carry-over';
import { probeComputesTheLabel } from '../../../src/hazards/probe-computes-the-label';
import { probeNoBetter } from '../../../src/hazards/probe-no-better';
import { probeOnTrainingStimuli } from '../../../src/hazards/probe-on-training-stimuli';
import { measureInfos } from '../../../src/measures/measures';
import { network, results } from './fabricate';

/** Scores in `hidden2` of a network that was trained on `easy`, of each replicate, by measure and label. */
function decoded(scores: Record<string, Record<string, number[]>>, trained = true): HazardInput {
  const made = results([network({ trained, accuracy: { easy: [1, 1, 1] } })]);
  const values = new Values(made.values);
  for (const [measure, byLabel] of Object.entries({
    ...scores,
    'probe.chance': { easy: [0.5, 0.5, 0.5], hard: [0.5, 0.5, 0.5] },
  }))
    for (const [label, each] of Object.entries(byLabel))
      each.forEach((value, seed) =>
        values.add(
          { measure, source: 'both', point: '0', seed: `${seed}`, checkpoint: END, site: 'hidden2', label },
          value,
        ),
      );
  const measures = measureInfos({
    rdm: { metric: 'correlation', comparison: 'pearson', over: 'stimuli' },
    probe: {
      ...{ kinds: ['logistic', 'mlp'], labels: [{ name: 'easy', kind: 'classes' }], control: ['easy'] },
      ...{ conflict: [], over: 'end', transfer: false, between: ['set'] },
    },
  });
  return { ...made, measures };
}

describe('a probe that is no better than without the layer', () => {
  const score = { 'probe.logistic': { hard: [0.9, 0.92, 0.94] } };

  it('is told with what is as good; a note where the network was trained on the label', () => {
    const [hazard, ...more] = probeNoBetter.evaluate(
      decoded({
        ...score,
        'probe.logistic.untrained': { hard: [0.89, 0.91, 0.93] },
        'probe.logistic.inputs': { hard: [0.6, 0.6, 0.6] },
      }),
    );
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({
      severity: 'warning',
      where: { network: 'both', layer: 'hidden2', label: 'hard', probe: 'logistic' },
    });
    expect(hazard.value).toBeCloseTo(0.01, 12);
    expect(hazard.message).toContain('0.92, and about as well elsewhere: 0.91 with the initial weights.');
    const own = { 'probe.logistic': { easy: [1, 1, 1] }, 'probe.logistic.inputs': { easy: [1, 1, 1] } };
    expect(probeNoBetter.evaluate(decoded(own))).toMatchObject([{ severity: 'info' }]);
  });

  it('is not where it is better, at chance, or the network is untrained', () => {
    const less = {
      'probe.logistic.untrained': { hard: [0.8, 0.8, 0.8] },
      'probe.logistic.control': { hard: [0.7, 0.7, 0.7] },
    };
    expect(probeNoBetter.evaluate(decoded({ ...score, ...less }))).toEqual([]);
    const none = {
      'probe.logistic': { hard: [0.55, 0.5, 0.5] },
      'probe.logistic.untrained': { hard: [0.5, 0.5, 0.5] },
    };
    expect(probeNoBetter.evaluate(decoded(none))).toEqual([]);
    const same = { ...score, 'probe.logistic.untrained': score['probe.logistic'] };
    expect(probeNoBetter.evaluate(decoded(same, false))).toEqual([]);
  });
});

describe('probes between parts of the stimuli', () => {
  /** Scores of `hard` by what is fitted and scored; the network answers so much of the set `latent`. */
  function between(scores: Record<string, number>, latent = 0.1, trained = true): HazardInput {
    const accuracy = { easy: [1, 1, 1], latent: [latent, latent, latent], validation: [1, 1, 1] };
    const made = results([network({ trained, accuracy })]);
    const values = new Values(made.values);
    const place = { source: 'both', point: '0', checkpoint: END, site: 'hidden2', label: 'hard' };
    for (const seed of ['0', '1', '2']) {
      values.add({ ...place, seed, measure: 'probe.chance' }, 0.25);
      for (const [part, value] of Object.entries(scores))
        values.add({ ...place, seed, part, measure: 'probe.logistic.between' }, value);
    }
    const { measures } = decoded({});
    const floors = [{ name: 'that it is an output', score: 0.125 }];
    const asked = {
      validation: { says: '', documents: 8, floors },
      latent: { says: '', documents: 8, floors },
    };
    return { ...made, measures, asked };
  }
  const all = (own: number, across: number): Record<string, number> => ({
    'validation → validation': own,
    'validation → latent': across,
    'latent → latent': own,
    'latent → validation': own - 0.05,
  });

  it('are told where a probe falls off in another part, with the largest fall', () => {
    const [hazard, ...more] = probeDoesNotCarryOver.evaluate(between(all(0.9, 0.3)));
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({
      where: { network: 'both', layer: 'hidden2', label: 'hard', probe: 'logistic' },
    });
    expect(hazard.value).toBeCloseTo(0.6, 12);
    expect(hazard.message).toContain('in “latent” with 0.90 where it is fitted there, and with 0.30');
    expect(probeDoesNotCarryOver.evaluate(between(all(0.9, 0.7)))).toHaveLength(1);
  });

  it('are not where it carries over, nothing is told anywhere, or the network is untrained', () => {
    expect(probeDoesNotCarryOver.evaluate(between(all(0.9, 0.75)))).toEqual([]);
    expect(probeDoesNotCarryOver.evaluate(between({}))).toEqual([]);
    expect(probeDoesNotCarryOver.evaluate(between(all(0.9, 0.3), 0.1, false))).toEqual([]);
  });

  it('are told where what the network does not answer can be decoded, and not where it answers or it cannot', () => {
    expect(decodableNotUsable.evaluate(between(all(0.9, 0.8)))).toMatchObject([
      { where: { network: 'both', layer: 'hidden2', label: 'hard', set: 'latent' }, value: 0.9 },
    ]);
    expect(decodableNotUsable.evaluate(between(all(0.9, 0.8), 0.2))).toEqual([]);
    expect(decodableNotUsable.evaluate(between(all(0.4, 0.4)))).toEqual([]);
    expect(decodableNotUsable.evaluate(between(all(0.9, 0.8), 0.1, false))).toEqual([]);
  });
});

describe('a small network above every linear probe', () => {
  const linear = { 'probe.logistic': { hard: [0.5, 0.52, 0.5], easy: [0.5, 0.5, 0.5] } };

  it('is told of what the network was not trained on', () => {
    const strong = { 'probe.mlp': { hard: [0.9, 0.95, 0.7], easy: [1, 1, 1] } };
    expect(probeComputesTheLabel.evaluate(decoded({ ...linear, ...strong }))).toMatchObject([
      { severity: 'warning', where: { network: 'both', layer: 'hidden2', label: 'hard', probe: 'mlp' } },
    ]);
  });

  it('is not where it is hardly above, or not in every replicate', () => {
    for (const hard of [
      [0.55, 0.56, 0.57],
      [1, 0.5, 1],
    ])
      expect(probeComputesTheLabel.evaluate(decoded({ ...linear, 'probe.mlp': { hard } }))).toEqual([]);
  });
});

it('probes on stimuli that networks were trained on are told where these are half of the test stimuli', () => {
  const made = decoded({ 'probe.logistic': { hard: [0.9, 0.9, 0.9] } });
  const shown = (inTrain: number): HazardInput => ({
    ...made,
    stimuli: { ...made.stimuli, test: { ...made.stimuli.test, inTrain } },
  });
  expect(probeOnTrainingStimuli.evaluate(shown(500))).toMatchObject([{ value: 0.5, severity: 'warning' }]);
  expect(probeOnTrainingStimuli.evaluate(shown(499))).toEqual([]);
  expect(probeOnTrainingStimuli.evaluate({ ...shown(500), measures: {} })).toEqual([]);
});
