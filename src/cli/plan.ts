import { basename } from 'node:path';
import { titleOf } from '../experiment/short-name';
import { jsonPieces } from '../formats/json';
import { visible } from '../formats/visible';
import { isStore } from '../run/store/claim-folder';
import { Store } from '../run/store/store';
import { costText } from '../verbs/cost';
import { plan, type Plan } from '../verbs/plan';
import { exitCode } from './exit-code';
import { print } from './print';
import { tellProblems } from './problems';
import { room } from './room';
import { storeFolder } from './store-folder';
import { wrapped } from './text';

export interface PlanOptions {
  readonly seeds?: number;
  readonly workers?: number;
  readonly store: string;
  readonly json?: boolean;
}

/** `repscope plan FILE`: what `analyze` would train, and what is in the store already. */
export async function planCommand(
  file: string,
  { seeds, workers, store: option, json }: PlanOptions,
): Promise<number> {
  const { folder, isDefault } = storeFolder(option);
  // What is no store yet has nothing, and is not made one by looking.
  const store = (await isStore(folder)) ? await Store.open(folder, { adopt: isDefault }) : null;
  const has = (key: string): Promise<boolean> => store?.has(key) ?? Promise.resolve(false);
  const planned = await plan.run({ file, seeds, workers }, { text: room.text, brought: room.brought, has });
  const failed = tellProblems(file, planned.problems, process.stderr);
  if (json === true) await print(jsonPieces(planned));
  else if (planned.plan) await print(lines(file, planned.plan));
  return failed ? exitCode.problems : exitCode.done;
}

function* lines(
  file: string,
  { title, replicates, cost }: NonNullable<Plan['plan']>,
): Generator<string, void, undefined> {
  const count = (state: (typeof replicates)[number]['state']): number =>
    replicates.filter((one) => one.state === state).length;
  yield `${visible(titleOf({ title }, basename(file)))}\n\n`;
  yield `${replicates.length} replicates: ${count('kept')} kept, ${count('train')} to be trained, ${count('untrained')} that keep their initial weights${count('built') > 0 ? `, ${count('built')} built by hand` : ''}${count('changed') > 0 ? `, ${count('changed')} that are changes of others` : ''}${count('recorded') > 0 ? `, ${count('recorded')} brought along` : ''}.\n`;
  const left = new Map<string, number[]>();
  for (const { source, seed, state } of replicates)
    if (state === 'train') left.set(source, [...(left.get(source) ?? []), seed]);
  for (const [network, seeds] of left)
    for (const line of wrapped(
      `  ${visible(network)}: ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`,
      80,
      4,
    ))
      yield `${line}\n`;
  if (left.size > 0) for (const line of wrapped(`${costText(cost)}.`, 80, 2)) yield `${line}\n`;
}
