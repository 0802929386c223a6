import { experimentAt } from '../../src/experiment/replicates';
import { varianceInPart } from '../../src/protocol/measure-names';
import { betweenPart, probeChance } from '../../src/protocol/probe-words';
import type { Results } from '../../src/protocol/results';
import { readExperiment } from '../../src/sources/read-experiment';
import { drawDocuments } from '../../src/stimuli/documents/kinds';
import type { Effect, GalleryFigure } from './figure';
import { minus, numbersOf } from './figure';

const network = 'transformer';
const SITE = 'layer1.residual';
/** Without the embedding, which is that of the token: at the end of documents there is one. */
const SITES = ['layer1.attention', 'layer1.mlp', SITE, 'readout'];
const ROLES = ['relation', 'tail', 'end'];
const [OWN, OTHER] = ['other heads: false', 'other heads: true'];
/** How well the expert is decoded once the answer is said, at a point: a number per replicate. */
const decoded = (results: Results, point: number, part = '', site = SITE): number[] =>
  numbersOf(results, network, `probe.ridge${part}`, { point, site, label: 'expert' });

/** Of who guesses. */
const chance = (results: Results, point: number): number =>
  numbersOf(results, network, probeChance, { point, site: SITE, label: 'expert' })[0];

/** The same for heads that the probe was not fitted on, the mean of both halves. */
function elsewhere(results: Results, point: number): number[] {
  const [one, other] = [betweenPart(OWN, OTHER), betweenPart(OTHER, OWN)].map((part) =>
    numbersOf(results, network, 'probe.ridge.between', { point, site: SITE, label: 'expert', part }),
  );
  return one.map((score, replicate) => (score + other[replicate]) / 2);
}

/** The share of variance that the expert explains, where it explains most: the greatest over tokens and layers. */
function mostExplained(results: Results, point: number): number[] {
  const all = SITES.flatMap((site) =>
    ROLES.map((part) => numbersOf(results, network, varianceInPart, { point, site, label: 'expert', part })),
  );
  return all[0].map((_, replicate) => Math.max(...all.map((shares) => shares[replicate])));
}

/** Balanced accuracy of readers who know of each expert what it speaks of and what it believes, and take the likeliest, by what they read. */
interface Readers {
  /** All that is said. */
  readonly said: number;
  /** The token of the answer alone. */
  readonly answer: number;
  /** Of which cluster the fact is, and whether the answer is right: all that carries over to other facts. */
  readonly kind: number;
}

/** By the exact probabilities with which experts speak: each speaks as much, of every fact with the weight that "prefers" gives it, and always says of it the same. */
function readersOf(results: Results, point: number): Readers {
  const { experiment } = readExperiment(results.experiment);
  const plan = experiment && experimentAt(experiment, point).stimuli.documents?.plan;
  if (!experiment || !plan) throw new Error('These are no documents.');
  const { prefers } = plan.settings as { prefers: number };
  const { train } = drawDocuments(plan, experiment.stimuli.seed);
  const [who, head, relation, tail, cluster, right] = [
    ...['expert', 'head', 'relation', 'tail', 'cluster', 'right'],
  ].map((name) => {
    const { codes, values } = train.columns.find((column) => column.name === name) ?? train.columns[0];
    return (document: number): string => values[codes[train.starts[document]]];
  });
  const spoken = new Map<string, Map<string, number>>();
  for (let document = 0; document < train.starts.length - 1; document++) {
    const facts = spoken.get(who(document)) ?? new Map<string, number>();
    facts.set(`${head(document)} ${relation(document)}`, document);
    spoken.set(who(document), facts);
  }
  const best = (read: (document: number) => string): number => {
    const most = new Map<string, number>();
    for (const facts of spoken.values()) {
      const own = new Map<string, number>();
      let all = 0;
      for (const document of facts.values()) {
        const weight = right(document) === 'right' ? prefers : 1 - prefers;
        own.set(read(document), (own.get(read(document)) ?? 0) + weight);
        all += weight;
      }
      for (const [said, weight] of own) most.set(said, Math.max(most.get(said) ?? 0, weight / all));
    }
    return [...most.values()].reduce((sum, share) => sum + share, 0) / spoken.size;
  };
  return {
    said: best((document) => `${head(document)} ${tail(document)}`),
    answer: best(tail),
    kind: best((document) => `${cluster(document)} ${right(document)}`),
  };
}

/** Points by how much experts prefer what they know. */
const points = (results: Results): { point: number; prefers: string }[] =>
  (results.sweep?.points ?? []).map(({ values: [prefers] }, point) => ({ point, prefers }));

const figure: GalleryFigure = {
  number: 28.5,
  example: 'who-speaks',
  question: 'Nothing in a document says which expert speaks. Is it in the states of a network all the same?',
  source:
    'Abreu and others (2025), arXiv 2508.17669; control tasks: Hewitt and Liang (2019), arXiv 1909.03368',
  recipe:
    'The source asks what a network answers, and not what it represents of its experts; the question of this page is ours.',
  pictures: [
    {
      panel: 'overview',
      figure: 'Variance explained, part by part',
      caption:
        'Share of the variance of each layer that the expert, the cluster of the fact and whether the answer is right explain, at the relation, the answer and the end of a document, where experts speak of anything alike. Expert and right: nothing.',
    },
    {
      panel: 'probes',
      figure: 'By layer',
      caption:
        'How well the expert is decoded from each layer once the answer is said, in documents that the probe was not fitted on, though others said the same; beside it with initial weights, from the token alone, and a random label for all that is said (control task). A tenth by chance.',
    },
    {
      panel: 'probes',
      figure: 'Between parts, expert',
      caption:
        'The same probe fitted on documents of one half of the heads, and scored on each half: to heads that it was not fitted on it does not carry over.',
    },
  ],
  numbers: (results) =>
    points(results).flatMap(({ point, prefers }) => {
      const { said, answer, kind } = readersOf(results, point);
      const number = (what: string, values: number[]) => ({ what: `preference ${prefers}: ${what}`, values });
      return [
        number(
          `expert, from ${SITE} (who reads all that is said: ${said.toFixed(3)})`,
          decoded(results, point),
        ),
        number('… with initial weights', decoded(results, point, '.untrained')),
        number(
          `… from the token of the answer alone (who reads it: ${answer.toFixed(3)})`,
          decoded(results, point, '.inputs'),
        ),
        number('… a random label for all that is said (control task)', decoded(results, point, '.control')),
        number(
          `… of heads that the probe was not fitted on (who reads the cluster, and whether the answer is right: ${kind.toFixed(3)})`,
          elsewhere(results, point),
        ),
        number('expert, from layer1.mlp', decoded(results, point, '', 'layer1.mlp')),
        number('… with initial weights', decoded(results, point, '.untrained', 'layer1.mlp')),
        number(
          '… a random label for all that is said (control task)',
          decoded(results, point, '.control', 'layer1.mlp'),
        ),
        number(
          `variance of ${SITE} that the cluster explains, at the answer`,
          numbersOf(results, network, varianceInPart, { point, site: SITE, label: 'cluster', part: 'tail' }),
        ),
        number(
          'variance that the expert explains, the greatest over tokens and layers',
          mostExplained(results, point),
        ),
      ];
    }),
  effects: (results) =>
    points(results).flatMap(({ point, prefers }): Effect[] => {
      const at = `preference ${prefers}:`;
      const found = decoded(results, point);
      const { said } = readersOf(results, point);
      const guessed = chance(results, point);
      return [
        {
          says: `${at} the expert explains next to nothing of the variance of any layer, at the relation, the answer and the end (share, the greatest over layers and tokens)`,
          values: mostExplained(results, point),
          expect: 'below',
          than: 0.05,
        },
        {
          says: `${at} the expert is decoded from ${SITE} in documents that say what others say (balanced accuracy above chance)`,
          values: found.map((score) => score - guessed),
          // Where a fact says nothing of who speaks there is hardly more than chance.
          expect: Number(prefers) > 0.5 ? 'above' : 'report',
        },
        {
          says: `${at} a random label for all that is said is decoded better (difference of balanced accuracies)`,
          values: minus(decoded(results, point, '.control'), found),
          expect: 'above',
        },
        {
          says: `${at} to heads that the probe was not fitted on it does not carry over (balanced accuracy above chance)`,
          values: elsewhere(results, point).map((score) => score - guessed),
          // The reduced form has too few documents for so narrow an interval.
          expect: found.length < 5 ? 'report' : 'below',
          than: 0.05,
        },
        {
          says: `${at} it is decoded better than from initial weights (difference of balanced accuracies)`,
          values: minus(found, decoded(results, point, '.untrained')),
          expect: 'report',
        },
        {
          says: `${at} of what who reads all that is said can tell above chance, the probe tells (share)`,
          values: found.map((score) => (score - guessed) / (said - guessed)),
          expect: 'report',
        },
      ];
    }),
  conclude: [
    'These networks do not keep who speaks: the expert explains next to nothing of their variance, and once the answer is said a linear probe decodes it in 12 % of documents where experts speak of anything alike, and in 17 % where they keep to what they know (10 % by chance). Who reads the same tokens, and knows the experts, tells it in 56 and 29 %.',
    'What is decoded is what was said, and not who said it: from the token of the answer alone, and from initial weights, the expert is decoded as well or better (16 and 19 %, 16 and 17 %), a random label for all that is said far better (27 and 63 %), and for heads that the probe was not fitted on it is not decoded at all (10 %, where the cluster and whether the answer is right would tell 20 and 24 %).',
    'Transcendence needs no knowledge of who speaks: the votes for an answer are counted without it, as the table of counts of “Denoising” does.',
  ],
  notConclude: [
    'That networks cannot tell who speaks: here a document ends with the answer, and nothing in it depends on who speaks once the fact is given but the answer itself. Training gives no reason to keep it; documents in which one expert says several things would.',
    'That 12 % are a property of the states: how much of what is said a probe memorises depends on the documents that it is fitted on (2,048). Of 1,024 it decoded 9 % there. From layer1.mlp, of four times as many units, it decodes 15 and 22 %; with initial weights 22 and 22 %.',
    'That no probe could: a table of what each expert believes reads it from the tokens, and these can be read from the states. It would be the table that knows.',
  ],
  // One point, fewer documents and steps, and a narrower network.
  reduced: (file) => ({
    ...file,
    sweep: { 'stimuli.documents.experts.prefers': [0.95] },
    stimuli: {
      ...{ seed: 0, fit: 3072, test: 1536 },
      documents: {
        experts: {
          heads: 20,
          relations: 4,
          tails: 6,
          experts: 10,
          clusters: 20,
          knows: 0.4,
          prefers: 0.5,
          visits: 80,
        },
      },
    },
    network: { transformer: { layers: 1, width: 16, heads: 2 } },
    training: { ...file.training, steps: 200, batchSize: 64 },
    seeds: 3,
  }),
};
export default figure;
