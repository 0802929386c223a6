import { expect, it } from 'vitest';
import { startLanes } from '../../src/numerics/kernels/lanes';
import { judge } from '../gallery/figure';
import { exampleFile, figureNamed, figureNames } from '../support/gallery';
import { experimentOf } from '../support/run-experiment';
import { runHere } from '../support/run-here';
import { scratch } from '../support/scratch';

/** A processor's ten seconds each, where many share it. */
const longest = 900_000;

// The same bits, sooner: this process has the lanes to itself.
startLanes();

it.each(figureNames)('%s shows what is published, in small', { timeout: longest }, async (name) => {
  const figure = await figureNamed(name);
  expect(figure.example).toBe(name);
  const reduced = figure.reduced(exampleFile(name));
  // Where it does not say which checkpoints are looked at, its beginning and its end.
  const training = { checkpoints: 2, ...reduced.training };
  const file = { ...reduced, training };
  const results = await runHere(experimentOf(file), scratch(), JSON.stringify(file));
  const judged = figure.effects(results).map(judge);
  const lost = judged.filter(({ held }) => held === false);
  expect(lost.map(({ effect, found }) => ({ says: effect.says, found }))).toEqual([]);
  expect(judged.some(({ held }) => held)).toBe(true);
});
