import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../src/analysis/findings';
import { END, Values } from '../../src/core/values';
import { criteria } from '../../src/measures/criteria';
import { measureInfos } from '../../src/measures/measures';
import type { Comparison } from '../../src/protocol/comparison';
import type { AnswerOf, PictureKind } from '../../src/protocol/pictures';
import type { ReplicateOffer } from '../../src/protocol/dashboard';
import type { RecoveredPart, Recovery } from '../../src/protocol/recovery';
import type { ModelTests, Results } from '../../src/protocol/results';
import { type Change, initialChoices } from '../../webview/src/choices';
import type { FigureContent } from '../../webview/src/figure-content';
import type { Answers, Block, Panel, Query, View } from '../../webview/src/panel';
import { documentOfStimulus } from '../../webview/src/panels/document-stimuli';
import { panels } from '../../webview/src/panels/panels';
import { resolved } from '../../webview/src/resolved';
import { viewOf } from '../../webview/src/selectors';
import { type Synthetic, synthetic } from './synthetic';
import { tokensLookedAt, walkedDocuments, walking } from './walked';

const data = synthetic();
const compared: Comparison = {
  name: 'here',
  other: 'there',
  confidence: 0.95,
  rows: [],
  onlyHere: [],
  onlyThere: [],
  paired: [],
  unchanged: [],
};

interface Wish {
  from?: Synthetic;
  chosen?: Change;
  comparisons?: readonly Comparison[];
  /** Steps of the checkpoints of each replicate. */
  steps?: number[];
  capabilities?: { structure: boolean; train?: boolean; checkpoints?: boolean };
  /** What a report holds of its recovery. */
  recovered?: ReplicateOffer['recovered'];
  /** Whether a report holds documents. */
  documents?: true;
  /** What is answered to late queries; nothing has come where absent, null: it fails. */
  late?: unknown;
}

/** A panel as it is drawn without a page: its blocks, what it asked for and what its pictures chose. */
function drawn(
  id: string,
  {
    from = data,
    chosen = {},
    comparisons,
    steps = [0, 800],
    late,
    capabilities: other,
    recovered,
    documents,
  }: Wish = {},
) {
  const panel = panels.find((one) => one.id === id) as Panel;
  const checkpoints = steps.map((step) => ({ step, epoch: step / 8 }));
  const offers = from.details.flatMap(({ source, point }) =>
    [0, 1].map((seed) => ({
      source,
      point,
      seed,
      checkpoints,
      ...(recovered ? { recovered } : {}),
      ...(documents ? { documents } : {}),
    })),
  );
  const capabilities = {
    ...{ train: true, units: true, checkpoints: true, structure: true, statement: '' },
    ...({ save: 'dialog', theme: 'host' } as const),
    ...other,
  };
  const stored = { ...initialChoices(panels), ...chosen };
  const there = { whole: from.results, capabilities, offers, comparisons };
  const view = viewOf(there, stored, panel.ofReplicate === true);
  const asked: Query[] = [];
  const answers: Answers = {
    of: <K extends PictureKind>(query: Query<K>) =>
      asked.some((one) => sameQuery(one, query)) ? (answerOf(from, query, late) as AnswerOf<K>) : undefined,
    failure: (query) => (query.late === true && late === null ? 'no thread' : undefined),
  };
  // As the frame does: until it wants nothing more.
  for (;;) {
    const { c } = resolved(panel.choices, stored, answers, view);
    const missing = (panel.wants?.(answers, view, c) ?? []).filter(
      (query) => !asked.some((one) => sameQuery(one, query)),
    );
    if (missing.length === 0) break;
    asked.push(...missing);
  }
  const { c, options } = resolved(panel.choices, stored, answers, view);
  const changes: Change[] = [];
  const blocks = panel.draw(answers, view, c, {
    choose: (change) => changes.push(change),
    sight: (of) => ({ of }),
  });
  return { blocks: flat(blocks), c, options, asked, view, changes };
}

function sameQuery(a: { kind: string; place: unknown; parameters: unknown }, b: typeof a): boolean {
  const key = ({ kind, place, parameters }: typeof a) => JSON.stringify([kind, place, parameters]);
  return key(a) === key(b);
}

function answerOf(from: Synthetic, asked: unknown, late: unknown): unknown {
  const query = asked as Query;
  switch (query.kind) {
    case 'stimuli':
      return from.stimuli;
    case 'replicate': {
      const { source, seed, step } = query.place;
      const found = from.details.find((one) => one.source === source);
      return { ...found, seed, step, epoch: step / 8 };
    }
    case 'unit':
      return Float32Array.from({ length: from.stimuli.count }, (_, i) => i);
    case 'structure':
      return from.structures?.[query.parameters.method];
    case 'similarities':
      return late ?? undefined;
    case 'attention': {
      const map = Float32Array.of(1, 0, 0, 0.25, 0.75, 0, 0.5, 0.25, 0.25);
      return late ? { tokens: ['p1', 'e1', 'r2'], map } : undefined;
    }
    case 'documents':
      return typeof late === 'object' && late !== null && 'documents' in late ? late : undefined;
    case 'recovery':
      return typeof late === 'object' && late !== null && 'other' in late ? late : undefined;
  }
}

function flat(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => (block.block === 'row' ? flat(block.of) : [block]));
}

function contentOf({ blocks }: { blocks: Block[] }, name: string): FigureContent {
  const found = blocks.find((block) => block.block === 'figure' && block.name === name);
  if (found?.block !== 'figure') throw new Error(`No figure ${name} among ${JSON.stringify(names(blocks))}`);
  return found.content;
}

function names(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.block === 'figure' ? [block.name] : []));
}

function notes({ blocks }: { blocks: Block[] }): string[] {
  return blocks.flatMap((block) => (block.block === 'note' ? [block.text] : []));
}

/** The same data, with one of its layers changed. */
function withLayer(change: (layer: Synthetic['details'][number]['layers'][number]) => void): Synthetic {
  const copy = structuredClone({ ...data });
  for (const { layers } of copy.details) for (const layer of layers) change(layer);
  return copy;
}

describe('every panel', () => {
  it.each(panels.map(({ id }) => id))('%s draws the same from the same, whoever draws it', (id) => {
    const text = () =>
      JSON.stringify(drawn(id, { comparisons: [compared] }).blocks, (key, value: unknown) =>
        key === 'chart' ? value !== null : value,
      );
    expect(text()).toBe(text());
  });

  it('has a name of its own for what it chooses, unless it means the same', () => {
    const initial = new Map<string, unknown>();
    for (const { choices } of panels)
      for (const [name, { initial: own }] of Object.entries(choices)) {
        expect(initial.has(name) ? initial.get(name) : own, name).toEqual(own);
        initial.set(name, own);
      }
  });

  it.each(['pca', 'units', 'rsa'])('%s says so where no replicate is finished', (id) => {
    const empty = { ...data, details: [] };
    expect(notes(drawn(id, { from: empty }))).toContain('There is no finished replicate to draw this from.');
    expect(drawn(id, { from: empty }).asked).toEqual([]);
  });

  it('names the points of a sweep that a report has pictures of, where it has none of the one that is looked at', () => {
    const points = ['0', '0.1', '0.2'].map((value) => ({ values: [value] }));
    const sweep = { settings: ['training.dropout'], points };
    const from = { ...data, results: { ...data.results, sweep } };
    const at = { from, chosen: { point: 2 }, capabilities: { structure: true, train: false } };
    expect(notes(drawn('pca', at))).toContain(
      'This report holds no pictures of a replicate at this point. It does at “dropout 0”.',
    );
  });
});

describe('what is asked for', () => {
  it('is the newest checkpoint whole, and of one before it the picture that is drawn', () => {
    const { asked } = drawn('pca', { chosen: { step: 0 } });
    expect(asked.map(({ kind, place, parameters }) => [kind, place, parameters])).toEqual([
      ['stimuli', undefined, undefined],
      ['replicate', { source: 'both', point: 0, seed: 0, step: 800 }, undefined],
      ['replicate', { source: 'both', point: 0, seed: 0, step: 0 }, { layer: 'hidden2', picture: 'pca' }],
    ]);
  });

  it('is the activation of the most selective unit of the newest checkpoint, while one scrubs', () => {
    const unitOf = ({ asked }: ReturnType<typeof drawn>) =>
      asked.flatMap((query) => (query.kind === 'unit' ? [query.parameters.unit] : []));
    const [unit] = unitOf(drawn('units'));
    expect(unitOf(drawn('units', { chosen: { step: 0 } }))).toEqual([unit]);
    expect(unitOf(drawn('pca', { chosen: { colour: '(unit)' } }))).toEqual([unit]);
    expect(unitOf(drawn('pca'))).toEqual([]);
  });

  it('are the other replicates of the network, for means over seeds, and at the end for their colours', () => {
    const asked = (step: number | null) =>
      drawn('rsa', { chosen: { rdmOf: 'mean', step } }).asked.flatMap((query) =>
        query.kind === 'replicate' && query.place.seed === 1 ? [query.place.step] : [],
      );
    expect(asked(null)).toEqual([800]);
    expect(asked(0)).toEqual([0, 800]);
  });
});

describe('choices', () => {
  it('that are not there are replaced by what is, and come back with it', () => {
    const chosen = { statistic: 'auroc', unitOrder: 'by nothing', unit: 999 };
    const { c, options } = drawn('units', { chosen });
    expect(c).toMatchObject({ statistic: 'auroc', unitOrder: options['unitOrder']?.[0]?.value });
    expect(c['unit']).toBe(drawn('units').c['unit']);
    expect(drawn('pca', { chosen: { x: 2, colour: 'gone' } }).c).toMatchObject({
      x: 2,
      y: 1,
      colour: 'easy',
    });
  });

  it('of labels to order by are all tasks where none is there', () => {
    expect(drawn('rsa').c['rdmOrder']).toEqual(['easy', 'hard']);
    expect(drawn('rsa', { chosen: { rdmOrder: ['gone', 'hard'] } }).c['rdmOrder']).toEqual(['hard']);
  });
});

describe('overview', () => {
  it('says what stands left and right, of how many replicates, and lists what misleads', () => {
    const content = contentOf(drawn('overview'), 'Accuracy and variance explained');
    expect(content.caption).toMatch(/^Left of each picture: share of right answers on 256 fresh stimuli/);
    expect(content.caption).toContain('mean over up to 5 replicates');
    expect(content.table.columns).toEqual([
      'network',
      'label',
      'replicates',
      'accuracy',
      'hidden1',
      'hidden2',
      'output',
    ]);
    expect(content.list).toMatchObject({ looked: true, hazards: data.results.hazards });
  });

  it('shows of networks with tasks of their own these alone, at first where there are many', () => {
    const some = Object.entries(data.results.tasks);
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`task ${at}`, some[0][1]]));
    const of = (tasks: object, networks: readonly object[]) =>
      drawn('overview', { from: { ...data, results: { ...data.results, tasks, networks } as Results } });
    const own = data.results.networks.map((network) => ({ ...network, tasks: ['easy'] }));
    expect(of({ ...data.results.tasks }, own).c['labels']).toBe('tasks');
    const shown = of({ ...data.results.tasks, ...many }, own);
    expect(shown.c['labels']).toBe('own');
    expect(contentOf(shown, 'Accuracy and variance explained').caption).toContain('that it is trained on');
    const every = own.map((network) => ({ ...network, tasks: Object.keys(data.results.tasks) }));
    expect(of(data.results.tasks, every).options['labels']).toHaveLength(2);
  });

  it('shows a measure of names of its own, as of counterparts, by these', () => {
    const labels = data.results.labels.map((label) => ({ ...label, name: `another than ${label.name}` }));
    const of = (results: Results): unknown[] => {
      const { table } = contentOf(
        drawn('overview', { from: { ...data, results } }),
        'Accuracy and variance explained',
      );
      return [...new Set(table.rows.map((row) => row[1]))];
    };
    expect(of({ ...data.results, labels })).toEqual(expect.arrayContaining(of(data.results)));
  });

  it('says that nothing was measured where no replicate is done', () => {
    const results = { ...data.results, measures: {} };
    const content = contentOf(
      drawn('overview', { from: { ...data, results } }),
      'Accuracy and variance explained',
    );
    expect(content).toMatchObject({
      chart: null,
      caption: 'Nothing was measured of any layer: no replicate is done.',
    });
  });
});

describe('PCA', () => {
  it('says what it is of, and gives each stimulus with its scores', () => {
    const content = contentOf(drawn('pca'), 'PCA scores');
    expect(content.caption).toMatch(/^both\/0, hidden2, epoch 100\. One replicate: /);
    expect(content.table.rows).toHaveLength(256);
    expect(content.table.columns.slice(-6)).toEqual(['PC1', 'PC2', 'PC3', 'PC4', 'PC5', 'PC6']);
    expect(content.hazards?.map(({ rule }) => rule)).toEqual(['equally-computed-unequally-represented']);
  });

  it('says what chance gives a label by the classes that occur, and which label does not vary', () => {
    const caption = (classes: number): string => {
      const from = withLayer(() => undefined);
      const colour = from.stimuli.labels.find(({ name }) => name === 'colour');
      colour?.values.forEach((_, at, all) => (all[at] = at % classes));
      return contentOf(drawn('pca', { from }), 'Correlation of components with labels').caption ?? '';
    };
    expect(caption(3)).toContain(`colour (R) ${Math.sqrt(2 / 255).toFixed(2)}`);
    expect(caption(2)).toContain(`colour (R) ${Math.sqrt(1 / 255).toFixed(2)}`);
    expect(caption(1)).not.toContain('colour (R) 0');
    expect(caption(1)).toMatch(/ Without variation among these stimuli: colour \(R\)\.$/);
  });

  it('names a label of two classes with what is positive, once', () => {
    const named = (classes: string[]): unknown[] => {
      const from = withLayer(() => undefined);
      for (const label of from.stimuli.labels) if (label.name === 'hard') label.classes = classes;
      return contentOf(drawn('pca', { from }), 'Correlation of components with labels').table.rows.map(
        ([name]) => name,
      );
    };
    expect(named(['false', 'true'])).toContain('hard');
    expect(named(['soft', 'stone'])).toContain('hard (stone − soft)');
    expect(named(['soft', 'hard'])).toContain('hard − soft');
  });

  it('says why where a layer has no components, in the place of each picture', () => {
    const from = withLayer((layer) => (layer.missing['pca'] = 'All units are dead.'));
    const shown = drawn('pca', { from });
    expect(names(shown.blocks)).toHaveLength(3);
    for (const name of names(shown.blocks))
      expect(contentOf(shown, name)).toMatchObject({
        chart: null,
        caption: expect.stringContaining('both/0, hidden2, epoch 100. All units are dead. Look at') as string,
      });
    // Nothing to choose about pictures that are not there.
    expect(Object.values(shown.options).flat()).toEqual([]);
  });
});

describe('units', () => {
  it('stand in the chosen order, with the steps to the next and the one before', () => {
    const { c, view } = drawn('units', { chosen: { unitOrder: 'index', unit: 3 } });
    expect(c['unit']).toBe(3);
    expect(view.layer).toBe('hidden2');
    const content = contentOf(drawn('units', { chosen: { unitOrder: 'index' } }), 'Selectivity of units');
    const alive = content.table.rows.filter((row) => row[1] === 'active').map(([unit]) => Number(unit));
    expect(alive).toEqual([...alive].sort((a, b) => a - b));
  });

  it('say why, and what would work, where all are silent', () => {
    const from = withLayer((layer) => {
      layer.constantUnits = Array.from({ length: layer.units }, (_, at) => at);
    });
    const shown = drawn('units', { from });
    expect(names(shown.blocks)).toEqual(['Selectivity of units']);
    expect(contentOf(shown, 'Selectivity of units').caption).toMatch(
      /All 24 units are the same for every test stimulus\. Look at an earlier layer/,
    );
  });
});

describe('similarity', () => {
  it('is what the results have until that of the checkpoint has come, and says which it is', () => {
    const past = { step: 0 };
    expect(notes(drawn('rsa'))).toEqual([]);
    expect(notes(drawn('rsa', { chosen: past }))).toEqual([
      'Similarities of networks are the final ones until those of epoch 0 are computed. The RSA with label RDMs is of the final checkpoint.',
    ]);
    const [entry] = data.results.rsa;
    const half = { ...entry, matrix: entry?.matrix.map((row) => row.map(() => 0.25)) };
    const come = drawn('rsa', { chosen: past, late: half });
    expect(notes(come)[0]).toMatch(/^Similarities of networks are those of epoch 0, each replicate/);
    expect(contentOf(come, 'Similarity of networks').table.rows[0]?.[1]).toBe(0.25);
    expect(notes(drawn('rsa', { chosen: past, late: null }))[0]).toMatch(
      /could not be computed \(no thread\)\.$/,
    );
  });

  it('of three replicates on a plane is no good fit', () => {
    const [entry] = data.results.rsa;
    if (entry === undefined) throw new Error('There is no RSA.');
    const mds = { x: [0, 1, 0], y: [0, 0, 1], stress: 0, share: [0.5, 0.5] };
    const rsa = [{ ...entry, labels: entry.labels.slice(0, 3), mds }] as typeof data.results.rsa;
    const shown = drawn('rsa', { from: { ...data, results: { ...data.results, rsa } } });
    expect(contentOf(shown, 'Replicates on a plane').caption).toContain(
      '(3 points fit in any plane: that says nothing)',
    );
  });

  it('says which networks lack the layer that is compared', () => {
    const results = structuredClone(data.results);
    const shallow = results.networks.find(({ name }) => name === 'easy only');
    if (shallow !== undefined) shallow.layers = shallow.layers.filter(({ name }) => name !== 'hidden2');
    const shown = drawn('rsa', { from: { ...data, results } });
    for (const name of [
      'Similarity of networks',
      'Mean similarity of pairs of networks',
      'RSA with label RDMs',
    ])
      expect(contentOf(shown, name).caption).toContain(
        ' Not among these, without a layer hidden2: easy only.',
      );
    expect(contentOf(drawn('rsa'), 'Similarity of networks').caption).not.toContain('Not among these');
  });

  it('says which components and labels of a layer are recovered in another replicate, and what scores are made of', () => {
    const scores = (cka: number, procrustes: number, ccaSquared: number) => ({ cka, procrustes, ccaSquared });
    const part = (name: string, share: number, explained: number): RecoveredPart => ({
      ...{ name, dimensions: 1, variance: [share, 0.5], explained: [1, explained] },
      ...{ shares: scores(share, 0.5, 0.1), without: scores(0.3, 0.4, 0.2) },
    });
    const found: Recovery = {
      scores: scores(0.9, 0.8, 0.35),
      components: [part('PC1', 0.9, 0.99), part('PC2', 0.05, -0.01)],
      features: [part('easy', 0.88, 0.98)],
    };
    const late = {
      kind: 'recovery',
      other: { source: 'both', point: 0, seed: 1, layer: 'hidden2' },
      n: 256,
      found,
    };
    const name = 'What is recovered in another replicate';
    const shown = drawn('rsa', { late });
    // Another of the same network, unless another is chosen.
    expect(shown.options['recoveredIn']?.[0]).toMatchObject({ label: 'both/1', byDefault: true });
    expect(shown.asked.find(({ kind }) => kind === 'recovery')).toMatchObject({
      place: { source: 'both', seed: 0, step: 800, layer: 'hidden2' },
      parameters: { source: 'both', point: 0, seed: 1 },
    });
    const { table, caption } = contentOf(shown, name);
    expect(table.rows.map(([first]) => first)).toEqual(['PC1', 'PC2', 'easy']);
    expect(table.rows[1]).toEqual(['PC2', 1, 0.05, 0.5, 1, -0.01, 0.05, 0.5, 0.1, 0.3, 0.4, 0.2]);
    expect(caption).toMatch(
      /^both\/0, hidden2.*, recovered in both\/1, hidden2; 256 test stimuli\. linear CKA 0\.900/,
    );
    expect(contentOf(drawn('rsa'), name).caption).toBe('What is recovered is being computed.');
    // A report has that of one layer in one replicate.
    const inReport = (layer: string): ReturnType<typeof drawn> =>
      drawn('rsa', {
        ...{ late, chosen: { layer }, capabilities: { structure: false, checkpoints: false } },
        recovered: { layer: 'hidden2', other: { source: 'both', point: 0, seed: 3 } },
      });
    expect(inReport('hidden2').options['recoveredIn']).toMatchObject([{ label: 'both/3' }]);
    expect(contentOf(inReport('hidden2'), name).table.rows).toEqual(table.rows);
    expect(names(inReport('hidden1').blocks)).not.toContain(name);
    expect(contentOf(drawn('rsa', { late: null }), name).caption).toContain(
      'could not be computed: no thread',
    );
  });

  it('says what a network says of documents, token by token', () => {
    const floors = [{ name: 'any token', score: 0.1 }];
    const asked = {
      validation: { says: 'What was trained.', documents: 20, floors },
      latent: { says: 'What was not.', documents: 20, floors },
    };
    const from = { ...data, results: { ...data.results, asked } };
    const late = {
      ...{ source: 'both', point: 0, seed: 0, step: 800, set: 2 },
      ...{ asked: 20, right: 5, matching: 15, by: 'saying' as const, layers: 2, heads: 4 },
      documents: [
        {
          ...{ document: 3, tokens: ['p1', 'e1', 'r2'], brought: 1, counts: [false, false, true] },
          ...{
            said: [null, 'e1', 'r9'],
            sure: [null, 0.5, 0.75],
            probability: [null, 0.5, 0.25],
            isRight: false,
          },
        },
        {
          ...{ document: 4, tokens: ['p2', 'e2'], brought: 1, counts: [false, true] },
          ...{ said: [null, 'e2'], sure: [null, 1], probability: [null, 1], isRight: true },
        },
      ],
    };
    const chosen = { documentSet: 2, documentsShown: 'wrong' };
    const shown = drawn('documents', { from, late, chosen });
    const walked = drawn('documents', { from, late: { ...late, by: 'moving' as const }, chosen });
    expect(contentOf(walked, 'What is said, token by token').caption).toMatch(
      /25\.0 % of 20 documents brought to their end by its own moves/,
    );
    const place = { source: 'both', seed: 0, step: 800 };
    expect(shown.asked).toMatchObject([
      { kind: 'stimuli' },
      { kind: 'documents', place, parameters: { set: 2, shown: 'wrong', after: 0, most: 16 } },
      { kind: 'attention', place, parameters: { set: 2, document: 3, layer: 0, head: 0 } },
    ]);
    expect(shown.options['attentionLayer']).toHaveLength(2);
    expect(shown.options['attentionHead']).toHaveLength(4);
    const attention = contentOf(shown, 'Attention').table;
    expect(attention.rows).toEqual([
      ['0 p1', '0 p1', 1],
      ['1 e1', '0 p1', 0.25],
      ['1 e1', '1 e1', 0.75],
      ['2 r2', '0 p1', 0.5],
      ['2 r2', '1 e1', 0.25],
      ['2 r2', '2 r2', 0.25],
    ]);
    const other = drawn('documents', { from, late, chosen: { ...chosen, attended: 4, attentionHead: 1 } });
    expect(other.asked.at(-1)).toMatchObject({ parameters: { document: 4, layer: 0, head: 1 } });
    expect(shown.options['documentSet']?.map(({ label }) => label)).toEqual([
      'validation',
      'latent',
      'training documents',
    ]);
    const { table, caption } = contentOf(shown, 'What is said, token by token');
    expect(table.rows).toEqual([
      [3, 0, 'p1', 'no', null, null, null, null, null],
      [3, 1, 'e1', 'no', 'e1', 0.5, 0.5, -Math.log(0.5), null],
      [3, 2, 'r2', 'yes', 'r9', 0.75, 0.25, -Math.log(0.25), null],
      [4, 0, 'p2', 'no', null, null, null, null, null],
      [4, 1, 'e2', 'yes', 'e2', 1, 1, -0, null],
    ]);
    expect(caption).toMatch(
      /^both\/0, step 800\. “latent”: 25\.0 % of 20 documents answered rightly\. Shown: 2 of 15\./,
    );
    expect(caption).toContain('What retrieval brought stands before each.');
    expect(
      contentOf(drawn('documents', { from, late: null }), 'What is said, token by token').caption,
    ).toContain('could not be asked: no thread');
    const none = { ...late, documents: [], matching: 0 };
    expect(
      contentOf(drawn('documents', { from, late: none, chosen }), 'What is said, token by token').chart,
    ).toBeNull();
    const panel = panels.find(({ id }) => id === 'documents');
    expect(panel?.offered?.(shown.view)).toBe(true);
    expect(panel?.offered?.(drawn('documents').view)).toBe(false);

    // A report holds the first documents of each set, and cannot be asked for more.
    const inReport = { from, late, chosen, capabilities: { structure: false, checkpoints: false } };
    const held = drawn('documents', { ...inReport, documents: true });
    expect(panel?.offered?.(held.view)).toBe(true);
    expect(panel?.offered?.(drawn('documents', inReport).view)).toBe(false);
    expect(held.asked).toMatchObject([
      { kind: 'stimuli' },
      { kind: 'documents', place, parameters: { set: 2, shown: 'all', after: 0, most: 16 } },
    ]);
    expect(Object.keys(held.options).filter((name) => held.options[name]?.length)).toEqual(['documentSet']);
    expect(contentOf(held, 'What is said, token by token').caption).not.toContain('click');
  });

  it('leads from a document to its tokens among the test stimuli, and back', () => {
    const { from, late, at } = tokensLookedAt();
    const name = 'What is said, token by token';
    const shown = drawn('documents', { from, late, chosen: { documentSet: 1, selected: [at] } });
    const { caption, table } = contentOf(shown, name);
    expect(caption).toContain('2 tokens of these are test stimuli: a click on a document selects them');
    expect(table.rows.map((row) => row.at(-1))).toEqual([null, at, at + 1, null]);
    const { tokens } = from.stimuli;
    const to = (stimulus: number, checkpoints: boolean) =>
      tokens &&
      documentOfStimulus(tokens, stimulus, { capabilities: { ...shown.view.capabilities, checkpoints } });
    const there = { tab: 'documents', documentSet: 1, documentsShown: 'all' };
    expect(to(at, true)).toEqual({ ...there, documentsAfter: 16, attended: 17 });
    // A report holds the first documents of each set.
    expect(to(at, false)).toBeNull();
    expect(to(0, false)).toEqual({ ...there, documentsAfter: 0, attended: 0 });
  });

  it('shows how a network goes its way through a maze, step by step', () => {
    const [from, late] = [walking(), walkedDocuments];
    const name = 'The way that it goes';
    const shown = drawn('documents', { from, late });
    const { caption, table } = contentOf(shown, name);
    expect(caption).toMatch(/document 0 of “reach trained”: “find_b” in m0\. It gets there in 3 moves/);
    expect(caption).toContain('the shortest way takes 2, and it has 4. 1 of its moves leads off');
    expect(caption).toContain('at step 1, in the signs of its tokens');
    expect(caption).toContain('in all 87.5 %');
    expect(table.columns.slice(0, 7)).toEqual(['step', 'x', 'y', 'sees', 'goes', 'shortest', 'right']);
    expect(table.rows).toEqual([
      [1, 1, 1, '### #.. #a.', '↑', '→', 'no', 0.5, 0, 0.25, 0.125],
      [2, 1, 1, '### #.. #a.', '→', '→', 'yes', 0, 0, 0.75, 0.25],
      [3, 2, 1, '### ..b a..', '→', '→', 'yes', 0, 0, 1, 0],
    ]);
    expect(shown.options['attended']?.map(({ label }) => label)).toEqual(['0', '1 ✗']);
    expect(shown.options['episodeStep']?.map(({ label }) => label)).toEqual([
      '1 of 3: ↑ ✗',
      '2 of 3: →',
      '3 of 3: →, there',
    ]);
    const other = drawn('documents', { from, late, chosen: { attended: 1, episodeStep: 2 } });
    expect(contentOf(other, name).caption).toMatch(/It does not get there.* at step 3,/);
    expect(other.options['episodeStep']?.at(-1)?.label).toContain('time is over');
    // A report can be stepped through, too, and is not asked where the network looks.
    const capabilities = { structure: false, checkpoints: false };
    const held = drawn('documents', { from, late, capabilities, documents: true });
    expect(held.options['episodeStep']).toHaveLength(3);
    expect(held.asked.map(({ kind }) => kind)).toEqual(['stimuli', 'documents']);
    const none = drawn('documents', { from, late: { ...late, documents: [] } });
    expect(contentOf(none, name)).toMatchObject({ chart: null });
    expect(contentOf(none, name).caption).toContain('Choose documents');
  });

  it('has a table of conclusions by all measures, those that turn first', () => {
    const { table, caption, chart } = contentOf(drawn('rsa'), 'Agreement of measures');
    expect(chart).not.toBeNull();
    expect(table.columns.slice(0, 3)).toEqual(['network', 'more like', 'or']);
    // Three trained networks, each with every two of them.
    expect(table.rows).toHaveLength(9);
    const turned = table.rows.map((row) => row.at(-1) === 'turns');
    expect(turned).toEqual([...turned].sort((a, b) => Number(b) - Number(a)));
    const count = turned.filter(Boolean).length;
    expect(caption).toContain(count === 0 ? 'No conclusion turns' : `${count} conclusion`);
  });

  it('is of layers, a figure a network, where one asks', () => {
    const shown = drawn('rsa', { chosen: { comparedOver: 'layers', comparison: 'linearCka' } });
    expect(names(shown.blocks).filter((name) => name.startsWith('Layers of'))).toEqual(
      ['both', 'easy only', 'hard only', 'untrained'].map((name) => `Layers of ${name}`),
    );
    expect(shown.asked.some(({ kind }) => kind === 'similarities')).toBe(false);
  });

  it('is of the layers of a replicate that has no other beside it', () => {
    const [network] = data.results.networks;
    if (network === undefined) throw new Error('There is no network.');
    const networks = [{ ...network, replicates: network.replicates.slice(0, 1) }];
    const from = { ...data, results: { ...data.results, networks, rsa: [], pairs: [] } };
    const shown = drawn('rsa', { from, chosen: { comparison: 'linearCka' } });
    expect(notes(shown)).toContain('There is one replicate only: no other to compare it with.');
    const { caption, table } = contentOf(shown, 'Layers of both');
    expect(caption).toMatch(/^both, seed 0: Linear CKA of every two layers of the same replicate/);
    const [first] = network.replicates;
    const cka = findingsOf(data.results).at(
      { source: 'both', point: 0, seed: first?.seed ?? -1 },
      'linearCka',
      { site: 'hidden1', other: 'hidden2' },
    );
    expect(table?.rows[0]).toEqual(['hidden1', 'hidden2', cka?.value]);
  });
});

describe('model tests', () => {
  it('say which model is best by every measure, and where another clearly is', () => {
    const p = { p: 0.01, corrected: 0.01 };
    const model = (name: string, value: number, ...bySubject: number[]) => ({
      ...{ name, value, bySubject, error: 0.01, low: value - 0.02, high: value + 0.02, tied: 0 },
      ...{ aboveZero: p, ceiling: p },
    });
    const tests: ModelTests = {
      ...{ network: 'both', layer: 'hidden2', method: 'pearson', stimuli: 64, pairs: 2016, seeds: [0, 1, 2] },
      ...{ resampled: ['stimuli'], draws: 100, drawsUsed: 100, weighted: false, test: 't', degrees: 2 },
      ...{ correction: 'fdr', confidence: 0.95, ceiling: { lower: 0.8, upper: 0.9 } },
      models: [model('easy = e', 0.5, 0.5, 0.51, 0.49), model('hard', 0.3, 0.3, 0.3, 0.31)],
      differences: [{ first: 'easy = e', second: 'hard', difference: 0.2, ...p }],
      agreement: [
        {
          metric: 'correlation',
          method: 'pearson',
          bySubject: [
            [0.5, 0.51, 0.49],
            [0.3, 0.3, 0.31],
          ],
        },
        {
          metric: 'squaredEuclidean',
          method: 'rho-a',
          bySubject: [
            [0.2, 0.21, 0.2],
            [0.4, 0.41, 0.42],
          ],
        },
        {
          metric: 'squaredEuclidean',
          method: 'spearman',
          bySubject: [
            [0.3, 0.2, 0.4],
            [0.4, 0.3, 0.21],
          ],
        },
      ],
    };
    const from = { ...data, results: { ...data.results, modelTests: [tests] } };
    const { table, caption } = contentOf(
      drawn('modelTests', { from, chosen: { layer: 'hidden2' } }),
      'Agreement of measures for both',
    );
    expect(table.columns).toEqual(['distance', 'comparison', 'best model', 'agreement', 'easy = e', 'hard']);
    expect(table.rows.map((row) => row.slice(0, 4))).toEqual([
      ['correlation', 'Pearson’s r', 'easy = e', ''],
      ['squared Euclidean', 'Rho-a', 'hard', 'turns'],
      ['squared Euclidean', 'Spearman’s rho', 'hard', ''],
    ]);
    expect(caption).toContain('Another model is best by 2 measures, and clearly so by 1 ');
  });
});

describe('probes', () => {
  const analyses = {
    rdm: { metric: 'correlation', comparison: 'pearson', over: 'stimuli' } as const,
    probe: {
      ...{
        kinds: ['logistic'] as const,
        labels: [{ name: 'hard', kind: 'classes' } as const],
        control: ['hard'],
      },
      ...{ conflict: [['easy', 'hard']] as const, over: 'training' as const, transfer: true },
    },
  };

  /** The same data, with probes of one label: of seed 0 worse than of seed 1, before training at chance. */
  function probed(): Synthetic {
    const from = { ...data, results: { ...data.results, measures: measureInfos(analyses) } };
    from.results.values = structuredClone(data.results.values);
    const values = new Values(from.results.values);
    for (const [seed, score] of [0.8, 0.9].entries())
      for (const site of ['hidden1', 'hidden2', 'output']) {
        const at = { source: 'both', point: '0', seed: `${seed}`, site, label: 'hard' };
        values.add({ measure: 'probe.logistic', ...at, checkpoint: END }, score);
        values.add({ measure: 'probe.logistic.untrained', ...at, checkpoint: END }, 0.5);
        values.add({ measure: 'probe.logistic.inputs', ...at, checkpoint: END }, null, 'It has no inputs.');
        values.add({ measure: 'probe.chance', ...at, checkpoint: END }, 0.5);
        values.add({ measure: 'probe.logistic.conflict', ...at, checkpoint: END, part: 'easy' }, 0.1);
        for (const [p, follows] of [
          [0.9, 0.4],
          [0.7, 0.1],
        ] as const) {
          const drawn = { measure: 'probe.logistic.conflict', ...at, checkpoint: END };
          values.add({ ...drawn, part: `easy (${p}, 0.8)` }, follows);
          values.add({ ...drawn, label: 'easy', part: `hard (0.8, ${p})` }, 1 - follows);
        }
        for (const { step } of data.results.networks[0]?.replicates[0]?.checkpoints ?? [])
          values.add({ measure: 'probe.logistic', ...at, checkpoint: `${step}` }, score - 0.1);
      }
    return from;
  }

  it('have the hazards of the probe that is looked at', () => {
    const from = probed();
    const one = { severity: 'warning', message: '', advice: '', value: 1, threshold: 0 } as const;
    from.results.hazards = ['mlp', 'logistic'].map((probe) => ({
      ...one,
      rule: 'probe-no-better',
      where: { network: 'both', label: 'hard', probe },
    }));
    const { hazards } = contentOf(drawn('probes', { from }), 'By layer');
    expect(hazards?.map(({ where }) => where['probe'])).toEqual(['logistic']);
  });

  it('stand beside what they are held against, by layer, in conflict and over training; none where none were fitted', () => {
    const panel = panels.find(({ id }) => id === 'probes');
    const plain = drawn('probes');
    expect(panel?.offered?.(plain.view)).toBe(false);
    expect(plain.blocks).toEqual([]);
    const found = drawn('probes', { from: probed() });
    expect(panel?.offered?.(found.view)).toBe(true);
    expect(names(found.blocks)).toEqual([
      'By layer',
      'Conflicts',
      'Conflicts against predictivity',
      'Over training',
    ]);
    const { table, caption } = contentOf(found, 'By layer');
    expect(table.rows[0]?.[2]).toMatchObject({ mean: expect.closeTo(0.85, 12) as number });
    expect(table.rows[0]?.[3]).toMatchObject({ mean: 0.5 });
    expect(caption).toContain('It has no inputs.');
    expect(contentOf(found, 'Conflicts').table.rows[0]?.slice(1, 4)).toMatchObject([
      'hard',
      'easy',
      { mean: 0.1 },
    ]);
    // The label that is first in the table against how often it predicts, in order, and each once.
    expect(
      contentOf(found, 'Conflicts against predictivity').table.rows.map((row) => row.slice(0, 5)),
    ).toMatchObject([
      ['hard', 'easy', 0.7, 0.8, { mean: 0.1 }],
      ['hard', 'easy', 0.9, 0.8, { mean: 0.4 }],
    ]);
    expect(found.options['probe']).toMatchObject([{ value: 'logistic', label: 'logistic regression' }]);
    expect(caption).toContain('what the probe (logistic regression) decodes');
    const other = drawn('probes', { from: probed(), chosen: { source: 'untrained' } });
    expect(contentOf(other, 'By layer').caption).toContain('No replicate of untrained is done');
  });
});

it('probes between parts of the stimuli are a matrix, with what the network answers of a part that is asked', () => {
  const analyses = {
    rdm: { metric: 'correlation', comparison: 'pearson', over: 'stimuli' } as const,
    probe: {
      ...{ kinds: ['logistic'] as const, labels: [{ name: 'hard', kind: 'classes' } as const], control: [] },
      ...{ conflict: [], over: 'end' as const, transfer: false, between: ['set'] },
    },
  };
  const floors = [{ name: 'that it is an output', score: 0.125 }];
  const asked = { easy: { says: '', documents: 8, floors } };
  const from = { ...data, results: { ...data.results, measures: measureInfos(analyses), asked } };
  from.results.values = structuredClone(data.results.values);
  const values = new Values(from.results.values);
  const at = { source: 'both', point: '0', seed: '0', site: 'hidden2', label: 'hard', checkpoint: END };
  values.add({ measure: 'probe.logistic', ...at }, 0.8);
  for (const [part, score] of [
    ['easy → easy', 0.9],
    ['easy → other', 0.3],
    ['other → easy', 0.4],
    ['other → other', 0.8],
  ] as const)
    values.add({ measure: 'probe.logistic.between', ...at, part }, score);
  values.add({ measure: 'probe.logistic', ...at, site: 'hidden1' }, 0.8);
  const { table } = contentOf(drawn('probes', { from }), 'Between parts, hard');
  expect(table.columns).toEqual(['fitted on', 'scored on easy', 'scored on other']);
  expect(table.rows.slice(0, 2)).toEqual([
    ['easy', 0.9, 0.3],
    ['other', 0.4, 0.8],
  ]);
  expect(table.rows[2]?.[0]).toBe('answered by the network');
  expect(table.rows[2]?.[1]).toBeGreaterThan(0.5);
  expect(table.rows[2]?.[2]).toBeNull();
});

describe('dynamics', () => {
  it('has a table of every checkpoint, and says so where there is no course to draw', () => {
    const content = contentOf(drawn('dynamics'), 'Training');
    expect(content.caption).toMatch(/^both, hidden2\. Thin lines: each of 5 replicates/);
    expect(content.table.columns.slice(0, 4)).toEqual(['seed', 'step', 'epoch', 'loss']);
    const untrained = contentOf(drawn('dynamics', { chosen: { source: 'untrained' } }), 'Training');
    expect(untrained).toMatchObject({
      chart: null,
      caption: 'untrained has 1 checkpoint: there is no course of training to draw.',
    });
  });

  it('shows how far layers have the RDMs of models that are made, where there are any', () => {
    const values = Values.of(structuredClone(data.results.values));
    const { replicates = [], layers = [] } = data.results.networks.find(({ name }) => name === 'both') ?? {};
    for (const { seed, checkpoints } of replicates)
      for (const [at, { step }] of checkpoints.entries())
        for (const { name: site } of layers)
          for (const [label, sign] of [
            ['tree', 1],
            ['company', -1],
          ] as const) {
            const place = { source: 'both', seed: String(seed), checkpoint: String(step), site, label };
            values.add({ measure: 'rsaOfModel', ...place }, (sign * at) / 100 + seed / 1000);
            values.add({ measure: 'partialRsa', ...place }, null, 'why');
          }
    const { rdm } = data.results;
    const measures = { ...data.results.measures, ...measureInfos({ rdm, madeModels: [] }) };
    const from = { ...data, results: { ...data.results, values: values.columns, measures } };
    const { chart, table, caption } = contentOf(drawn('dynamics', { from }), 'Model RDMs over training');
    expect(caption).toMatch(/^both, every layer/);
    expect(table.columns.slice(4)).toEqual([
      'tree, others held',
      'tree, alone',
      'company, others held',
      'company, alone',
    ]);
    const [first] = replicates;
    const last = table.rows[first.checkpoints.length - 1];
    const at = (first.checkpoints.length - 1) / 100;
    expect(last.slice(0, 2)).toEqual([layers[0].name, first.seed]);
    expect(last.slice(4)).toEqual([null, at + first.seed / 1000, null, -at + first.seed / 1000]);
    expect(table.rows).toHaveLength(layers.length * replicates.length * first.checkpoints.length);
    expect(chart).not.toBeNull();
    const untrained = drawn('dynamics', { from, chosen: { source: 'untrained' } });
    expect(untrained.blocks.some((block) => block.block === 'figure' && block.name.startsWith('Model'))).toBe(
      false,
    );
  });

  it('shows shares and steps to criterion by network, where phases last until tasks are learned', () => {
    const names = ({ blocks }: { blocks: readonly Block[] }): string[] =>
      blocks.flatMap((block) => (block.block === 'figure' ? [block.name] : []));
    expect(names(drawn('dynamics'))).toEqual(['Training']);
    const values = Values.of(structuredClone(data.results.values));
    for (const seed of [0, 1, 2, 3, 4])
      values.add(
        { measure: 'stepsToCriterion', source: 'both', seed: String(seed), checkpoint: END, label: 'hard' },
        100 + seed,
      );
    const networks = data.results.networks.map((network) => ({
      ...network,
      replicates: network.replicates.map((one) => ({ ...one, phaseEnds: [100, one.steps] })),
    }));
    const measures = { ...data.results.measures, ...criteria };
    const from = { ...data, results: { ...data.results, values: values.columns, networks, measures } };
    const both = drawn('dynamics', { from });
    expect(names(both)).toEqual(['Training', 'Learning order']);
    const { rows } = contentOf(both, 'Learning order').table;
    expect(rows.map((row) => row.slice(0, 2))).toContainEqual(['both', 'hard']);
    expect(rows.find(([network, task]) => network === 'both' && task === 'hard')?.[3]).toMatchObject({
      mean: 102,
    });
    expect(contentOf(both, 'Training').caption).toContain('where a phase of the training ends');
  });
});

describe('over the heads of tables', () => {
  const says = (blocks: readonly Block[], name: string) =>
    blocks.flatMap((block) =>
      block.block === 'figure' && block.name === name ? Object.entries(block.content.table.says ?? {}) : [],
    );

  it('stands what the measures of similarities say of themselves', () => {
    const { blocks } = drawn('rsa');
    const matrix = says(blocks, 'Similarity of networks');
    expect(matrix.map(([column]) => column)).toContain('both/0');
    expect(matrix[0]?.[1]).toMatch(/^RSA.*\nFormula: .*\nWhat it means: /);
    expect(says(blocks, 'Mean similarity of pairs of networks')).toHaveLength(1);
    const layers = drawn('rsa', { chosen: { comparedOver: 'layers', comparison: 'linearCka' } }).blocks;
    expect(says(layers, 'Layers of both')[0]?.[1]).toMatch(/^Linear CKA\nFormula: /);
  });

  it('stands of two runs what each of their measures means', () => {
    const row = {
      ...{ network: 'both', layer: '', label: 'easy', here: 0.9, there: 0.5, n: [5, 5] as [number, number] },
      ...{ hereEnds: null, thereEnds: null },
      ...{ measure: 'accuracy', title: 'accuracy', difference: 0.4, low: 0.3, high: 0.5, beyondSeeds: true },
    };
    const rows = [
      row,
      { ...row, measure: 'varianceExplained', title: 'variance explained', layer: 'hidden1' },
    ];
    const { blocks } = drawn('compare', { comparisons: [{ ...compared, rows }] });
    const [[column, text] = []] = says(blocks, 'Differences between two runs');
    expect(column).toBe('measure');
    expect(text).toMatch(/^Accuracy: .*\nVariance explained: /);
  });
});

describe('compare', () => {
  it('says what to do where no run was chosen, and is not offered where there are no others', () => {
    const panel = panels.find(({ id }) => id === 'compare') as Panel;
    const { blocks, view } = drawn('compare', { comparisons: [] });
    expect(blocks).toEqual([
      {
        block: 'changes',
        changes: expect.objectContaining({ finding: 'No run was chosen to compare with.' }) as unknown,
      },
    ]);
    expect(panel.offered?.(view)).toBe(true);
    const alone: View = { ...view };
    delete alone.comparisons;
    expect(panel.offered?.(alone)).toBe(false);
  });

  it('sets several runs beside each other: the differences from one of them, and the means of all', () => {
    const row = {
      ...{ network: 'both', measure: 'accuracy', title: 'accuracy', layer: '', label: 'easy' },
      ...{ here: 0.9, there: 0.5, n: [5, 5] as [number, number], difference: 0.4, low: 0.3, high: 0.5 },
      ...{ hereEnds: [0.8, 1] as [number, number], thereEnds: null, beyondSeeds: true },
    };
    const slight = { ...row, label: 'hard', difference: 0.01, low: -0.1, high: 0.1, beyondSeeds: false };
    const others = [
      { ...compared, rows: [slight, row] },
      // All is the same there but for a network that was paired by hand.
      {
        ...{
          ...compared,
          other: 'a third',
          unchanged: ['both'],
          paired: [{ here: 'easy only', there: 'one' }],
        },
        rows: [{ ...row, network: 'easy only', against: 'one', there: 0.7 }],
      },
    ];
    const figures = (blocks: readonly Block[]) =>
      blocks.flatMap((one) => (one.block === 'figure' ? [one] : []));
    const [first, second] = ['there', 'a third'].map((comparedWith) =>
      drawn('compare', { comparisons: others, chosen: { comparedWith } }),
    );
    expect(
      figures(first?.blocks ?? []).map(({ content }) => content.table.rows.map(([network]) => network)),
    ).toEqual([
      ['both', 'both'],
      ['both', 'easy only', 'both'],
    ]);
    expect(second?.blocks[0]).toMatchObject({
      changes: {
        sides: expect.arrayContaining([['Paired by hand', 'easy only with one']]) as unknown,
        largest: [{ text: 'easy only − one: accuracy of easy is higher here, ' }],
      },
    });
    const [, means] = figures(second?.blocks ?? []);
    expect(means?.content.table).toMatchObject({
      columns: ['network', 'layer', 'label', 'measure', 'here', 'there', 'a third'],
      rows: [
        // What is the same there has the mean of here.
        [
          'both',
          '',
          'easy',
          'accuracy',
          { mean: 0.9, low: 0.8, high: 1 },
          { mean: 0.5, low: null },
          { mean: 0.9 },
        ],
        ['easy only', '', 'easy', 'accuracy', { mean: 0.9 }, null, { mean: 0.7 }],
        ['both', '', 'hard', 'accuracy', { mean: 0.9 }, { mean: 0.5 }, { mean: 0.9 }],
      ],
    });
    const beyond = drawn('compare', { comparisons: others, chosen: { compared: 'own' } });
    expect(figures(beyond.blocks).map(({ content }) => content.table.rows.length)).toEqual([1, 2]);
    // With one other run there is nothing to choose from.
    expect(figures(drawn('compare', { comparisons: others.slice(0, 1) }).blocks)).toHaveLength(1);
  });

  it('says how much is beyond seed noise, and the largest of it', () => {
    const row = {
      ...{ network: 'both', measure: 'accuracy', title: 'accuracy', layer: '', label: 'easy' },
      ...{ here: 0.9, there: 0.5, n: [5, 5] as [number, number], difference: 0.4, low: 0.3, high: 0.5 },
      ...{ hereEnds: null, thereEnds: null },
      beyondSeeds: true,
    };
    const { blocks } = drawn('compare', { comparisons: [{ ...compared, rows: [row] }] });
    const none = drawn('compare', { comparisons: [{ ...compared, unchanged: ['both'] }] }).blocks[0];
    expect(none).toMatchObject({
      changes: {
        finding: 'Nothing differs: every number is the same in both, replicate by replicate.',
        sides: expect.arrayContaining([['The same in both', 'both']]) as unknown,
      },
    });
    expect(blocks[0]).toMatchObject({
      changes: {
        finding: '1 difference of 1 beyond seed noise',
        largest: [
          { up: true, text: 'both: accuracy of easy is higher here, ', numbers: '0.900 against 0.500' },
        ],
      },
    });
  });
});

it('orders RDMs by their trees where that is chosen', () => {
  const from = withLayer(({ rdm }) => {
    const order = Uint16Array.from({ length: rdm.stimuli.length }, (_, at) => rdm.stimuli.length - 1 - at);
    rdm.singleTree = {
      order,
      a: order.subarray(1),
      b: order.subarray(1),
      height: new Float32Array(order.length - 1),
    };
  });
  const of = (rdmOrder: string[]) =>
    contentOf(drawn('rsa', { from, chosen: { rdmOrder } }), 'RDM of single stimuli');
  const last = from.details[0]?.layers[0]?.rdm.stimuli.at(-1) ?? -1;
  expect(of(['(likeness)']).table.columns[1]).toContain(`stimulus ${last},`);
  expect(of(['(likeness)']).caption).toContain('ordered by likeness');
  expect(of([]).caption).toContain('ordered by easy');
});

it('orders RDMs by real numbers, too, what has none last', () => {
  const { stimuli } = data;
  const values = Float32Array.from({ length: stimuli.count }, (_, i) => (i === 3 ? NaN : (i * 7) % 5));
  const size = { ...stimuli.labels[0], name: 'size', source: 'feature', kind: 'real', width: 1, values };
  const from = { ...data, stimuli: { ...stimuli, labels: [...stimuli.labels, size] } } as Synthetic;
  const { caption, table } = contentOf(
    drawn('rsa', { from, chosen: { rdmOrder: ['size'] } }),
    'RDM of single stimuli',
  );
  expect(caption).toContain('ordered by size');
  const order = table.columns.slice(1).map((name) => Number(/\d+/.exec(name)?.[0]));
  const sizes = order.map((stimulus) => values[stimulus] ?? NaN).filter((one) => !Number.isNaN(one));
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(order.includes(3) ? order.at(-1) : 3).toBe(3);
});

it('outlines cells of both RDMs where that is chosen, and says which', () => {
  for (const title of ['RDM of single stimuli', 'RDM of conditions', 'RDM of the label alone'])
    expect(contentOf(drawn('rsa', { chosen: { contours: 'hard' } }), title).caption).toContain(
      'Outlined: pairs alike in hard.',
    );
  expect(contentOf(drawn('rsa'), 'RDM of conditions').caption).not.toContain('Outlined');
});

describe('the structure of a layer', () => {
  const count = data.stimuli.count;
  const axis = (at: number) => Float32Array.from({ length: count }, (_, i) => ((i * (at + 3)) % 7) - 3);
  const map = { trustworthiness: 0.9, continuity: 0.8, divergence: 0.5, stress: 0.25 };
  const structures: Synthetic['structures'] = {
    tsne: {
      ...{ source: 'both', point: 0, seed: 0, step: 800, layer: 'hidden2', without: 0 },
      items: Uint32Array.from({ length: count }, (_, i) => i),
      found: {
        maps: [
          { ...map, start: 'components', x: axis(0), y: axis(1) },
          { ...map, start: 'random', x: axis(1), y: axis(2) },
        ],
        components: { trustworthiness: 0.7, continuity: 0.75 },
        ...{ judged: 10, shared: 0.4, rankCorrelation: 0.6 },
        spread: new Float32Array(count).fill(0.3),
        shepard: { dissimilarity: axis(0), distance: axis(1), fitted: axis(2) },
      },
    },
    umap: {
      ...{ source: 'both', point: 0, seed: 0, step: 800, layer: 'hidden2', without: 0 },
      ...{ items: new Uint32Array(), missing: 'UMAP needs more items.' },
    },
  };
  const from = { ...data, structures };

  it('is asked for as it is chosen, and says what its map keeps and that distances are not evidence', () => {
    const shown = drawn('structure', { from, chosen: { mapMethod: 'tsne' } });
    expect(shown.asked.at(-1)).toMatchObject({
      kind: 'structure',
      place: { source: 'both', seed: 0, step: 800, layer: 'hidden2' },
      parameters: { method: 'tsne', items: 'stimuli', neighbours: 15, most: 256 },
    });
    const { caption, table } = contentOf(shown, 'Map');
    expect(caption).toContain('Distances are not evidence');
    expect(caption).toContain(
      'Trustworthiness 0.900, continuity 0.800 over 10 neighbours; of the first two principal components 0.700 and 0.750.',
    );
    expect(caption).toContain('two of them share 40.0 % of a point’s 10 nearest, and a point lies 30.0 %');
    expect(table.rows).toHaveLength(count);
    expect(contentOf(shown, 'What the maps keep').table.rows).toHaveLength(3);
    expect(names(shown.blocks)).toEqual([
      'Map',
      'The same from other starts',
      'Shepard diagram',
      'What the maps keep',
    ]);
  });

  it('says why there is no map, and while it is computed', () => {
    expect(contentOf(drawn('structure', { from, chosen: { mapMethod: 'umap' } }), 'Map').caption).toContain(
      'UMAP needs more items.',
    );
    expect(contentOf(drawn('structure', { from }), 'Map').caption).toContain('is being computed');
  });

  it('says where maps are to be had that a report has not', () => {
    const { blocks, asked } = drawn('structure', { from, capabilities: { structure: false } });
    expect(blocks).toEqual([{ block: 'note', text: expect.stringContaining('in VS Code') as string }]);
    expect(asked.some(({ kind }) => kind === 'structure')).toBe(false);
  });

  it('offers no neighbours for scaling', () => {
    const offered = (mapMethod: string) =>
      drawn('structure', { from, chosen: { mapMethod } }).options['mapNeighbours'];
    expect(offered('tsne')).toHaveLength(5);
    expect(offered('classical')).toEqual([]);
  });
});
