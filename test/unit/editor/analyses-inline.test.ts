import { expect, it } from 'vitest';
import type { AnalysisState } from '../../../src/language/analysis-state';
import { describeSubject } from '../../../src/language/describe-subject';
import { placeOf } from '../../../src/language/hazard-places';
import { inlineResults } from '../../../src/language/inline-results';
import { lensTitles } from '../../../src/language/lens-titles';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { subjectAt } from '../../../src/language/subject';
import type { ModelTests, PairResults, Results } from '../../../src/protocol/results';
import { hostileNames, plainNames, synthetic } from '../../webview/synthetic';
import { fileText } from './experiment';

const p = { p: 0.01, corrected: 0.02 };
const score = (name: string, value: number | null) => ({
  ...{ name, value, bySubject: [value], error: 0.1, tied: 0, aboveZero: p, ceiling: p },
  ...(value === null ? { low: null, high: null } : { low: value - 0.1, high: value + 0.1 }),
});

/** Results in which one source was brought along, its models tested, and two networks compared with a null. */
function results(names = plainNames): Results {
  const { results: made } = synthetic(names);
  const [source, other] = made.networks;
  if (!source || !other) throw new Error('Two networks are needed.');
  const layer = source.layers.findLast(({ role }) => role === 'hidden')?.name ?? '';
  const tests: ModelTests = {
    ...{ network: source.name, layer, method: 'rho-a', stimuli: 92, pairs: 4186, seeds: [1, 2, 3, 4] },
    ...{ resampled: ['stimuli'], draws: 100, drawsUsed: 100, weighted: false, test: 't', degrees: 3 },
    ...{ correction: 'fdr', confidence: 0.95, ceiling: { lower: 0.372, upper: 0.666 }, differences: [] },
    models: [score(names.easy, 0.16), score(names.hard, 0.334), score('flat', null)],
  };
  const group = { a: source.name, b: other.name, low: null, high: null, kind: 'none' } as const;
  const nulls = [
    [null, 0.01, 0.2],
    [0.01, null, null],
    [0.2, null, null],
  ];
  const entry: PairResults = {
    ...{ measure: 'cka', layer, mds: null, undefinedValues: {} },
    labels: [`${source.name}/0`, `${other.name}/0`, `${other.name}/1`],
    matrix: [
      [1, 0.5, 0.4],
      [0.5, 1, 0.9],
      [0.4, 0.9, 1],
    ],
    groups: [{ ...group, mean: 0.45, pairs: 2, possible: 2 }],
    null: { permutations: 99, mean: nulls, calibrated: nulls, p: nulls, groups: [] },
  };
  return { ...made, modelTests: [tests], pairs: [entry] };
}

const text = fileText({
  recordings: { [plainNames.networks[0] ?? '']: { files: 'a.npy' } },
  analyses: { inference: {}, similarity: { measures: ['cka'], null: 99 }, probe: {} },
});
const parsed = parseExperiment(text);

it('stand behind recordings and analyses: what came of them', () => {
  const found = new Map(
    inlineResults(parsed, results()).map((one) => [text.slice(one.key.start, one.key.end), one.text]),
  );
  const [source] = plainNames.networks;
  expect(found.get(`"${source}"`)).toBe('5 replicates · hard 0.33, ceiling 0.37 to 0.67');
  expect(found.get('"inference"')).toBe(`hard 0.33, ceiling 0.37 to 0.67 (${source})`);
  expect(found.get('"similarity"')).toMatch(/: 1 of 2 pairs more alike than shuffled, hidden2$/);
  // Nothing was probed.
  expect(found.has('"probe"')).toBe(false);
});

function hover(at: string, known: Results, file = text): string {
  const of = parseExperiment(file);
  const subject = subjectAt(of, file.indexOf(at) + 2);
  const state = { status: 'done', stale: false, foundBy: 'newest', finishedAt: 0 } as AnalysisState;
  if (!subject) throw new Error(`Nothing at ${at}.`);
  const said = describeSubject(subject, {
    ...{ experiment: null, outline: of.outline, theme: 'light', now: 0 },
    known: { state, results: known },
  });
  return (said ?? '').replace(/\s+/g, ' ');
}

it('are told in hovers, names as text', () => {
  expect(hover('"inference"', results())).toMatch(
    /\| \*\*hard\*\* \| 0\.33 \(0\.23 to 0\.43\) \| 0\.020 \|[^]*\| \*\*easy\*\* \| 0\.16/,
  );
  expect(hover('"inference"', results())).toContain(
    'Noise ceiling 0.37 to 0.67, of 4 replicates over 92 stimuli',
  );
  expect(hover('"similarity"', results())).toMatch(/\| 0\.45 \| 1 of 2 \|/);
  expect(hover('"probe"', results())).toContain('beside the same of initial weights');
  const [first] = plainNames.networks;
  expect(hover(`"${first}"`, results())).toContain('**Recording**');
  const hostile = hover('"similarity"', results(hostileNames));
  expect(hostile).not.toContain(`| ${hostileNames.networks[0]} `);
});

it('hazards of a recording are told at it', () => {
  const [source] = plainNames.networks;
  const hazard = { rule: 'x', severity: 'info', value: 0, threshold: 0, message: '', advice: '' } as const;
  expect(placeOf({ ...hazard, where: { network: source ?? '' } }, parsed.outline)).toEqual([
    'recordings',
    source,
  ]);
  expect(placeOf({ ...hazard, where: { network: 'net' } }, parsed.outline)).toEqual(['networks', 'net']);
});

it('the lens counts replicates where nothing has seeds', () => {
  const known = results();
  const recorded = { ...known, networks: known.networks.map((one) => ({ ...one, recorded: true as const })) };
  const titles = (of: Results): string =>
    lensTitles({ status: 'done', foundBy: 'newest', finishedAt: 0, results: of } as AnalysisState, 0)
      .map(({ title }) => title)
      .join();
  expect(titles(known)).toContain('5 seeds');
  expect(titles(recorded)).toContain('5 replicates');
});
