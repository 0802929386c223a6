import type { Results } from '../../src/protocol/results';
import { counterpartsName } from '../../src/protocol/counterpart-words';
import { own } from '../../src/protocol/own';
import { betweenPart, probeMeasureName } from '../../src/protocol/probe-words';
import { type GalleryFigure, minus, numbersOf, right } from './figure';

const once = (results: Results, scope: string): number[] => right(results, 'at once', scope);
const steps = (results: Results, scope: string): number[] =>
  right(results, 'step by step', `${scope} by chain`);

const NETWORKS = ['at once', 'step by step'];
const LAST = 'layer2.residual';
const TOLD = 'between, told and not told';
const ACROSS = 'between, within and across';
const COUNTERPARTS = [TOLD, ACROSS, 'as head and between', 'between and as tail', 'as head and as tail'];
const SITES = ['layer1.residual', LAST];
const PROBE = probeMeasureName('nearest-mean', 'between');
/** Of the probe of the community of what is between: fitted where what follows was told. */
const PARTS = ['trained, within', 'heldOut, within', 'heldOut, across'];

/** The reduced form asks for accuracies alone. */
const hasBridge = (results: Results): boolean =>
  own(results.measures, counterpartsName('told')) !== undefined;

const matched = (results: Results, network: string, label: string, site = LAST): number[] =>
  numbersOf(results, network, counterpartsName('told'), { site, label });

const figure: GalleryFigure = {
  number: 29,
  example: 'two-hops',
  question: 'Two facts are told, and what follows from them is not. Is it known at once, or step by step?',
  source: 'Abreu and others (2025), arXiv 2508.17669',
  pictures: [
    {
      panel: 'dynamics',
      figure: 'Training',
      caption:
        'Share of documents answered rightly over training by the network that is trained on what follows at once: within communities some of what was not told, across them nothing. It never saw a chain.',
    },
    {
      panel: 'dynamics',
      choices: { Network: 'step by step' },
      figure: 'Training',
      caption:
        'The same of the network that is trained on chains: what was not told is told step by step, across communities, too, of which no document tells anything that follows.',
    },
    {
      panel: 'counterparts',
      caption:
        'The state from which what follows is said, at the second relation. Above, the entity between, which is not said: its mean state where what follows was told beside that where it was not, within communities and across, among entities of its community. Below, an entity as head, between and as tail.',
    },
    {
      panel: 'probes',
      figure: 'Between parts, bridgeCommunity',
      caption:
        'A probe of the community of the entity between, in the network that answers at once, fitted where what follows was told, and scored where it was not: within a community it is that of the head, across communities it need not be.',
    },
    {
      panel: 'pca',
      caption:
        'The same states in their first two components, coloured by community: communities do not stand apart in them.',
    },
  ],
  numbers: (results) =>
    ['within', 'across']
      .flatMap((scope) => [
        { what: `${scope} communities, at once`, values: once(results, scope), range: 'share' as const },
        {
          what: `${scope} communities, step by step (both entities right)`,
          values: steps(results, scope),
          range: 'share' as const,
        },
      ])
      .concat(
        hasBridge(results)
          ? NETWORKS.flatMap((network) => [
              ...COUNTERPARTS.flatMap((label) =>
                SITES.map((site) => ({
                  what: `${label}: told from another of its community by the state in ${site} (half by chance), ${network}`,
                  values: matched(results, network, label, site),
                  range: 'share' as const,
                })),
              ),
              ...PARTS.map((part) => ({
                what: `community of what is between, by a probe of ${LAST} that was fitted where it was told (a tenth by chance): ${part}, ${network}`,
                values: numbersOf(results, network, PROBE, {
                  ...{ site: LAST, label: 'bridgeCommunity', part: betweenPart(PARTS[0], part) },
                }),
                range: 'share' as const,
              })),
            ])
          : [],
      ),
  effects: (results) => [
    {
      says: 'within communities what follows is told step by step more often than at once (difference of shares)',
      values: minus(steps(results, 'within'), once(results, 'within')),
      expect: 'above',
    },
    {
      says: 'across communities, too',
      values: minus(steps(results, 'across'), once(results, 'across')),
      expect: 'above',
    },
    {
      says: 'step by step within communities more often than across (difference of shares)',
      values: minus(steps(results, 'within'), steps(results, 'across')),
      expect: 'report',
    },
    {
      says: 'at once within communities more often than across (difference of shares)',
      values: minus(once(results, 'within'), once(results, 'across')),
      expect: 'report',
    },
    // The reduced form has too few documents for it.
    ...(hasBridge(results)
      ? NETWORKS.flatMap((network) => [
          {
            says: `the state of the entity between where what follows was told tells the one where it was not, from others of its community (${network}, ${LAST}; share above a half)`,
            values: matched(results, network, TOLD).map((share) => share - 0.5),
            expect: 'report' as const,
          },
          {
            says: `the same across communities, where nothing that follows was told (${network}, ${LAST}; share above a half)`,
            values: matched(results, network, ACROSS).map((share) => share - 0.5),
            expect: 'report' as const,
          },
        ])
      : []),
  ],
  conclude: [
    'What follows from two facts that no single source has told can be told step by step by who has learned all their facts.',
    'At once it is hardly told, and across communities not at all: both facts are known, and are not put together.',
    'In who answers at once the entity between is in the state from which the answer is said: its state where what follows was told tells the one where it was not from others of its community (0.79 of pairs, half by chance). In who says it step by step, which need not have it there yet, it is hardly so (0.63; what has the same entity between often begins with the same words).',
    'Across communities, of which nothing that follows was told, it is there less (0.64), and a probe of its community that was fitted where it was told falls from 0.82 within to 0.31: the first of the two steps is not taken there as it is within.',
  ],
  notConclude: [
    'That composition at once never comes: with more of what follows in training, and training for much longer, it is known to come late (arXiv 2405.15071).',
    'That chains compare the same answers: a chain is right where both of its entities are, which is more to say, and the network that says it was trained on longer documents.',
    'That an entity has one code as head, between and as tail: by its state none of these tells another; a linear map does in part (between and tail). Below a half is what documents bring with them in which one is the head and another of its community between: means of both share their states.',
  ],
  // Fewer communities and entities, and all that follows but what is asked.
  reduced(file) {
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: {
          hops: { communities: 4, entities: 8, relations: 4, degree: 4, inside: 3, composed: 1, heldOut: 40 },
        },
      },
      training: { ...file.training, learningRate: 0.005, steps: 400, batchSize: 64, checkpoints: 2 },
      seeds: 2,
      analyses: { at: 'role == second and kind == latent', selectivity: { permutations: 0 } },
    };
  },
};
export default figure;
