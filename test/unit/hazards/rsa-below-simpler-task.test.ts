import { describe, expect, it } from 'vitest';
import { rsaBelowSimplerTask as rule } from '../../../src/hazards/rsa-below-simpler-task';
import { network, results, rsa } from './fabricate';

const on = (name: string, tasks: string[], trained = true) =>
  network({ name, trained, accuracy: Object.fromEntries(tasks.map((task) => [task, [1, 1]])) });
const networks = [on('both', ['easy', 'hard']), on('easy only', ['easy']), on('hard only', ['hard'])];

describe('RSA that places a network below its likeness to a simpler task', () => {
  it('is named, where fewer of the same tasks give the higher similarity', () => {
    const input = results(networks, [
      rsa(
        ['both', 'both', 0.8, 0.75, 0.85],
        ['both', 'easy only', 0.9, 0.87, 0.93],
        ['easy only', 'easy only', 0.98],
      ),
    ]);
    const [hazard, ...more] = rule.evaluate(input);
    expect(more).toEqual([]);
    expect(hazard).toMatchObject({ severity: 'serious', threshold: 0.02 });
    expect(hazard.where).toMatchObject({
      network: 'both',
      simpler: 'easy only',
      layer: 'hidden2',
      metric: 'correlation',
    });
    expect(hazard.value).toBeCloseTo(0.1, 12);
    expect(hazard.message).toBe(
      'In hidden2, replicates of “both” (trained on “easy”, “hard”) are less alike (mean RSA 0.800) than they are like “easy only” ' +
        '(trained on “easy”; 0.900), by correlation distance, RDMs compared by Pearson.',
    );
  });

  it('is named once for a pair of networks, with the other comparisons that show it', () => {
    const once = rsa(['both', 'both', 0.8, 0.7, 0.9], ['both', 'easy only', 0.85, 0.8, 0.9]);
    const loud = {
      ...rsa(['both', 'both', 0.8, 0.75, 0.85], ['both', 'easy only', 0.9, 0.87, 0.93]),
      layer: 'hidden1',
    };
    const [hazard, ...more] = rule.evaluate(results(networks, [once, loud]));
    expect(more).toEqual([]);
    expect(hazard.where.layer).toBe('hidden1');
    expect(hazard.message).toMatch(/The same holds by correlation distance in hidden2\.$/);
  });

  it('is named, less loudly, where the intervals overlap', () => {
    const input = results(networks, [
      rsa(['easy only', 'both', 0.84, 0.7, 0.9], ['both', 'both', 0.8, 0.7, 0.9]),
    ]);
    const [hazard] = rule.evaluate(input);
    expect(hazard.severity).toBe('info');
    expect(hazard.message).toContain('the intervals overlap');
  });

  it('is named for other tasks whose replicates agree better', () => {
    const groups = (easy: number) =>
      rsa(['hard only', 'hard only', 0.1], ['easy only', 'hard only', 0.2], ['easy only', 'easy only', easy]);
    expect(rule.evaluate(results(networks, [groups(0.95)]))).toMatchObject([
      { where: { network: 'hard only', simpler: 'easy only' } },
    ]);
    expect(rule.evaluate(results(networks, [groups(0.05)])).map(({ where }) => where.network)).toEqual([
      'easy only',
    ]);
  });

  it.each([
    ['replicates of the same task are most alike', rsa(['both', 'both', 0.9], ['both', 'easy only', 0.8])],
    ['the other network has more tasks', rsa(['easy only', 'easy only', 0.5], ['both', 'easy only', 0.6])],
    ['the similarity is undefined', rsa(['both', 'both', null], ['both', 'easy only', 0.8])],
    ['a group is missing', rsa(['both', 'easy only', 0.8])],
  ])('is not seen where %s', (_, silent) => {
    expect(rule.evaluate(results(networks, [silent]))).toEqual([]);
  });

  it('exempts untrained networks on both sides', () => {
    const groups = [rsa(['both', 'both', 0.2], ['both', 'untrained', 0.6], ['untrained', 'untrained', 0.9])];
    expect(
      rule.evaluate(results([on('both', ['easy', 'hard']), on('untrained', ['easy'])], groups)),
    ).toHaveLength(1);
    expect(
      rule.evaluate(results([on('both', ['easy', 'hard']), on('untrained', ['easy'], false)], groups)),
    ).toEqual([]);
    expect(
      rule.evaluate(results([on('both', ['easy', 'hard'], false), on('untrained', ['easy'])], groups)),
    ).toEqual([]);
  });
});
