import { basename } from 'node:path';
import { titleOf } from '../experiment/short-name';
import { jsonPieces } from '../formats/json';
import { visible } from '../formats/visible';
import { explain, type Explanation } from '../verbs/explain';
import type { Fact } from '../language/facts';
import { exitCode } from './exit-code';
import { print } from './print';
import { tellProblems } from './problems';
import { room } from './room';
import { wrapped } from './text';

/** Columns of the page. */
const width = 80;

/** `repscope explain FILE`: what can be said of the file before anything is trained; its problems, and the exit code, as `check` has them. */
export async function explainCommand(file: string, { json }: { json?: boolean }): Promise<number> {
  const explanation = await explain.run({ file }, room);
  const failed = tellProblems(file, explanation.problems, process.stderr);
  if (json === true) await print(jsonPieces(explanation));
  else if (explanation.experiment) await print(page(file, explanation.experiment));
  return failed ? exitCode.problems : exitCode.done;
}

function* page(
  file: string,
  { title, stimuli, features, tasks, networks, run }: NonNullable<Explanation['experiment']>,
): Generator<string, void, undefined> {
  yield* section(titleOf({ title }, basename(file)), []);
  yield* section('Stimuli', stimuli.says);
  for (const { name, says } of features) yield* section(`Feature ${name}`, says);
  for (const { name, formula, says } of tasks) yield* section(`Task ${name}: ${formula}`, says);
  for (const { name, says } of networks) yield* section(`Network ${name}`, says);
  yield* section('Run', run.says, true);
}

function* section(head: string, facts: readonly Fact[], last = false): Generator<string, void, undefined> {
  yield* lines(head, 0);
  for (const { about, text } of facts) yield* lines(`  ${about}: ${text}`, 4);
  if (!last) yield '\n';
}

/** @param indent of all lines but the first */
function* lines(text: string, indent: number): Generator<string, void, undefined> {
  for (const line of wrapped(visible(text), width, indent)) yield `${line}\n`;
}
