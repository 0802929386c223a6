import { CLEAR, VISIBLE } from '../../../src/analysis/agreement';
import { areBrought, bestModel, meanOf, turnedWinners } from '../../../src/analysis/model-agreement';
import { capital } from '../../../src/formats/in-sentence';
import { mainLayer } from '../../../src/protocol/layers';
import { inferenceNames, metricNames } from '../../../src/protocol/measure-names';
import type { ModelScores } from '../../../src/protocol/model-scores';
import type { InferenceMethod } from '../../../src/protocol/rdm-words';
import type { ModelTests, NetworkResults, Results } from '../../../src/protocol/results';
import { pCell } from '../cell';
import { modelScoresPicture } from '../charts/model-scores';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural, shown } from '../number';
import { type Block, figure, type Panel, type View, withoutPicture } from '../panel';
import { replicateWord } from '../replicate-name';
import { hazardsAt } from './hazard-places';

const corrections = { fdr: 'FDR', bonferroni: 'Bonferroni', none: 'not corrected' } as const;

/** What p counts below. */
const LEVEL = 0.05;

/** How well model RDMs do for the RDMs of each network and recording: scores, noise ceilings, tests. */
export const modelTestsPanel: Panel = {
  id: 'modelTests',
  title: 'Model tests',
  follows: ['layer'],
  choices: {},
  offered: ({ results }) => results.modelTests !== undefined,
  draw(_, view) {
    const all = testedIn(view);
    if (all.length === 0)
      return [
        {
          block: 'note',
          text: 'Model RDMs are tested last, when all replicates have ended and were compared.',
        },
      ];
    return all.flatMap((tests) => [
      scoreFigure(view, tests),
      ...(tests.differences.length === 0
        ? []
        : [figure(`Differences of models of ${tests.network}`, differencesOf(tests))]),
      ...(tests.agreement
        ? [figure(`Agreement of measures for ${tests.network}`, agreementOf(view.results, tests))]
        : []),
    ]);
  },
};

/** The scores alone, of each network and recording whose models were tested. */
export function modelScoreFigures(view: View): Block[] {
  return testedIn(view).map((tests) => scoreFigure(view, tests));
}

function testedIn(view: View): ModelTests[] {
  return view.results.networks.flatMap((network) => testsOf(view, network) ?? []);
}

function scoreFigure({ results }: View, tests: ModelTests): Block {
  const network = results.networks.find(({ name }) => name === tests.network);
  return figure(`Model RDMs of ${tests.network}`, scoresOf(results, tests, network));
}

function placeName({ network, layer }: ModelTests): string {
  return network === layer ? network : `${network}, ${layer}`;
}

/** Of the layer that is looked at; where a network has none of that name, of its main one. */
function testsOf(
  { results, layer, replicate }: View,
  { name, layers }: NetworkResults,
): ModelTests | undefined {
  const own = (results.modelTests ?? []).filter(
    ({ network, point = 0 }) => network === name && point === replicate.point,
  );
  return own.find((one) => one.layer === layer) ?? own.find((one) => one.layer === mainLayer(layers)?.name);
}

function scoresOf(results: Results, tests: ModelTests, network: NetworkResults | undefined): FigureContent {
  const name = placeName(tests);
  const { models, seeds, why = '' } = tests;
  if (models.every(({ value }) => value === null))
    return withoutPicture(`${name}: no model RDM has a score. ${why}`);
  const isRecorded = network?.recorded === true;
  const measure = inferenceNames[tests.method as InferenceMethod];
  const names = seeds.map((seed) => replicateWord(results, { source: tests.network, seed }));
  const scores: ModelScores = {
    ...tests,
    ...{ measure: tests.weighted ? `${measure}, cross-validated` : measure, level: LEVEL },
    subjects: seeds.length,
    subjectNames: names,
    ceilingName: isRecorded ? 'noise ceiling' : 'replicate consistency',
    tests: corrections[tests.correction],
  };
  return {
    title: `Model RDMs of ${name}`,
    of: name,
    hazards: hazardsAt(results.hazards, 'models', { network: tests.network }),
    chart: pictureChart(() => modelScoresPicture(scores)),
    description: `${plural(models.length, 'model')}.${ceilingText(tests, scores.ceilingName)}`,
    caption: captionOf(results, tests, scores),
    tableOpen: true,
    table: {
      columns: ['model', scores.measure, 'p above 0', 'p lower ceiling', ...(tests.weighted ? [] : names)],
      rows: models.map(({ name: model, value, low, high, aboveZero, ceiling: below, bySubject }) => [
        model,
        { mean: value, low, high },
        pCell(aboveZero.corrected),
        pCell(below.corrected),
        ...bySubject,
      ]),
    },
  };
}

/** Nothing where there is none. */
function ceilingText({ ceiling: { lower, upper } }: ModelTests, name = 'noise ceiling'): string {
  return lower === null || upper === null
    ? ''
    : ` ${capital(name)} ${shown(lower, true)} to ${shown(upper, true)}`;
}

function captionOf(results: Results, tests: ModelTests, { ceilingName, measure }: ModelScores): string {
  const { rdm } = results;
  const { stimuli, pairs, resampled, draws, drawsUsed, test, degrees, correction, why } = tests;
  const band = ceilingText(tests, ceilingName);
  const says =
    band === ''
      ? ''
      : `${band}: how well the mean RDM of all other replicates (lower end) and of all (upper end) does; no model is expected above it.`;
  const how =
    test === 't'
      ? `t tests (${plural(degrees, 'degree')} of freedom), above 0 one-sided, others two-sided`
      : 'shares of draws, above 0 and below the ceiling one-sided, between models two-sided';
  const corrected = correction === 'none' ? 'not corrected' : `corrected by ${corrections[correction]}`;
  return `${measure} of model RDMs with the RDMs (${areBrought(results, tests) ? 'as they were brought along' : metricNames[rdm.metric]}) of ${plural(tests.seeds.length, 'replicate')}: ${plural(stimuli, rdm.over === 'stimuli' ? 'stimulus' : 'condition', rdm.over === 'stimuli' ? 'stimuli' : 'conditions')}, ${pairs.toLocaleString('en')} pairs.${says} Intervals and p: bootstrap over ${resampled.join(' and ')}, ${drawsUsed === draws ? '' : `${drawsUsed.toLocaleString('en')} of `}${draws.toLocaleString('en')} draws; ${how}, ${corrected}.${why === undefined ? '' : ` ${why}`}`;
}

/** Which model is best by every standard distance and comparison. */
function agreementOf(results: Results, tests: ModelTests): FigureContent {
  const name = placeName(tests);
  const asBrought = areBrought(results, tests);
  const { agreement = [], models } = tests;
  const turned = turnedWinners(tests).map(({ by }) => by);
  const best = agreement.map((one) => models[bestModel(one) ?? -1]?.name ?? null);
  const others = best.filter((one) => one !== best[0]).length;
  const shownModels = models.slice(0, agreement[0]?.bySubject.length ?? 0);
  return {
    title: `Agreement of measures, ${name}`,
    of: name,
    chart: null,
    description: '',
    caption: `${name}: mean similarity of each model RDM with those of ${plural(tests.seeds.length, 'replicate')}, by every standard distance and comparison; those that were chosen stand first. ${others === 0 ? 'The same model is best by all.' : `Another model is best by ${plural(others, 'measure')}, and clearly so by ${turned.length} (each ahead of the other by ${VISIBLE} or more, its ${100 * CLEAR} % interval over replicates above 0).`}`,
    tableOpen: true,
    table: {
      columns: [
        'distance',
        'comparison',
        'best model',
        ...(turned.length === 0 ? [] : ['agreement']),
        ...shownModels.map((model) => model.name),
      ],
      rows: agreement.map((one, at) => [
        asBrought ? 'as brought along' : metricNames[one.metric].replace(/ distance$/, ''),
        ...[inferenceNames[one.method], best[at] ?? null],
        ...(turned.length === 0 ? [] : [turned.includes(one) ? 'turns' : '']),
        ...one.bySubject.map(meanOf),
      ]),
    },
  };
}

function differencesOf(tests: ModelTests): FigureContent {
  const name = placeName(tests);
  const { differences } = tests;
  return {
    title: `Differences of models, ${name}`,
    of: name,
    chart: null,
    description: '',
    caption: 'Each two models: the score of the first less that of the second, and its corrected p.',
    table: {
      columns: ['models', 'difference', 'p'],
      rows: differences.map(({ first, second, difference, corrected }) => [
        `${first} – ${second}`,
        difference,
        pCell(corrected),
      ]),
    },
  };
}
