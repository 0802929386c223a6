import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings';
import { writeNpy } from '../../../src/formats/npy';
import { broughtFiles } from '../../../src/sources/brought-files';
import { readExperiment } from '../../../src/sources/read-experiment';
import { expectClose } from '../../reference/support/matrices';
import fixture from '../../reference/fixtures/inference.json';
import { runHere } from '../../support/run-here';
import { scratch, sharedScratch } from '../../support/scratch';

const folder = sharedScratch();
const { size, subjects, models, methods } = fixture.small;
const ids = Array.from({ length: size }, (_, at) => `s${at}`);
const file = {
  stimuli: { table: 'things.csv' },
  recordings: { brain: { rdms: 'rdms.json:subjects' } },
  analyses: {
    rsa: { models: { first: 'rdms.json:models[0]', second: 'rdms.json:models[1]', third: 'third.npy' } },
    inference: { models: ['first', 'second', 'third'], draws: 100 },
  },
};

function read(changes: object = {}): ReturnType<typeof readExperiment> {
  writeFileSync(
    join(folder, 'things.csv'),
    `image,even\n${ids.map((id, at) => `${id},${at % 2}`).join('\n')}\n`,
  );
  writeFileSync(join(folder, 'rdms.json'), JSON.stringify({ subjects, models }));
  const third = Float64Array.from(models[2]);
  writeFileSync(join(folder, 'third.npy'), writeNpy({ shape: [third.length], data: third }));
  return readExperiment(JSON.stringify({ ...file, ...changes }), undefined, { files: broughtFiles(folder) });
}

const messages = (changes: object): string[] => read(changes).problems.map(({ message }) => message);

describe('RDMs that are brought along', () => {
  it.each(['spearman', 'whitened-cosine'] as const)(
    'have the scores and noise ceilings of rsatoolbox by %s, each RDM a replicate, all stimuli tested',
    async (method) => {
      const inference = { ...file.analyses.inference, method };
      const { experiment } = read({ analyses: { ...file.analyses, inference } });
      if (!experiment) throw new Error('It is no experiment.');
      const results = await runHere(experiment, scratch());
      const [tests] = results.modelTests ?? [];
      const { scores, ceiling } = methods[method];
      expect(tests.seeds).toEqual([1, 2, 3, 4]);
      expect([tests.stimuli, tests.pairs]).toEqual([size, subjects[0].length]);
      const found = [...tests.models.map(({ value }) => value), tests.ceiling.lower, tests.ceiling.upper];
      expectClose(found.map(Number), [...scores, ...ceiling]);
      // What needs units is not there; what needs RDMs is.
      expect(new Set(Object.values(results.values.measure.names))).toEqual(
        new Set(['modelRsa', 'rdmPairsUsed', 'rdmPairs']),
      );
      expect(findingsOf(results).mean('brain', 'modelRsa', { site: 'brain', label: 'even' })?.n).toBe(4);
      expect(results.rsa[0].matrix).toHaveLength(4);
    },
  );

  it('are joined to the table by id, and lack what is not in them', () => {
    writeFileSync(join(folder, 'ids.csv'), `image\n${[...ids].reverse().slice(0, -1).join('\n')}\nother\n`);
    const { experiment, problems } = read({
      recordings: { brain: { rdms: { V4: 'rdms.json:subjects' }, ids: 'ids.csv' } },
    });
    expect(experiment?.recordings?.[0].sites).toEqual([{ name: 'V4', role: 'hidden', units: 0 }]);
    expect(experiment?.recordings?.[0].replicates[2]).toMatchObject({
      at: 2,
      rows: ids.slice(1).map((_, at) => [size - 2 - at]),
    });
    expect(problems.map(({ message }) => message)).toEqual([
      "1 of the 9 stimuli are not in every replicate of recording 'brain' and left out: 's0'.",
      "1 stimuli of 'ids.csv' are not in the table and left out: 'other'.",
    ]);
  });

  it('say what is wrong with files that hold none, or not those of the stimuli', () => {
    const of = (rsa: string): string[] =>
      messages({ analyses: { ...file.analyses, inference: {}, rsa: { models: { one: rsa } } } });
    expect(of('rdms.json:models')).toEqual([
      `'rdms.json:models' has 3 RDMs: say which, as in "rdms.json:models[0]", the first.`,
    ]);
    expect(of('rdms.json:models[3]')[0]).toMatch(
      /has 3 RDMs, counted from 0: there is none with the number 3/,
    );
    expect(of('rdms.json')[0]).toMatch(/has 'subjects', 'models': name one of them, as in FILE:NAME/);
    expect(messages({ recordings: { brain: { rdms: 'rdms.json' } } })[0]).toMatch(
      /holds 'subjects' and 'models': name the array of the RDMs/,
    );
    expect(messages({ analyses: { rdm: { over: 'conditions' } } })[0]).toMatch(
      /has RDMs of single stimuli, of which there are none of condition means/,
    );
  });
});
