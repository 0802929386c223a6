import { own } from './own';
import type { NetworkResults, Results } from './results';

/** Something that networks answer, and whose share of right answers is measured. */
interface Answered {
  readonly name: string;
  /** The share of right answers of who knows nothing: the most frequent class of a task, the first floor of an evaluation set. */
  readonly chance: number;
}

/** What the networks of a run answer: tasks, or the evaluation sets of documents. */
export function answeredIn({ tasks, asked = {} }: Pick<Results, 'tasks' | 'asked'>): Answered[] {
  const sets = Object.entries(asked).map(([name, { floors }]) => ({ name, chance: floors[0]?.score ?? 0 }));
  // Where documents are asked for, tasks are labels alone.
  return sets.length > 0 ? sets : Object.entries(tasks).map(([name, { chance }]) => ({ name, chance }));
}

/** The same of one network, in its order. */
export function answeredBy(results: Pick<Results, 'tasks' | 'asked'>, network: NetworkResults): Answered[] {
  if (network.recorded) return [];
  if (results.asked) return answeredIn(results);
  return network.tasks.flatMap((name) => {
    const task = own(results.tasks, name);
    return task ? [{ name, chance: task.chance }] : [];
  });
}
