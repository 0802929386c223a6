import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf } from './figure';

const network = 'baseline';
const SPLITS = ['trained', 'rephrase', 'reversal', 'syllogism', 'parentOnly'] as const;
const SITES = ['embedding', 'layer1.residual', 'layer2.residual'] as const;
const CUES = ['strong cues', 'reduced cues'] as const;

const of = (results: Results, measure: string, split: string, cues: (typeof CUES)[number]): number[] =>
  numbersOf(results, network, measure, { label: `${split}, ${cues}` });

const NOT_SAID = ['reversal', 'syllogism', 'parentOnly'] as const;

/** Replicate by replicate. */
function meanOver(lists: readonly number[][]): number[] {
  return (lists.at(0) ?? []).map((_, at) => lists.reduce((sum, list) => sum + list[at], 0) / lists.length);
}

/** Share with strong cues less that with reduced ones. */
const gap = (results: Results, split: string): number[] =>
  minus(of(results, 'accuracy', split, 'strong cues'), of(results, 'accuracy', split, 'reduced cues'));

const figure: GalleryFigure = {
  number: 26,
  example: 'semantic-structure',
  question:
    'What is true of things in a tree is said, and some of it in no form. Does a network know it, or associate?',
  source: 'Lampinen and others (2025), arXiv 2509.16189 and 2505.00661',
  pictures: [
    {
      panel: 'dynamics',
      figure: 'Training',
      caption:
        'Share of questions answered rightly over training, by evaluation set, among 16 answers: what was not said in the direction that is asked, or of leaves of which the parent alone is known, is answered where wrong answers are of other branches (strong cues), much less among answers of the same branch (reduced cues). Below: the branch and the family in the states of leaves.',
    },
    {
      panel: 'dynamics',
      figure: 'Model RDMs over training',
      caption:
        'How far leaves are apart in each layer as they are in the tree, and as the words are that stand in training documents with them (Jensen–Shannon distance): each alone (dotted), and with the other held (solid).',
    },
  ],
  numbers: (results) => [
    ...SITES.flatMap((site) =>
      ['branch', 'family'].map((label) => ({
        what: `RSA of leaves in ${site} with who are of one ${label}`,
        values: numbersOf(results, network, 'modelRsa', { site, label }),
        range: 'similarity' as const,
      })),
    ),
    ...SITES.flatMap((site) =>
      ['tree', 'co-occurrence'].flatMap((label) => [
        {
          what: `RSA of leaves in ${site} with ${label} alone`,
          values: numbersOf(results, network, 'rsaOfModel', { site, label }),
          range: 'similarity' as const,
        },
        {
          what: `RSA of leaves in ${site} with ${label}, the other held`,
          values: numbersOf(results, network, 'partialRsa', { site, label }),
          range: 'similarity' as const,
        },
      ]),
    ),
    ...SPLITS.flatMap((split) =>
      CUES.flatMap((cues) => [
        {
          what: `${split}, ${cues}: right among 16 answers`,
          values: of(results, 'accuracy', split, cues),
          range: 'share' as const,
        },
        {
          what: `${split}, ${cues}: mean reciprocal rank`,
          values: of(results, 'reciprocalRank', split, cues),
          range: 'share' as const,
        },
      ]),
    ),
  ],
  effects: (results) => [
    {
      says: 'what was not said as it is asked (reversal, syllogism, parentOnly) is answered more often among answers of other branches than among those of the same (strong − reduced cues, mean of the three)',
      values: meanOver(NOT_SAID.map((split) => gap(results, split))),
      expect: 'above',
    },
    ...SPLITS.map((split) => ({
      says: `${split}: strong − reduced cues`,
      values: gap(results, split),
      expect: 'report' as const,
    })),
    {
      says: 'reversals among answers of the same branch are answered less often than what was said in other words (reduced cues)',
      values: minus(
        of(results, 'accuracy', 'rephrase', 'reduced cues'),
        of(results, 'accuracy', 'reversal', 'reduced cues'),
      ),
      expect: 'above',
    },
  ],
  conclude: [
    'Part of what is answered rightly is association with a branch of the tree: among answers of the same branch less is, most of all of reversals and of leaves of which the parent alone is known.',
    'Other words are no difficulty, and what is inherited is answered from the weights: other statements of the same thing share what is learned. The other direction is.',
    'What lies apart in the layers keeps other company in the documents: RSA with co-occurrence is 0.63 in layer2.residual, and with the tree 0.03. Early in training the embedding, too, follows the company, and the tree later.',
  ],
  notConclude: [
    'That retrieval helps where cues are reduced, as in the paper: it is not tried here.',
    'That states follow the tree in all layers: where a leaf is read its embedding is like those of its branch and family, and what is made of it hardly (RSA). Nor that they follow it because it was inferred: things of a family are spoken of in the same words, and what they are said with explains it as well.',
    'That the layers have the tree upside down: the partial RSA of the tree is far below 0 because the two models are told apart by the eight leaves of which the parent alone is said. They keep company unlike all others, wherever they are in the tree, and the states follow that. Among the other leaves the two models correlate at .99, and nothing of these documents tells which of them is followed.',
  ],
  // A smaller tree, and narrower networks.
  reduced(file) {
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: {
          hierarchy: {
            levels: [4, 3, 4],
            properties: 2,
            documents: 8,
            heldOut: 24,
            parentOnly: 12,
            choices: 8,
          },
        },
      },
      network: { transformer: { layers: 1, width: 48, heads: 4 } },
      training: { ...file.training, learningRate: 0.005, steps: 300, checkpoints: 2 },
      seeds: 3,
      analyses: {
        ...file.analyses,
        // Tests of models take long, and nothing is claimed of them.
        inference: undefined,
      },
    };
  },
};
export default figure;
