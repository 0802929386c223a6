import { describe, expect, it } from 'vitest';
import { experimentAt, replicateCount, replicatesOf } from '../../../src/experiment/replicates';
import { pointText, settingNames, settingText } from '../../../src/protocol/setting-text';
import { readExperiment } from '../../../src/sources/read-experiment';
import { experimentOf } from '../../support/run-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

const settings = {
  'training.dropout': [0, 0.2],
  'network.hidden': [[8], [8, 4], [4]],
  'networks.easy only.training.epochs': [3],
};

function problemsOf(sweep: Record<string, unknown>): { code: string; at: string; message: string }[] {
  const text = JSON.stringify({ ...tinyExperiment(), sweep }, null, 1);
  return readExperiment(text).problems.map(({ code, message, range: { start, end } }) => ({
    ...{ code, message },
    at: text.slice(start.offset, end.offset),
  }));
}

describe('a sweep', () => {
  it('is at each point the experiment whose file has the values written out', () => {
    const swept = experimentOf({ ...tinyExperiment(), sweep: settings });
    const { networks, network, training, ...rest } = tinyExperiment();
    for (const [point, [dropout, hidden]] of [0, 0.2]
      .flatMap((rate) => [[8], [8, 4], [4]].map((widths) => [rate, widths] as const))
      .entries()) {
      const written = experimentOf({
        ...{ ...rest, network: { ...network, hidden }, training: { ...training, dropout } },
        networks: { ...networks, 'easy only': { ...networks['easy only'], training: { epochs: 3 } } },
      });
      expect(experimentAt(swept, point)).toEqual(written);
    }
    expect(() => experimentAt(swept, 6)).toThrow('no point 6');
    expect(swept.sweep?.points.map(({ values }) => values)[4]).toEqual([0.2, [8, 4], 3]);
    const replicates = replicatesOf(swept);
    expect(replicates).toHaveLength(replicateCount(swept));
    expect(replicates).toHaveLength(6 * 3 * 2);
    expect(replicates.slice(0, 18).every(({ seed }) => seed === 0)).toBe(true);
  });

  it('says of a value that is wrong where it stands, once', () => {
    expect(problemsOf({ 'training.dropout': [0, 2], 'networks.both.training.epochs': [8, -1] })).toEqual([
      expect.objectContaining({ code: 'out-of-range', at: '2' }),
      expect.objectContaining({ code: 'out-of-range', at: '-1' }),
    ]);
  });

  it('varies what there is', () => {
    expect(problemsOf({ 'training.droput': [0, 0.1] })).toEqual([
      expect.objectContaining({ code: 'unknown-key', at: '"training.droput"' }),
    ]);
    const fix = readExperiment(
      JSON.stringify({ ...tinyExperiment(), sweep: { 'training.droput': [0] } }),
    ).problems.map((problem) => problem.fix?.text);
    expect(fix).toEqual(['"training.dropout"']);
    expect(problemsOf({ 'networks.bth.training.epochs': [1] })[0].message).toContain("Did you mean 'both'?");
    expect(problemsOf({ 'analyses.confidence': [0.9] })[0].code).toBe('not-varied');
    expect(problemsOf({ seeds: [1, 2] })[0].code).toBe('not-varied');
    expect(problemsOf({ 'training.dropout': [] })[0].code).toBe('empty');
    const within = { training: [{ epochs: 1 }], 'training.epochs': [2] };
    expect(problemsOf(within)[0].code).toBe('not-varied');
    const twice = { 'networks.both': [{}], 'networks.both.training.epochs': [2] };
    expect(problemsOf(twice)[0].code).toBe('conflict');
    const many = Object.fromEntries(
      ['learningRate', 'momentum', 'beta1', 'beta2'].map((key) => [
        `training.${key}`,
        [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
      ]),
    );
    expect(problemsOf(many)[0].message).toContain('1296 points, more than 512');
  });

  it('calls settings by what tells them apart', () => {
    expect(settingNames(['training.dropout', 'network.hidden'])).toEqual(['dropout', 'hidden']);
    expect(settingNames(['networks.a.training.epochs', 'networks.b.training.epochs'])).toEqual([
      'a.training.epochs',
      'b.training.epochs',
    ]);
    expect([0.1, 'adam', [8, 4], null].map(settingText)).toEqual(['0.1', 'adam', '[8, 4]', 'null']);
    expect(pointText(['training.dropout', 'network.hidden'], ['0', '[8]'])).toBe('dropout 0, hidden [8]');
  });
});
