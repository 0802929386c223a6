import { describe, expect, it } from 'vitest';
import { type CodedColumn, END, Values } from '../../../src/core/values';
import { mainLayer } from '../../../src/protocol/layers';
import type { AnalysisState } from '../../../src/language/analysis-state';
import { chartSvg } from '../../../src/language/chart';
import type { ThemeKind } from '../../../src/language/chart-colours';
import { describeSubject } from '../../../src/language/describe-subject';
import { inlineResults } from '../../../src/language/inline-results';
import { lensTitles } from '../../../src/language/lens-titles';
import { code, commandLink, escaped, picture } from '../../../src/language/markdown';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { type Subject, subjectAt } from '../../../src/language/subject';
import { clock, duration, percent } from '../../../src/language/wording';
import { hostileNames, plainNames, synthetic } from '../../webview/synthetic';
import { fileText } from './experiment';
import { isWellFormed } from './xml';

const THEMES: readonly ThemeKind[] = ['light', 'dark', 'highContrast', 'highContrastLight'];
const SPAN = { start: 0, end: 1 };
const MINUTE = 60_000;

function fileOf(names: typeof plainNames): string {
  const { easy, hard, networks, feature } = names;
  return fileText({
    stimuli: {
      features: {
        [feature === '__proto__' ? 'e' : feature]: { values: ['no', 'yes'] },
        h: { bits: 4 },
        n: { bits: 20 },
      },
    },
    tasks: { [easy]: 'e == yes', [hard]: 'parity(h)' },
    networks: Object.fromEntries(
      networks.map((name) => [name, name === 'untrained' ? { training: { epochs: 0 } } : {}]),
    ),
  });
}

function stateOf(changes: Partial<AnalysisState> = {}, names = plainNames): AnalysisState {
  const { results } = synthetic(names);
  return {
    status: 'done',
    results,
    finished: 20,
    planned: 20,
    foundBy: 'newest',
    stale: false,
    finishedAt: 0,
    ...changes,
  };
}

function described(
  subject: Partial<Record<'name' | 'network', string | null>> & { kind: Subject['kind']; index?: number },
  state: AnalysisState | null,
  names = plainNames,
): string {
  const parsed = parseExperiment(fileOf(names));
  expect(parsed.reading.problems).toEqual([]);
  const known = state?.results ? { state, results: state.results } : null;
  const context = {
    experiment: parsed.reading.experiment,
    outline: parsed.outline,
    known,
    theme: 'dark',
    now: 3 * MINUTE,
  } as const;
  return describeSubject({ span: SPAN, ...subject } as Subject, context) ?? '';
}

describe('a hover before any run', () => {
  it('says what a task computes, how often, and whether linearly', () => {
    const text = described({ kind: 'task', name: 'hard' }, null);
    expect(text).toContain('`parity(h)`');
    expect(text).toContain('an odd number of');
    expect(text).toContain('50 % true');
    expect(text).toContain('no linear readout of the inputs decides it (checked on all 16 combinations');
    expect(text.match(/^\| [01] /gm)).toHaveLength(16);
    expect(described({ kind: 'task', name: 'easy' }, null)).toContain('yes, it is one value of one feature');
  });

  it('counts the units and parameters of a network', () => {
    const text = described({ kind: 'network', name: 'both' }, null);
    // 25 inputs, two hidden layers of 64, two outputs.
    expect(text).toContain('25 → 64 → 64 → 2');
    expect(text).toContain(`**Parameters:** ${(26 * 64 + 65 * 64 + 65 * 2).toLocaleString('en-US')}`);
    expect(text).toContain('estimated');
    expect(described({ kind: 'layer', network: null, index: 0 }, null)).toContain('**Parameters:** 1,664');
    expect(described({ kind: 'network', name: 'untrained' }, null)).toContain('keeps its initial weights');
  });

  it('tells of seeds, the optimizer and features', () => {
    expect(described({ kind: 'seeds' }, null)).toContain('4 networks × 5 seeds = 20');
    expect(described({ kind: 'optimizer', network: null }, null)).toContain('learning rate 0.001');
    expect(described({ kind: 'feature', name: 'h' }, null)).toContain('4 (units 1 to 4), copied');
  });
});

it('says what a sweep varies, and how many replicates that makes', () => {
  const sweep = { 'training.dropout': [0, 0.2], 'network.hidden': [[8], [8, 4], [4]] };
  const parsed = parseExperiment(fileText({ sweep }));
  const subject = subjectAt(parsed, parsed.tree.text.indexOf('dropout'));
  const { outline, reading } = parsed;
  const around = { experiment: reading.experiment, outline, known: null, theme: 'dark', now: 0 } as const;
  const said = subject && describeSubject(subject, around);
  expect(said).toContain('at 6 points');
  expect(said?.replaceAll('\\', '')).toContain('[8] · [8, 4] · [4]');
  expect(said).toContain('(1 network × 5 seeds) × 6 points = 30');
});

describe('a hover after a run', () => {
  it('gives numbers with intervals, the hazards, and a chart with words', () => {
    const text = described({ kind: 'task', name: 'hard' }, stateOf());
    expect(text).toMatch(/\*\*both\*\* \| [\u2003 ]*\d+(\.\d)? %( \((≈ )?\d+.*to.*\))? \| /);
    expect(text).toContain('3 min ago');
    expect(text).toMatch(/!\[Variance explained by hard\. both: hidden1 \d/);
    expect(text).toContain('data:image/svg+xml;base64,');
    expect(text).not.toContain('Stale');
    // The numbers, the picture, and then where they come from.
    const places = ['**both** |', '![Variance', 'intervals; last run 3 min ago'].map((part) =>
      text.indexOf(part),
    );
    expect(places[0]).toBeGreaterThan(0);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(text).not.toContain('Linear in the inputs:** yes');
  });

  it('says what is decoded, beside initial weights and inputs, where labels were probed', () => {
    const state = stateOf();
    if (!state.results) throw new Error('No results.');
    const values = new Values(state.results.values);
    for (const [measure, value] of [
      ['probe.ridge', 0.9],
      ['probe.ridge.untrained', 0.6],
      ['probe.ridge.inputs', 0.5],
    ] as const)
      for (const seed of ['0', '1'])
        values.add(
          {
            ...{ measure, source: 'both', point: '0', seed, checkpoint: END },
            site: 'hidden2',
            label: 'hard',
          },
          value,
        );
    const measures = { ...state.results.measures, 'probe.ridge': state.results.measures['accuracy'] };
    const text = described(
      { kind: 'task', name: 'hard' },
      { ...state, results: { ...state.results, measures } },
    );
    expect(text).toContain('Decoded (ridge)');
    expect(text).toContain('0.90; initial weights 0.60, inputs 0.50');
    expect(described({ kind: 'task', name: 'hard' }, stateOf())).not.toContain('Decoded');
  });

  it('says of how many seeds a mean is, where not of all', () => {
    const state = stateOf();
    const both = state.results?.networks.find(({ name }) => name === 'both');
    const layer = both && mainLayer(both.layers);
    if (!state.results || !layer) throw new Error('No layer.');
    const { values } = state.results;
    const code = (column: CodedColumn, name: string): number => column.names.indexOf(name);
    for (let row = 0; row < values.value.length; row++)
      if (
        values.measure.codes[row] === code(values.measure, 'varianceExplained') &&
        values.source.codes[row] === code(values.source, 'both') &&
        values.checkpoint.codes[row] === code(values.checkpoint, END) &&
        values.site.codes[row] === code(values.site, layer.name) &&
        values.label.codes[row] === code(values.label, 'hard')
      )
        values.value[row] = values.seed.codes[row] === 1 ? -0.017 : null;
    const text = described({ kind: 'task', name: 'hard' }, state);
    expect(text).toContain('−2 % (no interval; 1 of 5) of');
    expect(text).toMatch(new RegExp(`${layer.name} 1 of 5 seeds`));
    const inline = inlineResults(parseExperiment(fileOf(plainNames)), state.results);
    expect(inline.map((one) => one.text).join()).toContain(`explains nothing (1 of 5) in ${layer.name}`);
  });

  it('shows what was drawn of a feature beside what was declared', () => {
    const state = stateOf();
    const of = { feature: 'e', kind: 'prevalence' as const, of: 'yes', declared: 0.1, expected: 0.1 };
    for (const [set, drawn] of [
      ['train', 0.1],
      ['fit', 0.11],
      ['test', 0.27],
    ] as const)
      if (state.results)
        state.results.stimuli[set] = {
          ...state.results.stimuli[set],
          drawing: [{ ...of, drawn, met: drawn < 0.2 }],
        };
    const text = described({ kind: 'feature', name: 'e' }, state);
    expect(text).toMatch(/\| Drawn, of what was declared \|\s+train \|\s+fit \|\s+test \|/);
    expect(text).toMatch(
      /\| yes \|\s+10 % of 10 % \|\s+11 % of 10 % \|\s+27 % of 10 % ⚠ beyond sampling error \|/,
    );
    expect(described({ kind: 'feature', name: 'h' }, state)).not.toContain('what was declared');
  });

  it('says that results are stale', () => {
    expect(described({ kind: 'task', name: 'hard' }, stateOf({ stale: true }))).toContain('**Stale:**');
  });

  it('says so where the run did not have it', () => {
    const parsed = parseExperiment(fileText({ networks: { new: {} } }));
    const state = stateOf();
    const known = state.results && { state, results: state.results };
    const context = {
      experiment: parsed.reading.experiment,
      outline: parsed.outline,
      known,
      theme: 'light',
      now: 0,
    } as const;
    expect(describeSubject({ kind: 'network', name: 'new', span: SPAN }, context)).toContain(
      'did not have this network',
    );
  });

  it.each(['task', 'network', 'feature', 'seeds', 'optimizer', 'layer'] as const)(
    'shows hostile names as text: %s',
    (kind) => {
      const names = hostileNames;
      const name = kind === 'task' ? names.hard : kind === 'network' ? names.networks[0] : 'e';
      const text = described({ kind, name, network: null, index: 0 }, stateOf({}, names), names);
      const outside = text
        .replace(/!\[[^\]]*\]\(data:image\/svg\+xml;base64,[\w+/=]*\)/g, '')
        .replace(/`[^`]*`/g, '');
      // No mark that opens HTML, a link or an escape code stands without a backslash.
      expect(outside).not.toMatch(/(?<!\\)</);
      expect(outside).not.toMatch(/(?<!\\)\[/);
      expect(outside).not.toMatch(/(?<!\\)&/);

      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
      for (const [, alternative] of text.matchAll(/!\[([^\]]*)\]/g))
        expect(alternative).not.toMatch(/[<>"'`[\]\\&*_!]/);
    },
  );
});

describe('Markdown', () => {
  it('escapes every mark', () => {
    expect(escaped('[a](command:x) <b> `c` *d* $(e) | &lt; https://f.g')).toBe(
      '\\[a\\]\\(command\\:x\\) \\<b\\> \\`c\\` \\*d\\* \\$\\(e\\) \\| \\&lt\\; https\\:\\/\\/f\\.g',
    );
    expect(escaped('a\nb\u202e\u001b[31m')).toBe('a\\\\u000ab\\\\u202e\\\\u001b\\[31m');
  });

  it('fences formulas so that none ends its fence', () => {
    expect(code('a == b')).toBe('`a == b`');
    expect(code('a ``b`` c')).toBe('``` a ``b`` c ```');
    expect(code('')).toBe('`  `');
  });

  it('links only what it is told, with the argument inside', () => {
    const link = commandLink('Analyze', 'repscope.analyze', { path: '/a (b)/c.json' });
    expect(link).toMatch(/^\[Analyze\]\(command:repscope\.analyze\?[\w%.-]+\)$/);
    const query = /\?(.*)\)$/.exec(link)?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(query))).toEqual([{ path: '/a (b)/c.json' }]);
  });
});

describe('charts', () => {
  const points = Array.from({ length: 200 }, (_, i) => ({
    mean: i % 7 === 0 ? null : Math.sin(i),
    low: -3,
    high: 4,
  }));
  const chart = {
    title: '</svg><script>alert(1)</script> & "x" \u0007',
    axis: points.map((_, i) => `<layer ${i}>`),
    series: Array.from({ length: 12 }, (_, i) => ({ name: `${'<&>'.repeat(40)}\ud800${i}`, points })),
  };

  it.each(THEMES)('are well-formed and small in %s', (theme) => {
    const svg = chartSvg(chart, theme);
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('NaN');
    expect(picture(svg, 'x').length).toBeLessThan(50_000);
  });

  it('sets equal series beside each other, and shortens names that would run together', () => {
    const same = { points: points.slice(0, 5).map(() => ({ mean: 1, low: null, high: null })) };
    const svg = chartSvg(
      {
        title: 'T',
        note: '95 % t-intervals',
        axis: ['hidden1', 'hidden2', 'hidden3', 'hidden4', 'output'],
        series: [
          { name: 'a', ...same },
          { name: 'b', ...same },
        ],
      },
      'dark',
    );
    const texts = [...svg.matchAll(/>([^<]*)<\/text>/g)].map(([, text]) => text);
    expect(texts).toEqual(expect.arrayContaining(['T · 95 % t-intervals', 'h1', 'h2', 'h3', 'h4', 'out']));
    const starts = [...svg.matchAll(/d="M([\d.]+) [\d.]+L/g)].map(([, x]) => Number(x));
    expect(starts).toHaveLength(2);
    expect(starts[1] - starts[0]).toBeGreaterThan(4);
  });

  it('differ between themes, and say in words what they show', () => {
    expect(new Set(THEMES.map((theme) => chartSvg(chart, theme))).size).toBe(4);
    const text = described({ kind: 'network', name: 'both' }, stateOf());
    expect(text).toMatch(/!\[Variance explained in both\. easy: hidden1 \d+ %/);
  });
});

describe('inline results', () => {
  const textOf = (parsedText: string, names = plainNames): Map<string, string> => {
    const { results } = synthetic(names);
    const parsed = parseExperiment(parsedText);
    return new Map(
      inlineResults(parsed, results).map(({ key, text }) => [parsed.text.slice(key.start, key.end), text]),
    );
  };

  it('give the one number of each task and network by name', () => {
    const found = textOf(fileOf(plainNames));
    expect(found.get('"hard"')).toMatch(/^\d+(\.\d)? % · explains (nothing|.* %) in hidden2 \(both\)$/);
    expect(found.get('"both"')).toMatch(/^easy .* %, hard .* % · 5 seeds$/);
    expect(found.get('"untrained"')).toBe('untrained · 5 seeds');
  });

  it('leave out what the results do not know, wherever it stands', () => {
    const found = textOf(
      fileText({ tasks: { other: 'e', hard: 'parity(h)' }, networks: { both: {}, new: {} } }),
    );
    expect([...found.keys()].sort()).toEqual(['"both"', '"hard"']);
  });

  it('hold no control characters', () => {
    for (const text of textOf(fileOf(hostileNames), hostileNames).values())
      expect(text).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});

describe('lenses', () => {
  const commands = (state?: AnalysisState): string[] =>
    lensTitles(state, 3 * MINUTE).map((lens) => lens.command);

  it('offer to analyze, then the last result and Compare', () => {
    expect(commands()).toEqual(['repscope.analyze', 'repscope.quickLook']);
    expect(commands(stateOf())).toEqual([
      'repscope.analyze',
      'repscope.quickLook',
      'repscope.showDashboard',
      'repscope.showHazards',
      'repscope.compare',
    ]);
    expect(lensTitles(stateOf({ stale: true }), 3 * MINUTE)[2].title).toBe('5 seeds · 3 min ago · stale');
    expect(lensTitles(stateOf(), 0)[3].title).toMatch(/^⚠ \d hazards?$/);
  });

  it('count a seed once, at however many points of a sweep', () => {
    const { results } = synthetic();
    const networks = results.networks.map((network) => ({
      ...network,
      replicates: [0, 1, 2].flatMap((point) => network.replicates.map((one) => ({ ...one, point }))),
    }));
    const swept = stateOf({ results: { ...results, networks } });
    expect(lensTitles(swept, 3 * MINUTE)[2].title).toBe('5 seeds · 3 min ago');
  });

  it('say of which run the results are where that is not the newest, and lead back to it', () => {
    const older = lensTitles(stateOf({ foundBy: 'older' }), 3 * MINUTE);
    expect(older[2].title).toBe(`5 seeds · run of ${clock(0, 3 * MINUTE)} · not the newest`);
    expect(older[3].command).toBe('repscope.showNewest');
    const before = stateOf({ foundBy: 'before', status: 'cancelled' });
    expect(lensTitles(before, 3 * MINUTE)[2].title).toBe(
      '5 seeds · 3 min ago · run before · newest cancelled',
    );
    expect(commands(before)).not.toContain('repscope.showNewest');
  });

  it('show progress and Cancel while it runs', () => {
    const state = stateOf({ status: 'running', finished: 3, results: null, finishedAt: null });
    expect(commands(state)).toEqual(['repscope.showDashboard', 'repscope.cancel']);
    expect(lensTitles(state, 0)[0].title).toBe('Training: 3 of 20 replicates');
  });

  it('tell a failed run without results', () => {
    expect(lensTitles(stateOf({ status: 'failed', results: null }), 0)[2].title).toBe('Last run failed');
  });
});

describe('wording', () => {
  it('never rounds to all or nothing what is not', () => {
    expect([1, 0.9999, 0.996, 0.5, 0.003, 0, -0.02, null].map((share) => percent(share))).toEqual([
      '100 %',
      '99.99 %',
      '99.6 %',
      '50 %',
      '0.3 %',
      '0 %',
      '−2 %',
      '—',
    ]);
  });

  it('rounds times', () => {
    expect([0.2, 9, 200, 7200, Infinity].map(duration)).toEqual([
      'under 1 s',
      'about 9 s',
      'about 3 min',
      'about 2 h',
      'very long',
    ]);
  });
});
