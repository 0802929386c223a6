import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings';
import { sweepTable } from '../../../src/cli/sweep-table';
import { replicateNamed } from '../../../src/core/replicate';
import { reportHtml, type ReportParts } from '../../../src/formats/html';
import { percent } from '../../../src/formats/percent';
import { readSafetensors } from '../../../src/formats/safetensors';
import { joined } from '../../../src/protocol/bytes';
import type { ResultsFile } from '../../../src/protocol/results';
import type { Run, Session } from '../../../src/run/session';
import { unitsOf } from '../../../src/run/unit-arrays';
import { exportRun, filesOf, type ExportedFile, type ExportRoom } from '../../../src/verbs/export';
import type { OpenRun } from '../../../src/verbs/open-run';
import { picture } from '../../../src/verbs/picture';
import { reportData } from '../../support/report-data';
import { openSession } from '../../support/run-experiment';
import { sharedScratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

let session: Session;
let run: Run;
let open: OpenRun;

beforeAll(async () => {
  session = openSession(tinyExperiment({ title: '' }), sharedScratch());
  run = await session.run();
  const { results, outcomes } = run;
  const units = unitsOf(results.networks, outcomes);
  open = { results, units, title: 'tiny', analysedAt: 7, ask: (question) => question(session) };
}, 120_000);

afterAll(() => session.dispose());

/** The verb's files; a report is the parts that it would be made of. */
async function files(asked: Parameters<typeof exportRun.run>[0], changes: Partial<OpenRun> = {}) {
  const made: ReportParts[] = [];
  const room: ExportRoom = {
    opened: () => Promise.resolve({ ...open, ...changes }),
    dashboard: () => Promise.resolve({ bundle: 'bundle', plotly: 'plotly', styles: 'styles' }),
    html: (parts) => {
      made.push(parts);
      return Promise.resolve('the report');
    },
  };
  return { found: [...(await exportRun.run(asked, room)).files], made };
}

const textOf = ({ content }: ExportedFile): string => {
  if (typeof content === 'string' || content instanceof Uint8Array) return String(content);
  if (Symbol.asyncIterator in content) throw new Error('It comes bit by bit.');
  return [...content].join('');
};

async function bytesOf({ content }: ExportedFile): Promise<Uint8Array> {
  if (typeof content === 'string' || !(Symbol.asyncIterator in content))
    throw new Error('It is there at once.');
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return joined(pieces);
}

describe('export', () => {
  it('of numbers gives results.json, its arrays and the tables, whole', async () => {
    const { found } = await files({ run: 'it', what: 'numbers' });
    const all = filesOf(run.results);
    expect(found.map(({ path }) => path)).toEqual(
      all.filter((path) => path !== 'report.html' && !path.startsWith('activations/')),
    );
    const results = JSON.parse(textOf(found[0])) as ResultsFile;
    // What stands over the run is for its report: the numbers are those of the file.
    expect(results.title).toBe('');
    expect(results.fingerprint).toBe(run.results.fingerprint);
    expect(results.arrays.units.labels.length).toBeGreaterThan(0);
    await expect(files({ run: 'it', what: 'numbers' }, { units: null })).rejects.toThrow('not at hand');
  });

  it('of the report has the first finished replicate of each network, and what stands over it', async () => {
    const networks = run.results.networks.map((network, at) => ({
      ...network,
      replicates: network.replicates.map((one) =>
        at === 0 && one.seed === 0 ? { ...one, status: 'failed' as const } : one,
      ),
    }));
    const { found, made } = await files(
      { run: 'it', what: 'report' },
      { results: { ...run.results, networks } },
    );
    expect(found).toEqual([{ path: 'report.html', content: 'the report' }]);
    const [{ results, details, recovered, stimuli, analysedAt, bundle }] = made;
    expect({ title: results.title, analysedAt, bundle }).toEqual({
      title: 'tiny',
      analysedAt: 7,
      bundle: 'bundle',
    });
    // Of the first only one is finished.
    expect(recovered?.map(({ source, layer, other }) => [source, layer, other.seed])).toEqual([
      ['easy only', 'hidden1', 1],
      ['untrained', 'hidden1', 1],
    ]);
    expect(recovered?.[0].found?.components[0].name).toBe('PC1');
    expect(details.map(({ source, seed }) => [source, seed])).toEqual([
      ['both', 1],
      ['easy only', 0],
      ['untrained', 0],
    ]);
    expect(stimuli).toEqual(await session.stimuli());
  });

  it('of the report of a large sweep has the points that differ from the first in one setting, with their own stimuli', async () => {
    const sweep = {
      'training.dropout': [0, 0.1],
      'stimuli.seed': [0, 1],
      'training.learningRate': [0.001, 0.002],
    };
    const swept = openSession(tinyExperiment({ title: '', seeds: 1, sweep }), sharedScratch());
    try {
      const { results } = await swept.run();
      const asked = {
        results,
        ask: <T>(question: (one: Session) => Promise<T>): Promise<T> => question(swept),
      };
      const { made } = await files({ run: 'it', what: 'report' }, asked);
      const [{ details, laterStimuli, stimuli }] = made;
      // Eight points of three networks would be 24 pictures.
      expect(details.map(({ source, point }) => `${source} ${point}`)).toEqual(
        ['both', 'easy only', 'untrained'].flatMap((name) => [0, 1, 2, 4].map((point) => `${name} ${point}`)),
      );
      expect(laterStimuli?.map(({ point }) => point)).toEqual([2]);
      expect(laterStimuli?.[0].stimuli).toEqual(await swept.stimuli(2));
      expect(laterStimuli?.[0].stimuli).not.toEqual(stimuli);
    } finally {
      await swept.dispose();
    }
  }, 120_000);

  it('of the report of documents has the first of each set, as the network of each point says them', async () => {
    const documents = { reversals: { entities: 6, relations: 2, heldOut: 4, repeats: 2, affixes: 3 } };
    const file = {
      stimuli: { documents },
      network: { transformer: { layers: 1, width: 8, heads: 2, mlp: 8 } },
      training: { steps: 4, batchSize: 8, checkpoints: 2 },
      networks: { net: {} },
      sweep: { 'training.learningRate': [0.001, 0.01] },
      analyses: { at: 'role == relation', selectivity: { permutations: 0 } },
      seeds: 1,
    };
    const asking = openSession(file, sharedScratch());
    try {
      const { results } = await asking.run();
      const asked = {
        results,
        ask: <T>(question: (one: Session) => Promise<T>): Promise<T> => question(asking),
      };
      const { made } = await files({ run: 'it', what: 'report' }, asked);
      const [{ documents: said = [], details }] = made;
      expect(said.map((sets) => sets.map(({ set, point, step }) => [set, point, step]))).toEqual(
        details.map(({ point, step }) => [0, 1, 2, 3, 4, 5].map((set) => [set, point, step])),
      );
      expect(said[0][0].documents).toHaveLength(16);
      expect(said[1][2]).toEqual(
        await asking.documents(details[1], { set: 2, shown: 'all', after: 0, most: 16, step: null }),
      );
      expect(said[0]).not.toEqual(said[1]);
      const html = reportHtml(made[0]);
      expect(reportData(html, 'repscope-documents-1')).toEqual(said[1]);
      expect(html).toContain('"documents":true');

      const table = sweepTable(results, results.sweep ?? { settings: [], points: [] });
      const right = findingsOf(results).mean('net', 'accuracy', { point: 1, label: 'validation' });
      expect(table).toMatch(/^Share of documents that are answered rightly/);
      expect(table).toContain(`0.01          net      ${percent(right?.mean ?? NaN, 1)} (16.7 %)`);
      expect(table.split('\n')[2]).toMatch(
        /validation +reversal +reversal in context +trained forward +trained inverse$/,
      );
    } finally {
      await asking.dispose();
    }
  }, 120_000);

  it('of activations gives one finished replicate, by its name', async () => {
    const { found } = await files({ run: 'it', what: 'activations', source: 'easy only', seed: 1 });
    expect(found.map(({ path }) => path)).toEqual(['activations/easy only/1.safetensors']);
    const { bytes, next } = await session.activations(replicateNamed('easy only', 1), 0);
    expect(next).toBeNull();
    expect(await bytesOf(found[0])).toEqual(bytes);
    expect([...readSafetensors(bytes).tensors.keys()]).toContain('test/hidden1');
    expect(filesOf(run.results)).toContain(found[0].path);
    await expect(files({ run: 'it', what: 'activations', source: 'other', seed: 1 })).rejects.toThrow(
      "There is no network 'other' in this run.",
    );
    await expect(files({ run: 'it', what: 'activations', source: 'both', seed: 2 })).rejects.toThrow(
      'This replicate is not finished.',
    );
  });
});

describe('picture', () => {
  it('gives what a session draws a replicate from, whole or of one layer', async () => {
    const opened = (): Promise<OpenRun> => Promise.resolve(open);
    const whole = await picture.run({ run: 'it', source: 'both', seed: 1 }, { opened });
    expect(whole).toEqual(await session.detail(replicateNamed('both', 1), null));
    const asked = { run: 'it', source: 'both', seed: 1, layer: 'hidden1', picture: 'pca' } as const;
    const part = await picture.run({ ...asked, step: 0 }, { opened });
    const only = { layer: 'hidden1', picture: 'pca' } as const;
    expect(part).toEqual(await session.detail(replicateNamed('both', 1), 0, { only }));
    await expect(picture.run({ ...asked, seed: 9 }, { opened })).rejects.toThrow('not finished');
  });
});
