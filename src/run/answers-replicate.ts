import { pearson } from '../analysis/statistics/pearson';
import { END, type Values } from '../core/values';
import { answersMeasures } from '../measures/answers';
import { drawnAccuracy, marginCorrelation, marginOfAnswer } from '../protocol/answer-words';
import type { Recording } from '../sources/source';
import type { DrawnExperiment } from './drawn-experiment';
import type { KnownAnalysis } from './known-analysis';

/** Adds what else is measured of the answers of a replicate to evaluation sets, at its end, where that is asked for. */
export async function addAnswers(
  values: Values,
  drawn: DrawnExperiment,
  recording: Recording,
  known: KnownAnalysis | undefined,
): Promise<void> {
  const { answers } = drawn.analyses;
  if (!answers || !recording.drawnAnswers) return;
  const names = answersMeasures(drawn.analyses).map(({ name }) => name);
  if (known && names.every((name) => known.has(name))) {
    for (const { value, why, ...place } of known.every(names)) values.add(place, value, why);
    return;
  }
  const { temperatures } = answers;
  const found = await recording.drawnAnswers(temperatures, recording.checkpoints.length - 1);
  for (const [label, { shares, margins }] of found) {
    const at = { checkpoint: END, label };
    for (const [i, temperature] of temperatures.entries())
      values.add({ ...at, measure: drawnAccuracy, part: String(temperature) }, shares[i]);
    const votes = drawn.voteMargins.get(label);
    if (!votes) continue;
    for (const [document, margin] of margins.entries())
      values.add(
        { ...at, measure: marginOfAnswer, part: String(document + 1) },
        Number.isFinite(margin) ? margin : null,
        'There is no token that counts, or no other one.',
      );
    const both = [...votes.keys()].filter((one) => Number.isFinite(votes[one] + margins[one]));
    const [own, voted] = [margins, votes].map((of) => Float64Array.from(both, (one) => of[one]));
    values.add({ ...at, measure: marginCorrelation }, pearson(own, voted), ALIKE);
  }
}

const ALIKE = 'Fewer than three documents have votes, or all margins are equal.';
