import type { Probe } from '../analysis/probe/probe';
import { probeOf } from '../analysis/probe/probes';
import { capital } from '../formats/in-sentence';
import type { Analyses } from '../experiment/experiment';
import { quote } from '../experiment/names';
import { probeChance, probeMeasureName, type ProbePart } from '../protocol/probe-words';
import type { MeasureInfo } from '../protocol/results';

/** What is measured by a probe. It is computed for all labels of a replicate at once (`run/probe-replicate.ts`). */
interface ProbeMeasure extends MeasureInfo {
  readonly name: string;
  readonly reads: readonly (keyof Analyses)[];
}

type Says = Pick<MeasureInfo, 'by' | 'formula' | 'meaning' | 'misleads' | 'source'> & {
  readonly words: string;
};

const fresh =
  'fitted on the fit set, the penalty chosen by three folds within it, scored on the test set; where both have the same stimuli (of documents: the same tokens, unless documents alone are to be fresh), by five folds of stimuli';

const parts: Readonly<Record<ProbePart, Says>> = {
  score: {
    words: '',
    by: ['label'],
    formula: fresh,
    meaning: 'How well the label can be decoded from the layer.',
    misleads: 'What can be decoded need be neither computed nor used.',
    source: 'Alain and Bengio 2016, arXiv 1610.01644',
  },
  control: {
    words: ', control task',
    by: ['label'],
    formula:
      'the same score where each combination of the values that the labels are made of has a random label, another draw for each seed',
    meaning: 'How well the probe decodes what can only be memorised.',
    misleads:
      'Of few combinations some random labels are easy; of as many as there are stimuli nothing carries over to fresh ones.',
    source: 'Hewitt and Liang 2019, arXiv 1909.03368',
  },
  untrained: {
    words: ', initial weights',
    by: ['label'],
    formula: 'the same score from the same layer of the same replicate before training',
    meaning: 'What of it needs no training: random features keep much of what the inputs say.',
    misleads: 'It depends on the initial scale and on the width of the layer.',
    source: 'Zhang and Bowman 2018, arXiv 1809.10040',
  },
  inputs: {
    words: ', inputs',
    by: ['label'],
    formula: 'the same score from the inputs themselves',
    meaning: 'What of it needs no network.',
    misleads: 'A layer may be no better, and still have moved what takes many units into few.',
    source: 'Hewitt and Liang 2019, arXiv 1909.03368',
  },
  conflict: {
    words: ', conflict',
    by: ['label', 'against'],
    formula:
      'share of the test stimuli on which two labels disagree for which the probe, fitted where they agree, decides for the label; with two numbers behind the other label: fitted on a label that is drawn, which the label and the other predict that often, independently of each other given it',
    meaning: 'Which of two labels that are confounded, or predict what is decoded, a decoder follows.',
    misleads: 'It tells what is easily decoded, not which of the two the network computes.',
    source: 'Hermann and Lampinen 2020, arXiv 2006.12433',
  },
  'conflict.untrained': {
    words: ', conflict, initial weights',
    by: ['label', 'against'],
    formula: 'the same share from the same layer of the same replicate before training',
    meaning: 'What of it needs no training.',
    misleads: 'It depends on the initial scale and on the width of the layer.',
    source: 'Hermann and Lampinen 2020, arXiv 2006.12433',
  },
  'conflict.inputs': {
    words: ', conflict, inputs',
    by: ['label', 'against'],
    formula: 'the same share from the inputs themselves',
    meaning: 'What of it needs no network.',
    misleads: 'A label that takes more input units is more easily followed.',
    source: 'Hermann and Lampinen 2020, arXiv 2006.12433',
  },
  transfer: {
    words: ', another checkpoint’s',
    by: ['label', 'fitted'],
    formula: 'the score of the probe that was fitted on the same layer at another step of training',
    meaning: 'Whether a label stays where it is in the layer while the network trains.',
    misleads: 'A drop may come of a change of scale or offset alone.',
    source: 'Lampinen and others 2026, arXiv 2601.20834',
  },
  between: {
    words: ', between parts of the stimuli',
    by: ['label', 'parts'],
    formula:
      'the score of the probe that was fitted on the fit stimuli of one part, on the test stimuli of each',
    meaning: 'Whether a label is in the same place of the layer in another part of the stimuli.',
    misleads:
      'A drop may come of a change of scale or offset alone; parts with few stimuli are told worse; and what carries over need not be used.',
    source: 'Lampinen and others 2026, arXiv 2601.20834',
  },
};

/** What probes of an experiment measure, in the order of the table; nothing where it asks for none. */
export function probeMeasures({ probe }: Pick<Analyses, 'probe'>): ProbeMeasure[] {
  if (!probe) return [];
  const { labels, conflict, transfer, between, where, fresh } = probe;
  const of = [
    where === undefined ? '' : ` Of stimuli for which ${quote(where)} holds alone.`,
    fresh ? ' Fresh are their documents: what they say others may say that were fitted on.' : '',
  ].join('');
  const kinds = new Set(labels.map(({ kind }) => kind));
  const wanted = (Object.keys(parts) as ProbePart[]).filter((part) =>
    part === 'transfer'
      ? transfer
      : part === 'between'
        ? between !== undefined
        : !part.startsWith('conflict') || conflict.length > 0,
  );
  const found = probe.kinds.map(probeOf).flatMap((own) => {
    const tellsReal = own.of.includes('real');
    const ofReal =
      kinds.has('real') && tellsReal ? wanted.filter((part) => !part.startsWith('conflict')) : [];
    const ofClasses = kinds.has('classes') || !tellsReal || conflict.length > 0 ? wanted : [];
    return [
      ...ofClasses.map((part) => measureOf(own, part, false)),
      ...ofReal.map((part) => measureOf(own, part, true)),
    ].map((measure) => ({ ...measure, formula: `${measure.formula}${of}` }));
  });
  return [...found, chance];
}

function measureOf(probe: Probe, part: ProbePart, isReal: boolean): ProbeMeasure {
  const { words, by, formula, meaning, misleads, source } = parts[part];
  const score = isReal ? 'R² on fresh stimuli' : 'balanced accuracy on fresh stimuli';
  return {
    name: probeMeasureName(probe.name, part, isReal),
    title: `Probe, ${probe.title.toLowerCase()}${isReal ? ', R²' : ''}${words}`,
    range: isReal ? 'atMostAll' : 'share',
    of: 'site',
    by,
    reads: ['probe'],
    formula: part === 'score' ? `${capital(score)}: ${formula}. ${probe.formula}` : `${capital(formula)}.`,
    meaning: part === 'score' ? `${meaning} ${probe.meaning}` : meaning,
    misleads: part === 'score' ? `${misleads} ${probe.misleads}` : misleads,
    source: part === 'score' ? `${source}; ${probe.source}` : source,
  };
}

const chance: ProbeMeasure = {
  name: probeChance,
  title: 'Probes, chance',
  range: 'share',
  of: 'site',
  by: ['label'],
  reads: ['probe'],
  formula: '1 / the values of the label that test stimuli have; 0 for R².',
  meaning: 'What is scored without any activations.',
  misleads: 'With few test stimuli scores about it are not rare.',
  source: 'scikit-learn, balanced_accuracy_score',
};
