import { expect, it } from 'vitest';
import { judge } from '../gallery/figure';
import { exampleFile, figureNamed, figureNames } from '../support/gallery';
import { experimentOf } from '../support/run-experiment';
import { runHere } from '../support/run-here';
import { scratch } from '../support/scratch';

/** A processor's fifteen seconds each, where many share it. */
const longest = 900_000;

it.each(figureNames)('%s shows what is published, in small', { timeout: longest }, async (name) => {
  const figure = await figureNamed(name);
  expect(figure.example).toBe(name);
  const results = await runHere(experimentOf(figure.reduced(exampleFile(name))), scratch());
  const judged = figure.effects(results).map(judge);
  const lost = judged.filter(({ held }) => held === false);
  expect(lost.map(({ effect, found }) => ({ says: effect.says, found }))).toEqual([]);
  expect(judged.some(({ held }) => held)).toBe(true);
});
