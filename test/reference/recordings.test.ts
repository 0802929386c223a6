import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { broughtFiles } from '../../src/sources/brought-files';
import { readExperiment } from '../../src/sources/read-experiment';
import type { MakeContext } from '../../src/sources/source';
import { sourceOf } from '../../src/sources/sources';
import { drawStimuli } from '../../src/stimuli/draw-stimuli';
import { scratch } from '../support/scratch';
import fixture from './fixtures/recordings.json';

const document = readFileSync('docs/recordings.md', 'utf8');

it('says nothing but what was run', () => {
  for (const [name, code] of Object.entries(fixture.run))
    expect(document).toContain(`\`\`\`python\n# ${name}\n${code}\`\`\``);
});

it('describes an experiment that reads what its lines write', async () => {
  const folder = scratch();
  for (const [file, content] of Object.entries(fixture.files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), Buffer.from(content, 'base64'));
  }
  const text = /```jsonc\n(.*?)```/s.exec(document)?.[1] ?? '';
  const { experiment, problems } = readExperiment(text, undefined, { files: broughtFiles(folder) });
  expect(problems).toEqual([]);
  if (!experiment) return;
  const replicate = { source: 'net', point: 0, seed: 0 };
  const source = sourceOf(experiment, replicate);
  expect(source.sites.map(({ name, units }) => [name, units])).toEqual([
    ['conv', 8],
    ['relu', 8],
    ['flat', 8],
    ['fc', 3],
  ]);
  const sets = drawStimuli(experiment);
  const { data } = await source.soFar(replicate, { sets } as MakeContext, []).activations('fc', 'test', 0);
  expect([...data]).toEqual([...(sets.test.rows ?? [])].flatMap((row) => fixture.fc[row]));
});
