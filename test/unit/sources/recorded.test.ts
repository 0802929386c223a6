import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { END, Values } from '../../../src/core/values';
import type { Experiment } from '../../../src/experiment/experiment';
import { readExperiment } from '../../../src/sources/read-experiment';
import { writeNpy } from '../../../src/formats/npy';
import { writeSafetensors } from '../../../src/formats/safetensors';
import { fingerprint, recordingKey } from '../../../src/run/keys';
import { broughtFiles, learn, learnFailure, readBrought, readOf } from '../../../src/sources/brought-files';
import type { MakeContext } from '../../../src/sources/source';
import { sourceOf } from '../../../src/sources/sources';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { runHere } from '../../support/run-here';
import { scratch, sharedScratch } from '../../support/scratch';

const folder = sharedScratch();
const count = 48;
const ids = Array.from({ length: count }, (_, at) => `s${at}`);
const isOn = ids.map((_, at) => at % 2);
const engine = { name: 'fused', backend: 'wasm-simd', tfjs: '', arithmetic: 'fused' } as const;

/** Units of which the first follows the feature, and the others are noise. */
function answers(name: string, units: number): Float64Array {
  const random = stream('recorded', name);
  return Float64Array.from({ length: count * units }, (_, at) =>
    at % units === 0 ? 5 * isOn[Math.floor(at / units)] : random.normal(),
  );
}

beforeAll(() => {
  mkdirSync(join(folder, 'acts'));
  writeFileSync(
    join(folder, 'things.csv'),
    `image,on\n${ids.map((id, at) => `${id},${isOn[at]}`).join('\n')}\n`,
  );
  for (const seed of [0, 1])
    writeFileSync(
      join(folder, 'acts', `net-${seed}.safetensors`),
      Buffer.concat(
        writeSafetensors(
          new Map([
            ['early', { shape: [count, 6], data: answers(`early ${seed}`, 6) }],
            ['late', { shape: [count, 2, 2], data: Float32Array.from(answers(`late ${seed}`, 4)) }],
          ]),
        ),
      ),
    );
  // Every stimulus twice, in another order: the mean is what counts.
  const shown = stream('recorded', 'order').permutation(2 * count);
  writeFileSync(join(folder, 'it.csv'), `image\n${[...shown].map((at) => ids[at % count]).join('\n')}\n`);
  const twice = Float64Array.from([...shown].flatMap((at) => [at % count, at < count ? 1 : 3]));
  writeFileSync(join(folder, 'it.npy'), writeNpy({ shape: [2 * count, 2], data: twice }));
});

function experimentOf(more: object = {}): Experiment {
  const text = JSON.stringify({
    stimuli: { table: 'things.csv' },
    recordings: {
      net: { files: 'acts/net-{seed}.safetensors' },
      IT: { files: { it: 'it.npy' }, ids: 'it.csv' },
    },
    analyses: { selectivity: { permutations: 20 } },
    ...more,
  });
  const { experiment, problems } = readExperiment(text, undefined, { files: broughtFiles(folder) });
  if (!experiment) throw new Error(problems.map(({ message }) => message).join('\n'));
  return experiment;
}

describe('recordings from files', () => {
  it('have the rows of the stimuli of each set, means where there are several', async () => {
    const experiment = experimentOf();
    const sets = drawStimuli(experiment);
    const replicate = { source: 'IT', point: 0, seed: 0 };
    const source = sourceOf(experiment, replicate);
    const recording = source.soFar(replicate, { sets } as MakeContext, []);
    const { rows, cols, data } = await recording.activations('it', 'test', 0);
    expect([rows, cols]).toEqual([24, 2]);
    expect([...data]).toEqual([...(sets.test.rows ?? [])].flatMap((row) => [row, 2]));
    expect(await recording.behaviour('test', 0)).toBeNull();
  });

  it('are analysed with all that needs no tasks, and no rule of tasks speaks', async () => {
    const results = await runHere(experimentOf(), scratch());
    expect(
      results.networks.map(({ name, recorded, replicates }) => [name, recorded, replicates.length]),
    ).toEqual([
      ['net', true, 2],
      ['IT', true, 1],
    ]);
    const values = Values.of(results.values);
    const shares = [0, 1].map(
      (seed) =>
        values.at({
          ...{ measure: 'varianceExplained', source: 'net', seed: String(seed) },
          ...{ checkpoint: END, site: 'early', label: 'on' },
        })?.value,
    );
    // 6.25 of 6.25 + 5.
    for (const share of shares) expect(share).toBeGreaterThan(0.4);
    const { names } = results.values.measure;
    expect(names).not.toContain('accuracy');
    expect(names).toContain('maximum.dprime');
    expect(results.rsa[0].labels).toEqual(['net/0', 'IT/0', 'net/1']);
    expect(results.hazards.map(({ rule }) => rule)).not.toContain('task-not-learned');
  }, 20_000);

  it('stand beside networks that train on the stimuli of the same table', async () => {
    const results = await runHere(
      experimentOf({
        tasks: { on: 'on' },
        network: { hidden: [4] },
        training: { epochs: 2 },
        networks: { trained: {} },
        seeds: 1,
      }),
      scratch(),
    );
    expect(results.rsa.map(({ labels }) => labels)).toContainEqual(['trained/0', 'net/0', 'IT/0', 'net/1']);
    for (const { replicates } of results.networks) expect(replicates[0].status).toBe('done');
  }, 20_000);

  it('of stimuli of which nothing is known have RDMs and components all the same', async () => {
    writeFileSync(join(folder, 'names.csv'), `image\n${ids.join('\n')}\n`);
    const results = await runHere(
      experimentOf({
        stimuli: { table: 'names.csv' },
        recordings: { net: { files: 'acts/net-{seed}.safetensors' } },
      }),
      scratch(),
    );
    expect(results.networks.map(({ replicates }) => replicates.map(({ status }) => status))).toEqual([
      ['done', 'done'],
    ]);
    expect(results.rsa[0].groups[0].mean).not.toBeNull();
  }, 20_000);

  it('are read beside all else where a thread is not to be held, and are the same then', () => {
    const place = join(folder, 'acts', 'large-0.npy');
    const data = Float32Array.from({ length: 5_000_000 }, (_, at) => at % 251);
    writeFileSync(place, writeNpy({ shape: [5000, 1000], data }));
    const asked: string[] = [];
    const later = (path: string, what: string): void => void asked.push(`${what} ${path}`);
    const own = () => broughtFiles(folder, undefined, later).matching('acts/large-0.npy')[0];
    expect(own()).toMatchObject({
      path: place,
      digest: 'not read yet',
      shapes: new Map([['', [5000, 1000]]]),
    });
    expect(asked).toEqual([`digest ${place}`]);
    // Small ones are known at once.
    const small = broughtFiles(folder, undefined, later).matching('it.npy')[0];
    expect(small.digest).toMatch(/^[0-9a-f]{64}$/);
    learn(place, 'digest', readOf(place, 'digest'));
    const bytes = createHash('sha256').update(readFileSync(place)).digest('hex');
    expect(own().digest).toBe(bytes);
    expect(broughtFiles(folder).matching('acts/large-0.npy')[0].digest).toBe(bytes);
    expect(readBrought(place, '', bytes).shape).toEqual([5000, 1000]);
    // Once it has changed nothing is known of it any longer.
    writeFileSync(place, writeNpy({ shape: [5000, 1000], data: data.fill(1) }));
    utimesSync(place, 1, 1);
    expect(own().digest).toBe('not read yet');
    expect(() => readBrought(place, '', bytes)).toThrow('It has changed since the experiment was read');
    // What another thread could not read is said, and not asked for again.
    learn(place, 'rdms', readOf(place, 'rdms'));
    expect(broughtFiles(folder, undefined, later).rdms(place)).toEqual({ rdms: [] });
    learnFailure(place, 'shapes', 'no memory.');
    expect(own).toThrow('acts/large-0.npy: It cannot be read: no memory.');
    rmSync(place);
  });

  it('of many small files, and tables, no more is read at once than a thread can bear', () => {
    const [table, array] = [join(folder, 'wide.csv'), join(folder, 'acts', 'text.csv')];
    const line = `${Array.from({ length: 50 }, (_, at) => at / 7).join()}\n`;
    writeFileSync(
      table,
      `image,size\n${Array.from({ length: 15_000 }, (_, at) => `i${at},${at}\n`).join('')}`,
    );
    writeFileSync(array, line.repeat(Math.ceil(200_000 / line.length)));
    const asked: string[] = [];
    const reading = () => broughtFiles(folder, undefined, (path, what) => void asked.push(`${what} ${path}`));
    // Of the array shapes and digest are read of its 200 kB; there is no room for both.
    expect(reading().matching('acts/text.csv')[0]).toMatchObject({ digest: 'not read yet' });
    expect(asked.splice(0)).toEqual([`digest ${array}`]);
    expect(reading().matching('acts/text.csv')[0].digest).toMatch(/^[0-9a-f]{64}$/);
    expect(() => reading().columns('wide.csv')).not.toThrow();
    writeFileSync(table, `image,size\n${'i,1\n'.repeat(300_000)}`);
    expect(() => reading().columns('wide.csv')).toThrow('wide.csv is being read: it is large.');
    expect(asked).toEqual([`columns ${table}`]);
    const found = readOf(table, 'columns');
    learn(table, 'columns', structuredClone(found));
    expect(reading().columns('wide.csv').get('size')).toHaveLength(300_000);
    rmSync(table);
    rmSync(array);
  });

  it('are known by their bytes, not by their places', () => {
    const here = experimentOf();
    const moved = JSON.parse(
      JSON.stringify(here).replaceAll(JSON.stringify(folder).slice(1, -1), '/other'),
    ) as Experiment;
    const keyOf = (of: Experiment): string =>
      recordingKey(sourceOf(of, { source: 'net' }), { source: 'net', point: 0, seed: 1 }, engine);
    expect(keyOf(moved)).toBe(keyOf(here));
    expect(fingerprint(moved, engine)).toBe(fingerprint(here, engine));
    const before = fingerprint(here, engine);
    writeFileSync(
      join(folder, 'it.npy'),
      writeNpy({ shape: [2 * count, 2], data: new Float64Array(4 * count) }),
    );
    expect(fingerprint(experimentOf(), engine)).not.toBe(before);
    expect(keyOf(experimentOf())).toBe(keyOf(here));
  });

  it('fail with their place where a number is not finite, and where the file has changed since', async () => {
    const data = new Float64Array(4 * count).fill(1);
    data[7] = NaN;
    writeFileSync(join(folder, 'it.npy'), writeNpy({ shape: [2 * count, 2], data }));
    const experiment = experimentOf();
    const replicate = { source: 'IT', point: 0, seed: 0 };
    const context = { sets: drawStimuli(experiment) } as MakeContext;
    const asked = async (): Promise<unknown> =>
      sourceOf(experiment, replicate).soFar(replicate, context, []).activations('it', 'test', 0);
    await expect(asked()).rejects.toThrow("no finite number in unit 1 of 'it', row 3 of its file");
    writeFileSync(join(folder, 'it.npy'), writeNpy({ shape: [2 * count, 2], data: data.fill(2) }));
    await expect(asked()).rejects.toThrow('has changed since the experiment was read');
  });

  it.skipIf(process.platform === 'win32')('are of files, not of folders or of what has no end', () => {
    expect(() => broughtFiles('/dev').documents('zero')).toThrow(
      'zero: It is a device or a pipe. Name a file.',
    );
    expect(() => broughtFiles(folder).columns('.')).toThrow('.: It is a folder. Name a file.');
  });

  it('may be read from where the caller allows alone', () => {
    const files = broughtFiles(folder, (path) => path.startsWith(join(folder, 'acts')));
    expect(() => files.columns('things.csv')).toThrow('outside of the workspace, which is not trusted');
    expect(files.matching('acts/net-{seed}.safetensors').map(({ as }) => as)).toEqual(['0', '1']);
    expect(() => broughtFiles(folder).matching('acts/none-{seed}.npy')).toThrow('No file has such a name');
  });
});
