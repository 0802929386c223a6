import { describe, expect, it } from 'vitest';
import { fitSplits } from '../../src/analysis/probe/cross-validate';
import { probeOf } from '../../src/analysis/probe/probes';
import type { Label } from '../../src/core/label';
import type { ProbeAnalysis, SetName } from '../../src/experiment/experiment';
import type { ProbeKind } from '../../src/protocol/probe-words';
import { decodeBetween } from '../../src/run/decode-between';
import { decode, decodeConflicts } from '../../src/run/decode';
import { probedOf } from '../../src/run/probed-stimuli';
import type { StimulusSet } from '../../src/stimuli/stimulus-set';
import fixture from './fixtures/probe-experiments.json';

const { fitted, activations, labels, penalties, scores } = fixture;
const { rows: count, cols } = activations;

/** The stimuli of a set; as inputs they have their numbers. */
function setOf(name: SetName, from: number, to: number): StimulusSet {
  const label = (of: string, kind: Label['kind'], values: readonly number[]): Label => ({
    ...{ name: of, source: 'feature', kind, classes: kind === 'real' ? [] : ['no', 'yes'], width: 1 },
    values: Float32Array.from(values.slice(from, to)),
  });
  const inputs = Float32Array.from({ length: to - from }, (_, at) => from + at);
  return {
    ...{ name, inputs: { rows: to - from, cols: 1, data: inputs }, tasks: [] },
    features: [
      label('a', 'binary', labels.a),
      label('b', 'binary', labels.b),
      label('real', 'real', labels.real),
    ],
  };
}

const [fit, test] = [setOf('fit', 0, fitted), setOf('test', fitted, count)];
const sets = { train: fit, fit, test, coincide: false };
const analysis = (kinds: readonly ProbeKind[]): ProbeAnalysis => ({
  kinds,
  labels: [
    { name: 'a', kind: 'classes' },
    { name: 'b', kind: 'classes' },
    { name: 'real', kind: 'real' },
  ],
  ...{ control: ['a', 'b'], conflict: [['a', 'b']], over: 'end', transfer: false },
});
const part = (from: number, to: number) => ({
  ...{ rows: to - from, cols },
  data: Float32Array.from(activations.data.slice(from * cols, to * cols)),
});

describe('probes of experiments agree with scikit-learn, fitted on one set and scored on the other', () => {
  const kinds = ['logistic', 'ridge', 'nearest-mean'] as const;
  const { stimuli, kinds: probes } = probedOf(sets, analysis(kinds));
  const rows = stimuli.rows(part(0, fitted), part(fitted, count));
  const found = decode(probes, stimuli, rows, 3);
  const targets = stimuli.targets.flatMap(({ target }) => target ?? []);
  const fits = fitSplits(probes, rows, targets, { ...stimuli.fitting, random: ['experiment', 3] });
  const chosen = (kind: number, label: number): number =>
    Math.max(0, penalties.indexOf(fits[kind][label][0].penalty ?? NaN));

  it.each(kinds.map((kind, at) => [kind, at] as const))('%s', (kind, at) => {
    for (const [label, name] of (['a', 'b'] as const).entries())
      expect(found.scores[at][label].value, name).toBeCloseTo(scores[name][kind][chosen(at, label)], 9);
  });

  it('R² of a real label by ridge regression; the others say that they tell classes', () => {
    expect(found.scores[1][2].value).toBeCloseTo(fixture.r2[chosen(1, 2)], 5);
    expect(found.scores[0][2]).toEqual({
      value: null,
      why: expect.stringContaining('real number') as string,
    });
  });

  it('which of two labels is followed where they disagree', () => {
    const fit = stimuli.conflicts[0].fit?.(3);
    if (typeof fit !== 'object') throw new Error('They disagree.');
    const random = ['experiment', 3, 'conflict'];
    const [[[{ penalty }]]] = fitSplits([probeOf('logistic')], rows, [fit.target], {
      ...fit.fitting,
      random,
    });
    const [first, second] = decodeConflicts(probes, stimuli, rows, 3)[0][0];
    expect(first.value).toBeCloseTo(fixture.conflict[penalties.indexOf(penalty ?? NaN)], 9);
    expect((first.value ?? 0) + (second.value ?? 0)).toBeCloseTo(1, 12);
  });
});

it('between parts of the stimuli probes agree with scikit-learn, fitted in one part and scored in another', () => {
  const { stimuli, kinds } = probedOf(sets, { ...analysis(['logistic', 'nearest-mean']), between: ['b'] });
  const rows = stimuli.rows(part(0, fitted), part(fitted, count));
  const found = decodeBetween(kinds, stimuli, rows, 3);
  expect(found.map((one) => `${one.fitted}, ${one.scored}`)).toEqual(
    ['b: no', 'b: yes'].flatMap((own) => ['b: no', 'b: yes'].map((other) => `${own}, ${other}`)),
  );
  for (const [at, { scores: own }] of found.entries()) {
    const [from, to] = [Math.floor(at / 2), at % 2];
    const expected = fixture.between[from];
    expect(own[1][0].value).toBeCloseTo(expected['nearest-mean'][to][0], 9);
    const [{ target }] = stimuli.targets;
    const train = stimuli.fitting.splits[0].train.filter((row) => stimuli.parts[from].has[row] === 1);
    const splits = [{ train, test: stimuli.fitting.splits[0].test }];
    const random = ['experiment', 3, 'between'];
    const [[[{ penalty }]]] = fitSplits([kinds[0]], rows, [target!], { ...stimuli.fitting, splits, random });
    expect(own[0][0].value).toBeCloseTo(expected.logistic[to][penalties.indexOf(penalty ?? NaN)], 9);
    // What parts the stimuli does not vary within a part.
    expect(own[0][1]).toEqual({ value: null, why: expect.stringContaining("a value of 'b'") as string });
  }
});

it('where a label holds alone probes agree with scikit-learn, fitted and scored there', () => {
  const { stimuli, kinds } = probedOf(sets, { ...analysis(['nearest-mean']), where: 'b' });
  const rows = stimuli.rows(part(0, fitted), part(fitted, count));
  const [[a, b]] = decode(kinds, stimuli, rows, 3).scores;
  expect(a.value).toBeCloseTo(fixture.between[1]['nearest-mean'][1][0], 9);
  expect(b).toEqual({ value: null, why: expect.stringContaining("'b'") as string });
});

it('where documents alone are to be fresh, tokens that are the same are fitted on and scored', () => {
  const alike = (set: StimulusSet, from: number): StimulusSet => ({
    ...set,
    inputs: { ...set.inputs, data: new Float32Array(set.inputs.rows) },
    tokens: {
      of: new Uint16Array(set.inputs.rows),
      at: Uint32Array.from({ length: set.inputs.rows }, (_, at) => from + at),
    },
  });
  const [one, other] = [alike(fit, 0), alike(test, fitted)];
  const documents = { train: one, fit: one, test: other, coincide: false };
  const asked = analysis(['nearest-mean']);
  const { stimuli, kinds } = probedOf(documents, { ...asked, fresh: 'document' });
  const rows = stimuli.rows(part(0, fitted), part(fitted, count));
  const known = probedOf(sets, asked).stimuli;
  expect(decode(kinds, stimuli, rows, 3).scores).toEqual(decode(kinds, known, rows, 3).scores);
  // Else they are one stimulus, which cannot be both.
  expect(probedOf(documents, asked).stimuli.fitting.splits).toEqual([]);
});

it('where sets share stimuli nothing is scored that was fitted on, and each is scored once', () => {
  const { stimuli } = probedOf({ train: fit, fit, test: fit, coincide: true }, analysis(['ridge']));
  const { splits, stimuli: of } = stimuli.fitting;
  expect(splits).toHaveLength(5);
  for (const split of splits) {
    const known = new Set(Array.from(split.train, (row) => of.of[row]));
    expect(Array.from(split.test).filter((row) => known.has(of.of[row]))).toEqual([]);
  }
  const all = splits.flatMap((split) => [...split.test]).sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: fitted }, (_, row) => row));
});
