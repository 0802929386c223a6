import { quote } from '../experiment/names';
import type { Comparison, NetworkPair } from '../protocol/comparison';
import type { Results } from '../protocol/results';
import { compareResults } from '../run/compare-results';
import { experimentChanges } from '../run/experiment-changes';
import { UserError } from './user-error';
import { inputOf, type NamedRun, type Room, runKey, type Verb } from './verb';

interface Compared {
  readonly run: string;
  readonly others: readonly string[];
  readonly pair?: readonly string[];
}

/**
 * How accuracies, variance explained and the similarity of layers differ between a run and each of others, with intervals over replicates; and what was
 * changed in the experiment, where both experiments are known.
 */
export const compare: Verb<Compared, Comparison[], Pick<Room, 'kept'>> = {
  name: 'compare',
  says: 'Print how a run differs from others, with intervals over replicates.',
  input: inputOf<Compared>(
    {
      run: runKey,
      others: { type: 'array', items: { type: 'string' }, description: 'the runs that are subtracted' },
      pair: {
        type: 'array',
        items: { type: 'string' },
        description: 'compares a network of the run with one of another name in the others, as HERE=THERE',
      },
    },
    'run',
    'others',
  ),
  changes: 'nothing',
  run: async ({ run, others, pair = [] }, { kept }) => {
    const here = await kept(run);
    const theirs: NamedRun[] = [];
    for (const other of others) theirs.push(await kept(other));
    const pairs = pair.map((text) => pairOf(text, here, theirs));
    return theirs.map((there) => ({
      ...compareResults(here, there, here.results.confidence, pairs),
      ...(here.experiment && there.experiment ? experimentChanges(here.experiment, there.experiment) : {}),
    }));
  },
};

/** Names may hold the sign as well: what both sides are is seen from what there is. @throws UserError where that is nothing */
function pairOf(text: string, here: NamedRun, theirs: readonly NamedRun[]): NetworkPair {
  const mine = networks(here.results);
  const others = theirs.flatMap(({ results }) => networks(results));
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    const [one, other] = [text.slice(0, at), text.slice(at + 1)];
    if (mine.includes(one) && others.includes(other)) return { here: one, there: other };
  }
  const [ours, known] = [mine, [...new Set(others)]].map((all) => all.map(quote).join(', '));
  throw new UserError(
    `${quote(text)} pairs no two networks: write HERE=THERE with one of ${ours} and one of ${known}.`,
  );
}

function networks({ networks: all }: Results): string[] {
  return all.map(({ name }) => name);
}
