import { grouped } from '../formats/fixed';
import { SET_NAMES } from '../experiment/counts';
import type { Experiment } from '../experiment/experiment';
import type { Fact, Marks } from './facts';
import { counted, listed, percent } from './wording';

/** How many stimuli there are and how they come about. */
export function stimuliFacts({ stimuli }: Experiment, { name }: Marks): Fact[] {
  const {
    counts,
    enumerate,
    table,
    documents,
    repeats,
    image,
    embedding,
    inputNoise,
    inputUnits,
    sets,
    seed,
  } = stimuli;
  const how = {
    all: 'every set is the whole design, every combination once: nothing is scored on fresh stimuli',
    split: 'the design, every combination once, divided among the sets',
    none: repeats
      ? `every stimulus an independent draw (seed ${seed}): sets may share input rows`
      : `drawn once for all networks (seed ${seed}); sets share no input row`,
  }[enumerate];
  const ofTable = `the ${grouped(table?.ids.length ?? 0)} stimuli of the table, divided among the sets at random (seed ${seed})`;
  const ofDocuments =
    documents &&
    `tokens of ${grouped(documents.shape.train.documents)} training documents and those of ${counted(documents.shape.sets.length, 'evaluation set')} (seed ${seed}); no document is in both 'fit' and 'test'`;
  const units = [
    `${grouped(inputUnits)}`,
    ...(image
      ? [
          `pictures of ${image.size} × ${image.size} pixels in red, green and blue${image.jitter > 0 ? `, objects moved and scaled by up to ${percent(image.jitter)}` : ''}`,
        ]
      : []),
    ...(embedding ? [`that a random matrix (${embedding.matrix}) mixes the features into`] : []),
    ...(inputNoise > 0 ? [`with noise of standard deviation ${inputNoise}`] : []),
  ];
  const balanced = SET_NAMES.map((set) => listed(sets[set].balance.map(name)));
  const alike = balanced.every((one) => one === balanced[0]);
  const balance = alike
    ? balanced[0]
    : SET_NAMES.map((set, at) => `${balanced[at] === '' ? 'nothing' : balanced[at]} in ${set}`).join(', ');
  return [
    {
      about: documents ? 'Sets, at most' : 'Sets',
      text: SET_NAMES.map((set) => `${grouped(counts[set])} ${set}`).join(', '),
    },
    { about: 'How', text: ofDocuments ?? (table ? ofTable : how) },
    { about: documents ? 'Vocabulary' : 'Input units', text: units.join(', ') },
    ...(balance === '' ? [] : [{ about: 'Balanced', text: balance }]),
  ];
}
