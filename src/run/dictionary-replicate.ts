import { auroc, bestColumn, rankColumns, type RankedColumns } from '../analysis/dictionary/recovery';
import { type Dictionary, trainDictionary } from '../analysis/dictionary/dictionary';
import { pca, project } from '../analysis/pca';
import { fitSplits } from '../analysis/probe/cross-validate';
import type { Split } from '../analysis/probe/cross-validate';
import { logistic } from '../analysis/probe/logistic';
import type { ClassTarget } from '../analysis/probe/probe';
import { rowsOf } from '../analysis/some-rows';
import type { Matrix } from '../core/matrix';
import { END, type Values } from '../core/values';
import type { DictionaryAnalysis } from '../experiment/experiment';
import { dictionaryMeasures } from '../measures/dictionary';
import { foundOrWhy } from '../numerics/numerical-error';
import { averageRanks } from '../numerics/ranks';
import { dictionaryName, recoveredBy, recoveryName } from '../protocol/dictionary-words';
import { mainLayer } from '../protocol/layers';
import type { Recording } from '../sources/source';
import type { DrawnExperiment } from './drawn-experiment';
import type { KnownAnalysis } from './known-analysis';
import type { ProbedStimuli } from './probed-stimuli';

/** Adds what a dictionary of a layer of a replicate recovers, where that is asked for. */
export async function addDictionary(
  values: Values,
  drawn: DrawnExperiment,
  recording: Recording,
  known: KnownAnalysis | undefined,
): Promise<void> {
  const { dictionary } = drawn.analyses;
  if (!dictionary) return;
  const names = dictionaryMeasures(drawn.analyses).map(({ name }) => name);
  if (known && names.every((name) => known.has(name))) {
    for (const { value, why, ...place } of known.every(names)) values.add(place, value, why);
    return;
  }
  const { sites, checkpoints, replicate } = recording;
  const wanted = dictionary.at ?? mainLayer(sites)?.name;
  const site = sites.find(({ name }) => name === wanted)?.name;
  if (site === undefined) return;
  const last = checkpoints.length - 1;
  const stimuli = drawn.dictionaryStimuli;
  const rows = stimuli.rows(
    await recording.activations(site, 'fit', last),
    await recording.activations(site, 'test', last),
  );
  addFound(values, site, stimuli, rows, dictionary, replicate.seed);
}

/** Rows to fit and fresh ones. */
type Halves = Readonly<Record<'fit' | 'test', Matrix<Float64Array>>>;

function addFound(
  values: Values,
  site: string,
  { targets, fitting }: ProbedStimuli,
  rows: Matrix<Float64Array>,
  { size, sparsity }: DictionaryAnalysis,
  seed: number,
): void {
  const [split] = fitting.splits;
  const halves = { fit: rowsOf(rows, split.train), test: rowsOf(rows, split.test) };
  const { found, why } = foundOrWhy(() => {
    const dictionary = trainDictionary(halves.fit, size, sparsity, ['dictionary', seed]);
    return { codes: codesOf(dictionary, halves), dictionary };
  });
  const told = targets.flatMap(({ target }) => (target?.kind === 'classes' ? [target] : []));
  const ranked = found && {
    dictionary: rankedOf(found.codes),
    units: rankedOf(halves),
    components: rankedOf(componentsOf(halves)),
  };
  const probes =
    found &&
    fitSplits([logistic], rows, told, { ...fitting, splits: [split], random: ['dictionary', seed] })[0];
  for (const { name, target, why: untold } of targets)
    for (const by of recoveredBy) {
      const place = { measure: recoveryName(by), checkpoint: END, site, label: name };
      if (!ranked || !probes || target?.kind !== 'classes') {
        values.add(place, null, untold ?? why);
        continue;
      }
      const decide = probes[told.indexOf(target)][0].decide;
      const value =
        by === 'probe' ? byProbe(decide(halves.test), target, split) : byBest(ranked[by], target, split);
      values.add(place, value, 'A value of it has no fresh stimulus, or all.');
    }
  const numbers = found ? numbersOf(found.dictionary, found.codes, halves) : null;
  for (const number of ['variance', 'active', 'dead'] as const)
    values.add({ measure: dictionaryName(number), checkpoint: END, site }, numbers?.[number] ?? null, why);
}

function codesOf({ codes }: Dictionary, { fit, test }: Halves): Halves {
  return { fit: codes(fit), test: codes(test) };
}

function componentsOf({ fit, test }: Halves): Halves {
  const found = pca(fit, Math.min(fit.rows, fit.cols));
  return { fit: found.scores, test: project(found, test) };
}

type Ranked = Readonly<Record<'fit' | 'test', RankedColumns>>;

function rankedOf({ fit, test }: Halves): Ranked {
  return { fit: rankColumns(fit), test: rankColumns(test) };
}

/** The classes that are told from the rest: the second of two, or each. */
function classesOf({ classes }: ClassTarget): number[] {
  return classes === 2 ? [1] : Array.from({ length: classes }, (_, at) => at);
}

function byBest({ fit, test }: Ranked, target: ClassTarget, split: Split): number | null {
  const isOf = (rows: Uint32Array, value: number) => (row: number) => target.of[rows[row]] === value;
  return meanOf(
    classesOf(target).map((value) =>
      bestColumn(fit, test, isOf(split.train, value), isOf(split.test, value)),
    ),
  );
}

/** @param decisions outputs × rows */
function byProbe({ cols, data }: Matrix<Float64Array>, target: ClassTarget, { test }: Split): number | null {
  return meanOf(
    classesOf(target).map((value, output) =>
      auroc(
        averageRanks(data.slice(output * cols, (output + 1) * cols)),
        (row) => target.of[test[row]] === value,
      ),
    ),
  );
}

function meanOf(areas: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const area of areas) {
    if (area === null) return null;
    sum += area / areas.length;
  }
  return sum;
}

function numbersOf(
  { rebuilt }: Dictionary,
  { fit, test: codes }: Halves,
  { test }: Halves,
): Record<'variance' | 'active' | 'dead', number> {
  const { rows, cols, data } = test;
  const means = new Float64Array(cols);
  data.forEach((value, at) => (means[at % cols] += value / rows));
  const back = rebuilt(codes).data;
  let [left, all] = [0, 0];
  data.forEach((value, at) => {
    left += (value - back[at]) ** 2;
    all += (value - means[at % cols]) ** 2;
  });
  const units = codes.cols;
  const isUsed = new Uint8Array(units);
  for (const half of [fit, codes]) half.data.forEach((value, at) => value > 0 && (isUsed[at % units] = 1));
  return {
    variance: 1 - left / all,
    active: codes.data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / rows,
    dead: 1 - isUsed.reduce((sum, used) => sum + used, 0) / units,
  };
}
